package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.DatabaseAddress;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.PreviousBuild;
import io.assent.testing.server.Servers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the previous version's jars to this one's: with data, and with no moment in which nobody is served. */
@Tag("long")
class UpgradeIT {

    private final List<RealmFile> realms =
            List.of(Servers.realmFile().forAnOlderVersion().expiringAfter(900).polledEvery(1));

    @Test
    void aRollingUpdateKeepsEveryRequestAnswerableOnEitherNode() {
        Path previous = PreviousBuild.providers();
        DatabaseAddress database = Postgres.address(Postgres.createEmptyDatabase("rolling"));
        // one address for both, as behind a load balancer: it is the issuer of their tokens
        String hostname = "--hostname=http://bank.localhost";
        try (Keycloak one = Keycloak.on(database, previous, "rolling-1", realms, hostname);
                Keycloak two = Keycloak.on(database, null, "rolling-2", realms, hostname)) {
            one.start();
            Customer customer = one.realm(Servers.BANK).newCustomer();
            BankApp app = customer.app();
            app.register(UUID.randomUUID(), "log");
            Asked before = tpp(one).ask(customer, BALANCES);
            String beforeId = app.onlyPendingId();

            two.start();

            on(two, app).approve(beforeId).ok();
            Tokens.of(tpp(two).poll(before));
            assertThat(on(two, app).devices().list()).hasSize(1);
            for (Keycloak asking : List.of(one, two)) {
                for (Keycloak deciding : List.of(one, two)) {
                    for (Keycloak redeeming : List.of(one, two)) {
                        Asked asked = tpp(asking).ask(customer, BALANCES);
                        BankApp there = on(deciding, app);
                        there.approve(there.onlyPendingId()).ok();
                        assertThat(Tokens.of(tpp(redeeming).poll(asked)).accessTokenScope())
                                .containsExactlyInAnyOrder("openid", BALANCES);
                        assertThat(tpp(one).poll(asked).error()).isEqualTo("invalid_grant");
                        assertThat(tpp(two).poll(asked).error()).isEqualTo("invalid_grant");
                    }
                    Asked denied = tpp(asking).ask(customer, BALANCES);
                    BankApp there = on(deciding, app);
                    there.deny(there.onlyPendingId()).ok();
                    assertThat(tpp(one).poll(denied).error()).isEqualTo("access_denied");
                    assertThat(tpp(two).poll(denied).error()).isEqualTo("access_denied");
                }
            }
            Asked after = tpp(one).ask(customer, BALANCES);
            List<List<String>> tables = ourTables(database);

            one.stop();
            one.install(Distribution.providers());
            one.start();

            assertThat(ourTables(database)).as("a second start changes nothing").isEqualTo(tables);
            BankApp there = on(one, app);
            there.approve(there.onlyPendingId()).ok();
            Tokens.of(tpp(one).poll(after));
        }
    }

    /** What {@link #whatACustomersNewestAnswerGrantedIsAConsentOnce} does on PostgreSQL. */
    @Tag("weekly")
    @Test
    void thePresentChangelogAppliesToAnOlderH2DatabaseWithData() {
        try (Keycloak server = Keycloak.on(null, PreviousBuild.providers(), "upgrade-h2", realms)) {
            server.start();
            Unfinished unfinished = Unfinished.on(server);

            server.stop();
            server.install(Distribution.providers());
            server.start();
            server.stop();
            server.start();

            unfinished.goesOnOn(server);
        }
    }

