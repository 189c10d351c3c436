package io.assent.report.jpa;

import io.assent.report.AuthorisationLine;
import io.assent.report.Outcomes;
import io.assent.report.SettledRequest;
import io.assent.report.Times;
import io.assent.report.UtcDay;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.Expiry;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;
import org.keycloak.storage.configuration.jpa.entity.ServerConfigEntity;

/**
 * Counts requests in the order in which their time is over, to the day on which they were asked: from then on nothing
 * of them changes any more, and an index finds them. How far it came is kept with the server's own settings, and
 * changes in the transaction in which they are counted: each is counted once. Of two nodes at the same time one fails.
 */
final class RequestCount {

    /** In one transaction. */
    static final int PAGE = 5_000;

    private static final String COUNTED = "assent.reports.counted";

    /** How long a transaction may take that answers or fetches in the last moment. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** So many ids every database takes in one statement. */
    private static final int IDS = 500;

    private static final String SETTLED = "select r.id, r.expiresAt, r.realmId, r.clientId, r.channel, r.oauthClientId,"
            + " r.clientName, r.status, case when r.grantedPermissions = r.permissions then 1 else 0 end, r.reported,"
            + " r.createdAt, r.openedAt, r.decidedAt, r.redeemedAt from ConsentRequestEntity r"
            + " where r.expiresAt >= :after and r.expiresAt <= :until and (r.expiresAt > :after or r.id > :id)"
            + " order by r.expiresAt, r.id";

    private final EntityManager em;
    private final ServerConfigStorageProvider settings;

    RequestCount(EntityManager em, ServerConfigStorageProvider settings) {
        this.em = em;
        this.settings = settings;
    }

    /** @return whether there may be more */
    boolean countSome(Instant now, Duration kept) {
        // whole minutes: a client's row of the day is written once a minute and not six times
        Instant until = now.minus(MARGIN).truncatedTo(ChronoUnit.MINUTES);
        Progress progress =
                progress().orElseGet(() -> begin(UtcDay.of(now.minus(kept)).plusDays(1)));
        if (!until.isAfter(progress.counted().at())) {
            return false;
        }
        List<Row> rows = rows(progress.counted(), until);
        add(rows.stream()
                .filter(row -> !row.request().askedAt().isBefore(progress.begin()))
                .toList());
        boolean more = rows.size() == PAGE;
        Expiry next = more
                ? rows.get(PAGE - 1).expiry()
                // everything up to then was seen, also what expired in that very millisecond
                : Expiry.before(until.plusMillis(1));
        settings.store(COUNTED, new Progress(progress.begin(), next).toString());
        return more;
    }

    /** Up to when all that expired is counted. */
    Optional<Instant> countedTo() {
        // without a look at its version: a report may be read while it is counted
        return Optional.ofNullable(em.find(ServerConfigEntity.class, COUNTED))
                .map(ServerConfigEntity::getValue)
                .map(Progress::parse)
                .map(progress -> progress.counted().at());
    }

    private Optional<Progress> progress() {
        return settings.find(COUNTED).map(Progress::parse);
    }

    /** Anew from this day on: what is there of it was counted before somebody removed the setting. */
    private Progress begin(UtcDay day) {
        em.createQuery("delete from ReportDayEntity d where d.day >= :day")
                .setParameter("day", day.toMillis())
                .executeUpdate();
        return new Progress(day.begin(), Expiry.before(day.begin()));
    }

    private List<Row> rows(Expiry after, Instant until) {
        return em
                .createQuery(SETTLED, Object[].class)
                .setParameter("after", after.at().toEpochMilli())
                .setParameter("id", after.requestId())
                .setParameter("until", until.toEpochMilli())
                .setMaxResults(PAGE)
                .getResultList()
                .stream()
                .map(Row::of)
                .toList();
    }

    private void add(List<Row> rows) {
        Map<String, Sum> sums = new HashMap<>();
        rows.forEach(row ->
                sums.computeIfAbsent(row.key(), key -> new Sum(row.realmId())).add(row));
        Map<String, ReportDayEntity> before = found(List.copyOf(sums.keySet()));
        sums.forEach((key, sum) -> {
            ReportDayEntity day = before.get(key);
            if (day == null) {
                em.persist(new ReportDayEntity(key, sum.realmId, sum.line));
            } else {
                day.add(sum.line);
            }
        });
    }

    private Map<String, ReportDayEntity> found(List<String> ids) {
        Map<String, ReportDayEntity> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += IDS) {
            em.createQuery("select d from ReportDayEntity d where d.id in :ids", ReportDayEntity.class)
                    .setParameter("ids", ids.subList(from, Math.min(from + IDS, ids.size())))
                    .getResultList()
                    .forEach(day -> found.put(day.id(), day));
        }
        return found;
    }

    /**
     * How far it came.
     *
     * @param begin what was asked before is not counted
     * @param counted the last one
     */
    private record Progress(Instant begin, Expiry counted) {

        static Progress parse(String text) {
            int space = text.indexOf(' ');
            return new Progress(
                    Instant.ofEpochMilli(Long.parseLong(text.substring(0, space))),
                    Expiry.parse(text.substring(space + 1)));
        }

        @Override
        public String toString() {
            return begin.toEpochMilli() + " " + counted;
        }
    }

    private static final class Sum {

        private final String realmId;
        private AuthorisationLine line;

        Sum(String realmId) {
            this.realmId = realmId;
        }

        void add(Row row) {
            line = line == null ? row.line() : line.plus(row.line());
        }
    }

    private record Row(
            Expiry expiry,
            String realmId,
            String clientId,
            String oauthClientId,
            String clientName,
            SettledRequest request) {

        static Row of(Object[] columns) {
            return new Row(
                    new Expiry(moment(columns[1]), (String) columns[0]),
                    (String) columns[2],
                    (String) columns[3],
                    (String) columns[5],
                    (String) columns[6],
                    new SettledRequest(
                            (String) columns[4],
                            (ConsentRequestStatus) columns[7],
                            ((Number) columns[8]).intValue() == 1,
                            (Boolean) columns[9],
                            moment(columns[10]),
                            moment(columns[11]),
                            moment(columns[12]),
                            moment(columns[13])));
        }

        private static Instant moment(Object millis) {
            return millis == null ? null : Instant.ofEpochMilli((Long) millis);
        }

        UtcDay day() {
            return UtcDay.of(request.askedAt());
        }

        String key() {
            return String.join(":", day().toString(), realmId, clientId, request.journey());
        }

        AuthorisationLine line() {
            return new AuthorisationLine(
                    day(),
                    clientId,
                    oauthClientId,
                    clientName,
                    request.journey(),
                    Outcomes.of(request),
                    Times.of(request));
        }
    }
}
