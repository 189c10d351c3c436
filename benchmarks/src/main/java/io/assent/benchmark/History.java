package io.assent.benchmark;

import io.assent.benchmark.server.Database;
import java.time.Duration;
import java.util.List;

/** Fills the pack's tables as long use does. */
final class History {

    /** Old requests belong to so many customers, of whom the ones that are measured are a few. */
    private static final int OTHER_CUSTOMERS = 50_000;

    /** Each of the measured customers has one in so many rows. */
    private static final int OWN_SHARE = 10_000;

    private static final long YEARS_MILLIS = Duration.ofDays(1_800).toMillis();

    private final Database database;

    History(Database database) {
        this.database = database;
    }

    /** Leaves nothing. */
    void clear() {
        database.execute("TRUNCATE consent_request CASCADE");
    }

    /** Adds answered requests of the past years, as long as they are kept, each with the push that went out for it. */
    void addAnswered(int rows) {
        add(
                rows,
                "CASE WHEN mod(i, 5) = 0 THEN 'DENIED' ELSE 'REDEEMED' END",
                "- (random() * " + YEARS_MILLIS + ")::bigint - 600000",
                true);
    }

    /** Adds requests that wait for their answer for another hour; their pushes went out. */
    void addPending(int rows) {
        add(rows, "'PENDING'", "", false);
    }

    /** Adds standing consents of other customers, each with the line of its history, by requests that were redeemed. */
    void addConsents(int rows) {
        database.execute("""
                INSERT INTO consent (id, realm_id, client_id, user_id, request_id, permissions, scope_ids,
                    user_session_id, own_session, slot, status, granted_at, confirmed_at, version)
                SELECT id, realm_id, client_id, user_id, id, permissions, id || ' ' || id, id, true, id, 'ACTIVE',
                    decided_at, decided_at, 0
                FROM consent_request WHERE status = 'REDEEMED'
                AND user_id NOT IN (SELECT id FROM user_entity WHERE username LIKE 'customer-%') LIMIT ?
                """, rows);
        database.execute("""
                INSERT INTO consent_event (id, consent_id, type, done_by, done_at, permissions, request_id)
                SELECT %s, id, 'GRANTED', 'CUSTOMER', granted_at, permissions, request_id
                FROM consent WHERE id = request_id
                """.formatted(orderedId("granted_at")));
    }

    /** Lets the planner know. */
    void analyze() {
        for (String table : List.of("consent_request", "consent_outbox", "consent", "consent_event")) {
            database.execute("VACUUM ANALYZE " + table);
        }
    }

    /** An id as the pack makes them: the time comes first. */
    static String orderedId(String millis) {
        return "regexp_replace(lpad(to_hex(" + millis + "), 12, '0'), '(.{8})', '\\1-')"
                + " || '-7' || substr(gen_random_uuid()::text, 16)";
    }

    private void add(int rows, String status, String age, boolean answered) {
        database.execute("""
                INSERT INTO consent_request (id, realm_id, client_id, user_id, channel, channel_reference, scope,
                    permissions, required_permissions, selectable, status, created_at, expires_at, decided_at,
                    granted_permissions, redeemed_at)
                SELECT %s, realm.id, client.id,
                    CASE WHEN mod(i, %d) < own.count THEN own.ids[1 + mod(i, %d)]
                        ELSE md5(mod(i, %d)::text)::uuid::text END,
                    'ciba', gen_random_uuid()::text, 'openid accounts.balances accounts.transactions',
                    'accounts.balances accounts.transactions', '', false, %s, made.at,
                    made.at + %d, %s, %s, %s
                FROM generate_series(1, %d) i
                CROSS JOIN LATERAL (SELECT (extract(epoch FROM now()) * 1000)::bigint %s + i * 0 AS at) made
                CROSS JOIN (SELECT id FROM realm WHERE name = '%s') realm
                CROSS JOIN LATERAL (SELECT id FROM client WHERE realm_id = realm.id AND client_id = 'acme-aisp') client
                CROSS JOIN LATERAL (SELECT array_agg(id) AS ids, count(*) AS count FROM user_entity
                    WHERE realm_id = realm.id AND username LIKE 'customer-%%') own
                """.formatted(
                        orderedId("made.at"),
                        OWN_SHARE,
                        OWN_SHARE,
                        OTHER_CUSTOMERS,
                        status,
                        answered ? 240_000 : 3_600_000,
                        answered ? "made.at + 20000" : "NULL",
                        answered
                                ? "CASE WHEN mod(i, 5) = 0 THEN '' ELSE 'accounts.balances accounts.transactions' END"
                                : "NULL",
                        answered ? "CASE WHEN mod(i, 5) = 0 THEN NULL ELSE made.at + 25000 END" : "NULL",
                        rows,
                        age,
                        BenchmarkRealm.NAME));
        database.execute("""
                INSERT INTO consent_outbox (id, kind, realm_id, client_id, user_id, request_id, target, status, attempts,
                    next_attempt_at, created_at, expires_at, closed_at)
                SELECT %s, 'push', realm_id, client_id, user_id, id, gen_random_uuid()::text,
                    'DELIVERED', 1, created_at, created_at, expires_at, created_at + 300
                FROM consent_request request
                WHERE NOT EXISTS (SELECT 1 FROM consent_outbox WHERE request_id = request.id)
                """.formatted(orderedId("created_at")));
    }
}
