package io.assent.it.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.server.Postgres;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Requests of one day, of many clients, a few of which ask most, in all journeys and with all that can come of them;
 * and a look at the steps in which they are counted.
 */
final class DayOfRequests implements AutoCloseable {

    private static final String PREFIX = "many-";

    /** In the order of {@link #IN_DATABASE}. */
    private static final List<String> FIGURES = List.of(
            "asked",
            "opened",
            "authorisedInFull",
            "authorisedInPart",
            "rejected",
            "reported",
            "neverOpened",
            "openedNotAnswered",
            "redeemed",
            "withdrawn");

    /** The figures as docs/reports.md describes them; what was redeemed is told of {@code ciba} alone. */
    private static final String IN_DATABASE = """
            SELECT concat_ws(' ', client_id, channel, count(*), count(*) FILTER (WHERE seen), count(*) FILTER (WHERE granted AND granted_permissions = permissions),
                count(*) FILTER (WHERE granted AND granted_permissions <> permissions), count(*) FILTER (WHERE status = 'DENIED'), count(*) FILTER (WHERE reported),
                count(*) FILTER (WHERE status = 'PENDING' AND NOT seen), count(*) FILTER (WHERE status = 'PENDING' AND seen),
                count(*) FILTER (WHERE status = 'REDEEMED' AND channel = 'ciba'), count(*) FILTER (WHERE status = 'WITHDRAWN'))
            FROM (SELECT *, status IN ('APPROVED', 'REDEEMED', 'WITHDRAWN') AS granted,
                opened_at IS NOT NULL OR decided_at IS NOT NULL OR channel = 'redirect' AS seen FROM consent_request) r
            WHERE id LIKE 'many-%' GROUP BY client_id, channel
            """;

    private final String database;
    private final long lastExpiry;

    private DayOfRequests(String database) {
        this.database = database;
        lastExpiry = Postgres.number(database, "SELECT max(expires_at) FROM consent_request WHERE " + ofTheDay());
    }

    /** @param requests a millisecond apart or more */
    static DayOfRequests made(String database, String realmId, LocalDate day, int requests, int clients) {
        Postgres.execute(database, """
                SET session_replication_role = replica; -- without foreign keys: the clients are gone
                INSERT INTO consent_request (id, realm_id, client_id, user_id, channel, channel_reference, scope, permissions, required_permissions,
                    selectable, status, created_at, expires_at, opened_at, decided_at, granted_permissions, redeemed_at, reported, oauth_client_id, client_name)
                SELECT id, '%1$s', client, 'user-' || n %% 10000, channel, id, 'openid a b', 'a b', '', true, status, asked, asked + 300000,
                    CASE WHEN channel <> 'redirect' AND (status <> 'PENDING' OR n %% 2 = 0) THEN asked + 5000 END,
                    CASE WHEN status <> 'PENDING' THEN asked + 25000 END,
                    CASE WHEN status = 'DENIED' THEN '' WHEN status <> 'PENDING' THEN CASE WHEN n %% 3 = 0 THEN 'a' ELSE 'a b' END END,
                    CASE WHEN status = 'REDEEMED' THEN asked + 26000 END, status = 'DENIED' AND n %% 5 = 0, client, client
                FROM (SELECT n, '%5$s' || lpad(n::text, 12, '0') AS id, %2$d + n * 86000000::bigint / %3$d AS asked,
                    '%5$s' || floor(%4$d * power((n * 7919::bigint %% 10007) / 10007.0, 3)) AS client,
                    (ARRAY['ciba', 'ciba', 'ciba', 'redirect', 'app-link'])[1 + n / 11 %% 5] AS channel,
                    (ARRAY['PENDING', 'REDEEMED', 'REDEEMED', 'REDEEMED', 'APPROVED', 'DENIED', 'WITHDRAWN'])[1 + n / 101 %% 7] AS status
                    FROM generate_series(1, %3$d) n) made;
                ANALYZE consent_request;
                CREATE TABLE counted (expiry bigint, tx bigint, millis double precision);
                CREATE FUNCTION note_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    INSERT INTO counted VALUES (split_part(split_part(NEW.value, ' ', 2), ':', 1)::bigint, txid_current(),
                        1000 * extract(epoch FROM clock_timestamp() - transaction_timestamp()));
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER note_count AFTER INSERT OR UPDATE ON server_config DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW WHEN (NEW.server_config_key = 'assent.reports.counted') EXECUTE FUNCTION note_count();
                """.formatted(
                realmId, day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(), requests, clients, PREFIX));
        return new DayOfRequests(database);
    }

    /** Since the counting began anew. */
    boolean isCounted() {
        return Postgres.number(database, "SELECT count(*) FROM counted WHERE expiry > " + lastExpiry) > 0;
    }

    private static String ofTheDay() {
        return "id LIKE '" + PREFIX + "%'";
    }

    /** The figures that are not 0, by client and journey, asked of the rows. */
    Map<String, Map<String, Integer>> figures() {
        Map<String, Map<String, Integer>> figures = new TreeMap<>();
        for (String row : Postgres.texts(database, IN_DATABASE)) {
            String[] columns = row.split(" ");
            Map<String, Integer> line = new TreeMap<>();
            for (int figure = 0; figure < FIGURES.size(); figure++) {
                line.put(FIGURES.get(figure), Integer.parseInt(columns[2 + figure]));
            }
            figures.put(columns[0] + " " + columns[1], line);
        }
        return figures;
    }

    /** The same of a report. */
    static Map<String, Map<String, Integer>> figures(JsonNode report) {
        Map<String, Map<String, Integer>> figures = new TreeMap<>();
        for (JsonNode line : report.get("days")) {
            String client = line.at("/client/id").asText();
            if (client.startsWith(PREFIX)) {
                String journey = line.get("journey").asText();
                figures.put(
                        client + " " + journey,
                        new TreeMap<>(
                                FIGURES.stream().collect(Collectors.toMap(figure -> figure, figure -> line.get(figure)
                                        .asInt()))));
            }
        }
        return figures;
    }

    /** In how many transactions requests were counted. */
    long transactions() {
        return Postgres.number(database, "SELECT count(DISTINCT tx) FROM counted");
    }

    /** How many requests the largest of these counted. */
    long mostInOne() {
        return Postgres.number(
                database,
                "SELECT max(requests) FROM (SELECT count(*) AS requests FROM consent_request GROUP BY width_bucket("
                        + "expires_at - 1, (SELECT array_agg(DISTINCT expiry ORDER BY expiry) FROM counted))) steps");
    }

    Duration longest() {
        return Duration.ofMillis(Postgres.number(database, "SELECT ceil(max(millis)) FROM counted"));
    }

    Duration allTogether() {
        return Duration.ofMillis(Postgres.number(database, "SELECT ceil(sum(millis)) FROM counted"));
    }

    @Override
    public void close() {
        Postgres.execute(
                database,
                "DROP TRIGGER note_count ON server_config; DROP FUNCTION note_count; DROP TABLE counted;"
                        + " DELETE FROM consent_report_day WHERE client_id LIKE '" + PREFIX + "%';"
                        + " SET session_replication_role = replica; DELETE FROM consent_request WHERE " + ofTheDay()
                        + ";");
    }
}
