package io.assent.report.jpa;

import io.assent.report.AuthorisationReport;
import io.assent.report.AvailabilityLine;
import io.assent.report.Call;
import io.assent.report.CallCounts;
import io.assent.report.Calls;
import io.assent.report.Downtime;
import io.assent.report.Minutes;
import io.assent.report.PackInterface;
import io.assent.report.Period;
import io.assent.report.Reports;
import io.assent.report.UtcDay;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.server.ServerTime;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/** Reports in Keycloak's database. */
final class JpaReports implements Reports {

    /** After that no node writes of the day before any more. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private final KeycloakSession session;
    private final CallCounts calls;

    JpaReports(KeycloakSession session, CallCounts calls) {
        this.session = session;
        this.calls = calls;
    }

    /** Not before it is needed: a call that is noted needs none. */
    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private RequestCount count() {
        return new RequestCount(em(), session.getProvider(ServerConfigStorageProvider.class));
    }

    @Override
    public boolean countSome(Instant now, Duration kept) {
        return count().countSome(now, kept);
    }

    @Override
    public void note(Call call) {
        calls.note(call);
    }

    @Override
    public AuthorisationReport authorisations(String realmId, Period period, Optional<String> client, int max) {
        TypedQuery<ReportDayEntity> query = em().createQuery(
                        "select d from ReportDayEntity d where d.realmId = :realm and d.day >= :from and d.day <= :to"
                                + (client.isPresent() ? " and (d.clientId = :client or d.oauthClientId = :client)" : "")
                                + " order by d.day, d.oauthClientId, d.clientId, d.journey",
                        ReportDayEntity.class)
                .setParameter("realm", realmId)
                .setParameter("from", period.from().toMillis())
                .setParameter("to", period.to().toMillis());
        client.ifPresent(id -> query.setParameter("client", id));
        return new AuthorisationReport(
                query.setMaxResults(max).getResultList().stream()
                        .map(ReportDayEntity::toLine)
                        .toList(),
                settledTo(realmId));
    }

    /**
     * Before the oldest question that is not counted yet, but for those of the bank, which are open for weeks. By the
     * index of the expiry: the sum is no column, so that no planner takes one that begins with the oldest question of
     * all.
     */
    private Instant settledTo(String realmId) {
        return count().countedTo()
                .map(counted -> Optional.ofNullable(em().createQuery(
                                        "select min(r.createdAt + 0) from ConsentRequestEntity r where r.realmId = :realm"
                                                + " and r.expiresAt >= :counted and r.expiresAt < :open and r.channel <> :weeks",
                                        Long.class)
                                .setParameter("realm", realmId)
                                .setParameter("counted", counted.toEpochMilli())
                                .setParameter(
                                        "open",
                                        ServerTime.now()
                                                .plus(ConsentRequest.LONGEST_LIFE)
                                                .toEpochMilli())
                                .setParameter("weeks", Journey.AMENDMENT)
                                .getSingleResult())
                        .map(Instant::ofEpochMilli)
                        .filter(open -> open.isBefore(counted))
                        .orElse(counted))
                .orElse(Instant.EPOCH);
    }

    @Override
    public List<AvailabilityLine> availability(String realmId, Period period, Instant now) {
        Long oldest = em().createQuery("select min(n.day) from ReportNodeEntity n", Long.class)
                .getSingleResult();
        if (oldest == null) {
            return List.of();
        }
        UtcDay first = UtcDay.ofMillis(oldest);
        UtcDay today = UtcDay.of(now);
        Map<UtcDay, Minutes> minutes = minutes(period);
        Map<UtcDay, Map<PackInterface, Calls>> called = calls(realmId, period);
        List<AvailabilityLine> lines = new ArrayList<>();
        UtcDay day = period.from().isBefore(first) ? first : period.from();
        UtcDay last = today.isBefore(period.to()) ? today : period.to();
        for (; !last.isBefore(day); day = day.plusDays(1)) {
            Minutes lived = minutes.getOrDefault(day, Minutes.NONE);
            int begin = day.equals(first) ? lived.first() : 0;
            int end = day.equals(today) ? Minutes.of(now) : Minutes.OF_A_DAY;
            boolean isFinal = !now.isBefore(day.end().plus(LATE));
            for (PackInterface each : PackInterface.values()) {
                lines.add(AvailabilityLine.of(
                        day,
                        each,
                        isFinal,
                        lived,
                        begin,
                        end,
                        called.getOrDefault(day, Map.of()).getOrDefault(each, Calls.NONE)));
            }
        }
        return lines;
    }

    private Map<UtcDay, Minutes> minutes(Period period) {
        Map<UtcDay, Minutes> minutes = new HashMap<>();
        em().createQuery(
                        "select n.day, n.minutes from ReportNodeEntity n where n.day >= :from and n.day <= :to",
                        Object[].class)
                .setParameter("from", period.from().toMillis())
                .setParameter("to", period.to().toMillis())
                .getResultList()
                .forEach(row ->
                        minutes.merge(UtcDay.ofMillis((Long) row[0]), Minutes.parse((String) row[1]), Minutes::plus));
        return minutes;
    }

    private Map<UtcDay, Map<PackInterface, Calls>> calls(String realmId, Period period) {
        Map<UtcDay, Map<PackInterface, Calls>> days = new HashMap<>();
        em().createQuery(
                        "select c.day, c.called, sum(c.calls), sum(c.refused), sum(c.failed), sum(c.millis)"
                                + " from ReportCallsEntity c where c.realmId = :realm"
                                + " and c.day >= :from and c.day <= :to group by c.day, c.called",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("from", period.from().toMillis())
                .setParameter("to", period.to().toMillis())
                .getResultList()
                .forEach(row -> add(
                        days,
                        row,
                        new Calls((Long) row[2], (Long) row[3], (Long) row[4], (Long) row[5], Downtime.NONE)));
        // of each node by itself: several at once are down once
        em().createQuery(
                        "select c.day, c.called, c.down from ReportCallsEntity c where c.realmId = :realm"
                                + " and c.day >= :from and c.day <= :to and c.down is not null",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("from", period.from().toMillis())
                .setParameter("to", period.to().toMillis())
                .getResultList()
                .forEach(row -> add(days, row, Calls.down(Downtime.parse((String) row[2]))));
        return days;
    }

    /** @param row begins with the day and the interface */
    private static void add(Map<UtcDay, Map<PackInterface, Calls>> days, Object[] row, Calls calls) {
        days.computeIfAbsent(UtcDay.ofMillis((Long) row[0]), day -> new HashMap<>())
                .merge(PackInterface.ofWord((String) row[1]), calls, Calls::plus);
    }

    void removeAll(String realmId) {
        em().createQuery("delete from ReportDayEntity d where d.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
        em().createQuery("delete from ReportCallsEntity c where c.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public void close() {}
}
