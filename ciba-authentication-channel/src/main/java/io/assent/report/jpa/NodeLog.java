package io.assent.report.jpa;

import io.assent.report.CallCounts;
import io.assent.report.Calls;
import io.assent.report.Minutes;
import io.assent.report.UtcDay;
import io.assent.server.AfterCommit;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Writes, on each node, that it lives and what it counted of its calls. A node is one run of a server: it has an id of
 * its own, rows that nobody else writes, and sums since its start, so that a write that was lost is made up for by the
 * next one. Where the database can't be written the minute has no sign of life: nobody can be asked either. What it
 * counted of a realm that was removed it removes and forgets.
 */
final class NodeLog {

    private final String node = UUID.randomUUID().toString();
    private final CallCounts calls;
    private final Map<CallCounts.Key, Calls> written = new HashMap<>();

    /** Touched by one thread alone, as {@link #written}. */
    private long lastMinute = -1;

    NodeLog(CallCounts calls) {
        this.calls = calls;
    }

    /** In the session's transaction, never twice at once. */
    void write(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Instant now = ServerTime.now();
        long minute = now.getEpochSecond() / 60;
        if (minute != lastMinute) {
            mark(em, now);
        }
        Map<CallCounts.Key, Calls> totals = calls.totals(now);
        Set<String> gone = gone(session, totals.keySet());
        // a row may have been written while the realm was removed
        gone.forEach(new JpaReports(session, calls)::removeAll);
        totals.keySet().removeIf(key -> gone.contains(key.realmId()));
        totals.forEach((key, total) -> {
            if (!total.equals(written.get(key))) {
                write(em, key, total);
            }
        });
        new AfterCommit(session).run(List.of(totals), committed -> {
            lastMinute = minute;
            gone.forEach(calls::forget);
            written.keySet().removeIf(key -> gone.contains(key.realmId()));
            written.putAll(committed);
            // what was received before midnight may be answered after it
            UtcDay yesterday = UtcDay.of(now).plusDays(-1);
            written.keySet().removeIf(key -> key.day().isBefore(yesterday));
            calls.forgetBefore(yesterday);
        });
    }

    private static Set<String> gone(KeycloakSession session, Set<CallCounts.Key> keys) {
        return keys.stream()
                .map(CallCounts.Key::realmId)
                .distinct()
                .filter(realmId -> session.realms().getRealm(realmId) == null)
                .collect(Collectors.toSet());
    }

    private void mark(EntityManager em, Instant now) {
        UtcDay day = UtcDay.of(now);
        String id = day + ":" + node;
        ReportNodeEntity row = em.find(ReportNodeEntity.class, id);
        if (row == null) {
            row = new ReportNodeEntity(id, day);
            em.persist(row);
        }
        row.mark(Minutes.of(now));
    }

    private void write(EntityManager em, CallCounts.Key key, Calls total) {
        String id = String.join(
                ":", key.day().toString(), key.realmId(), key.called().word(), node);
        ReportCallsEntity row = em.find(ReportCallsEntity.class, id);
        if (row == null) {
            row = new ReportCallsEntity(id, key);
            row.write(total);
            em.persist(row);
        } else {
            row.write(total);
        }
    }
}