    /**
     * On a database with data the present changelog runs, once; what was asked goes on, and what was granted is a
     * consent: by CIBA, and in the browser, whose answers a version left that is older than consents, but younger than
     * the previous one, and which the test makes of an answer by CIBA.
     */
    @Test
    void whatACustomersNewestAnswerGrantedIsAConsentOnce() {
        String database = Postgres.createEmptyDatabase("granted");
        // tokens outlive the upgrade as long as their issuer does
        String hostname = "--hostname=http://bank.localhost";
        DatabaseAddress address = Postgres.address(database);
        Granted byCiba;
        Granted byBrowser;
        Granted unrecorded;
        Granted denied;
        Unfinished unfinished;
        try (Keycloak old = Keycloak.on(address, PreviousBuild.providers(), "granted-before", realms, hostname)) {
            old.start();
            byCiba = granted(old, BALANCES, TRANSACTIONS);
            byBrowser = granted(old, BALANCES);
            unrecorded = granted(old, BALANCES);
            denied = granted(old, BALANCES);
            tpp(old).ask(denied.customer(), BALANCES);
            BankApp app = denied.customer().app();
            app.deny(app.onlyPendingId()).ok();
            unfinished = Unfinished.on(old);
        }
        // as a client can that holds the customer's token for the account API
        Postgres.execute(database, addToStoredConsent(byCiba.customer(), DETAILS));
        Postgres.execute(
                database,
                "UPDATE consent_request SET channel = 'redirect', status = 'APPROVED', redeemed_at = NULL"
                        + ofCustomer(byBrowser));
        Postgres.execute(database, "DELETE FROM consent_request" + ofCustomer(unrecorded));
        try (Keycloak server = Keycloak.on(address, null, "granted-after", realms, hostname)) {
            server.start();
            List<List<String>> tables = ourTables(address);

            JsonNode consent = imported(server, byCiba);
            assertThat(BankApp.permissions(consent)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(Duration.between(
                            Instant.now(),
                            Instant.parse(consent.get("validUntil").asText())))
                    .isBetween(Duration.ofDays(179), Duration.ofDays(180));
            String id = consent.get("id").asText();
            JsonNode history = byCiba.app(server).consent(id).ok().get("history");
            assertThat(history.findValuesAsText("type")).containsExactly("imported");
            assertThat(history.findValuesAsText("by")).containsExactly("system");
            assertThat(storedConsent(server, byCiba)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            String another = imported(server, byBrowser).get("id").asText();
            for (Granted none : List.of(unrecorded, denied)) {
                assertThat(none.app(server).consents("").list()).isEmpty();
            }

            Tokens refreshed = Tokens.of(tpp(server).refresh(byCiba.tokens()));
            assertThat(refreshed.accessTokenClaims().get("grant_id").asText()).isEqualTo(id);
            assertThat(refreshed.refreshTokenClaims().get("grant_id").asText()).isEqualTo(id);
            assertThat(refreshed.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES, TRANSACTIONS);

            byCiba.app(server).withdraw(id).ok();
            assertThat(tpp(server).refresh(byCiba.tokens()).error()).isEqualTo("invalid_grant");
            assertThat(tpp(server).refresh(refreshed).error()).isEqualTo("invalid_grant");

            awaitEndOfImport(database);
            server.stop();
            // as if the node had died before it noted how far it came
            Postgres.execute(
                    database, "DELETE FROM server_config WHERE server_config_key = 'assent.stored-consent-import'");
            server.start();
            awaitEndOfImport(database);

            assertThat(ourTables(address)).as("a second start changes nothing").isEqualTo(tables);
            unfinished.goesOnOn(server);
            assertThat(byCiba.app(server).consents("?status=live").list()).isEmpty();
            assertThat(byCiba.app(server).consents("").list()).hasSize(1);
            assertThat(byBrowser.app(server).onlyConsent().get("id").asText()).isEqualTo(another);
        }
    }

    /** Housekeeping may come to it in its next round. */
    private static void awaitEndOfImport(String database) {
        Eventually.within(
                Duration.ofSeconds(60),
                "the import's end",
                () -> Postgres.count(
                                database,
                                "server_config",
                                "server_config_key = 'assent.stored-consent-import' AND value = 'done'")
                        == 1);
    }

    private static Granted granted(Keycloak server, String... scopes) {
        Customer customer = server.realm(Servers.BANK).newCustomer();
        BankApp app = customer.app();
        Asked asked = tpp(server).ask(customer, scopes);
        app.approve(app.onlyPendingId(), scopes).ok();
        return new Granted(customer, Tokens.of(tpp(server).poll(asked)));
    }

    private static JsonNode imported(Keycloak server, Granted granted) {
        BankApp app = granted.app(server);
        return Eventually.within(
                        Duration.ofSeconds(60),
                        "the import",
                        () -> app.consents("?status=live").list(),
                        consents -> consents.size() == 1)
                .get(0);
    }

    private static List<String> storedConsent(Keycloak server, Granted granted) {
        return server.admin().grantedScopes(Servers.BANK, granted.customer().id(), ACME);
    }

    private static String ofCustomer(Granted granted) {
        return " WHERE user_id = '" + granted.customer().id() + "'";
    }

    private static String addToStoredConsent(Customer customer, String scope) {
        return "INSERT INTO user_consent_client_scope (user_consent_id, scope_id)"
                + " SELECT c.id, s.id FROM user_consent c, client_scope s, realm r WHERE c.user_id = '" + customer.id()
                + "' AND s.name = '" + scope + "' AND s.realm_id = r.id AND r.name = '" + Servers.BANK + "'";
    }

    /** What a customer was asked before the upgrade: one approval is not redeemed, and one request not answered. */
    private record Unfinished(Customer customer, Asked approved, String approvedId, Asked pending, String pendingId) {

        static Unfinished on(Keycloak server) {
            Customer customer = server.realm(Servers.BANK).newCustomer();
            BankApp app = customer.app();
            app.register(UUID.randomUUID(), "log");
            Asked approved = tpp(server).ask(customer, BALANCES);
            String approvedId = app.onlyPendingId();
            app.approve(approvedId).ok();
            Asked pending = tpp(server).ask(customer, BALANCES);
            return new Unfinished(customer, approved, approvedId, pending, app.onlyPendingId());
        }

        void goesOnOn(Keycloak server) {
            Tokens.of(tpp(server).poll(approved));
            BankApp app = there(server, customer).app();
            assertThat(app.request(approvedId).text("status")).isEqualTo("approved");
            assertThat(app.devices().list()).hasSize(1);
            app.approve(pendingId).ok();
            Tokens.of(tpp(server).poll(pending));
        }
    }

    /** What a customer granted before the upgrade. */
    private record Granted(Customer customer, Tokens tokens) {

        private BankApp app(Keycloak server) {
            return there(server, customer).app();
        }
    }

    private static Customer there(Keycloak node, Customer customer) {
        return new Customer(node.realm(Servers.BANK), customer.id(), customer.username(), customer.password());
    }

    private static Tpp tpp(Keycloak node) {
        return node.realm(Servers.BANK).tpp(ACME);
    }

    private static BankApp on(Keycloak node, BankApp app) {
        return new BankApp(node.realm(Servers.BANK), app.accessToken());
    }

    /** The change sets that ran, and the columns and indexes that they made. */
    private static List<List<String>> ourTables(DatabaseAddress database) {
        List<List<String>> all = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(database.url(), database.username(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT 'change set', id, md5sum || dateexecuted FROM databasechangelog
                        WHERE author = 'assent'
                        UNION ALL SELECT table_name, column_name, data_type FROM information_schema.columns
                        WHERE table_name LIKE 'consent%' OR table_name LIKE 'ciba%'
                        UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes
                        WHERE tablename LIKE 'consent%' OR tablename LIKE 'ciba%'
                        ORDER BY 1, 2, 3""")) {
            while (rows.next()) {
                all.add(List.of(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(all).hasSizeGreaterThan(20);
        return all;
    }
}
