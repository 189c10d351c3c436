package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What belongs to a realm, a client or a customer goes with it. */
abstract class Removal {

    private static final int ROUNDS = 20;
    private static final int REQUESTS = 4;

    private final Keycloak server;
    private final Realm bank;
    private final Admin admin;

    Removal(Database database) {
        server = Servers.shared(database);
        bank = server.realm(Servers.BANK);
        admin = server.admin();
    }

    @Test
    void aRequestEndsWithItsCustomer() {
        Tpp acme = bank.tpp(ACME);
        Tpp orbit = bank.newPingTpp(PingReceiver.down());
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        app.register(UUID.randomUUID(), "log");
        Asked approved = acme.ask(customer, BALANCES);
        app.approve(app.onlyPendingId()).ok();
        Asked pending = acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.block("globe-aisp").ok();
        assertRows(1, "CONSENT_BLOCK", "USER_ID", customer.id());
        orbit.askForPing(customer, "token-" + UUID.randomUUID());
        assertRows(1, "CONSENT_DEVICE", "USER_ID", customer.id());
        assertRows(1, "CONSENT_DEVICE_OWNER", "USER_ID", customer.id());
        assertRows(3, "CONSENT_REQUEST", "USER_ID", customer.id());

        admin.removeUser(bank.name(), customer.id());

        for (Asked asked : List.of(pending, approved)) {
            Answer poll = acme.poll(asked);
            assertThat(poll.status()).as(poll.toString()).isEqualTo(400);
            assertThat(poll.error()).isEqualTo("invalid_grant");
        }
        Answer tooLate = app.approve(id);
        assertThat(tooLate.status()).isEqualTo(401);
        assertRows(0, "CONSENT_REQUEST", "USER_ID", customer.id());
        assertRows(0, "CONSENT_DEVICE", "USER_ID", customer.id());
        assertRows(0, "CONSENT_BLOCK", "USER_ID", customer.id());
        assertRows(0, "CONSENT_DEVICE_OWNER", "USER_ID", customer.id());
        assertNoOrphanedPings();
    }

    @Test
    void aNewCustomerOfTheSameNameInheritsNothing() {
        Customer first = bank.newCustomer();
        BankApp app = first.app();
        app.register(UUID.randomUUID(), "log");
        bank.tpp(ACME).ask(first, BALANCES);
        String id = app.onlyPendingId();

        admin.removeUser(bank.name(), first.id());
        String newId = admin.createUser(bank.name(), first.username(), first.password());

        BankApp theirApp = new Customer(bank, newId, first.username(), first.password()).app();
        assertThat(theirApp.requests("").list()).isEmpty();
        assertThat(theirApp.devices().list()).isEmpty();
        assertThat(theirApp.request(id).status()).isEqualTo(404);
    }

    @Test
    void aRequestEndsWithItsClient() {
        Tpp doomed = bank.newPingTpp(PingReceiver.down());
        Tpp acme = bank.tpp(ACME);
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        doomed.askForPing(customer, "token-" + UUID.randomUUID());
        String id = app.onlyPendingId();
        acme.ask(customer, BALANCES);
        String clientId = admin.client(bank.name(), doomed.clientId()).get("id").asText();
        assertRows(1, "CONSENT_REQUEST", "CLIENT_ID", clientId);

        admin.removeClient(bank.name(), doomed.clientId());

        assertThat(app.requests("").list()).hasSize(1);
        assertThat(app.onlyPending().at("/client/clientId").asText()).isEqualTo(ACME);
        assertThat(app.request(id).status()).isEqualTo(404);
        assertThat(app.approve(id).status()).isEqualTo(404);
        assertRows(0, "CONSENT_REQUEST", "CLIENT_ID", clientId);
        assertNoOrphanedPings();
    }

    @Test
    void aConsentsHistoryOutlivesItsClient() {
        Tpp brief = bank.newTpp(ACME, client -> client.put("name", "Brief Budget"));
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        String live = granted(brief, customer, app);
        String ended = granted(brief, customer, app);
        app.withdraw(ended).ok();
        String others = granted(bank.tpp(ACME), customer, app);

        admin.removeClient(bank.name(), brief.clientId());

        for (String id : List.of(live, ended)) {
            JsonNode consent = app.consent(id).ok();
            assertThat(consent.get("status").asText()).isEqualTo("revoked");
            assertThat(consent.get("endedBy").asText()).isEqualTo(id.equals(live) ? "system" : "customer");
            assertThat(consent.at("/client/clientId").asText()).isEqualTo(brief.clientId());
            assertThat(consent.at("/client/name").asText()).isEqualTo("Brief Budget");
            assertThat(consent.get("history").findValuesAsText("type")).containsExactly("granted", "revoked");
        }
        assertThat(app.onlyConsent().get("id").asText()).isEqualTo(others);
    }

    @Test
    void aConsentsHistoryOutlivesItsCustomerAndNamesNobody() {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        String live = granted(bank.tpp(ACME), customer, app);
        String ended = granted(bank.tpp(ACME), customer, app);
        app.withdraw(ended).ok();
        Staff staff = Staff.of(bank, "view-users");

        admin.removeUser(bank.name(), customer.id());

        assertRows(0, "CONSENT", "USER_ID", customer.id());
        for (String id : List.of(live, ended)) {
            JsonNode consent = staff.read(id).ok();
            assertThat(consent.get("status").asText()).isEqualTo("revoked");
            assertThat(consent.get("endedBy").asText()).isEqualTo(id.equals(live) ? "system" : "customer");
            assertThat(consent.get("customerId").asText()).startsWith("removed:");
            assertThat(consent.get("history").findValuesAsText("type")).containsExactly("granted", "revoked");
        }
        assertThat(staff.read(live).text("customerId"))
                .isEqualTo(staff.read(ended).text("customerId"));
    }

    private static String granted(Tpp tpp, Customer customer, BankApp app) {
        Asked asked = tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId()).ok();
        return Tokens.of(tpp.poll(asked)).accessTokenClaims().get("grant_id").asText();
    }

    @Test
    void anAnswerOutlivesItsClientAndNamesItAsItWasCalled() {
        Tpp doomed = bank.newTpp(ACME, client -> {});
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        doomed.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.approve(id).ok();

        admin.removeClient(bank.name(), doomed.clientId());

        JsonNode answered = app.request(id).ok();
        assertThat(answered.get("status").asText()).isEqualTo("approved");
        assertThat(answered.at("/client/clientId").asText()).isEqualTo(doomed.clientId());
        assertThat(answered.at("/client/name").asText()).isEqualTo("Acme Budget");
        assertThat(answered.at("/decision/grantedScopes/0").asText()).isEqualTo(BALANCES);
    }

    @Test
    void anAnswerOutlivesItsCustomerAndNamesNobody() {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        bank.tpp(ACME).ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.approve(id).ok();
        assertRows(1, "CONSENT_REQUEST", "ID", id);

        admin.removeUser(bank.name(), customer.id());

        assertRows(1, "CONSENT_REQUEST", "ID", id);
        assertRows(0, "CONSENT_REQUEST", "USER_ID", customer.id());
        if (server.database() == Database.POSTGRESQL) {
            assertThat(Postgres.count(
                            server.databaseName(),
                            "CONSENT_REQUEST",
                            "ID = '" + id + "' AND DECIDED_FROM IS NULL AND DECIDED_IN_SESSION IS NULL"))
                    .isEqualTo(1);
        }
    }

    @Test
    void aDecisionInTheMomentOfItsClientsRemovalIsTakenOrFindsNothing() throws Exception {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        for (int round = 0; round < ROUNDS; round++) {
            Tpp doomed = bank.newPingTpp(PingReceiver.down());
            String clientId =
                    admin.client(bank.name(), doomed.clientId()).get("id").asText();
            List<String> ids = pendingRequests(doomed, customer, app);

            int taken = 0;
            for (Answer decision : decideDuring(admin.clientRemoval(bank.name(), doomed.clientId()), app, ids)) {
                assertThat(decision.status()).as(decision.toString()).isIn(200, 404);
                taken += decision.status() == 200 ? 1 : 0;
            }

            assertThat(app.pending()).isEmpty();
            assertRows(taken, "CONSENT_REQUEST", "CLIENT_ID", clientId);
        }
        assertNoOrphanedPings();
    }

    @Test
    void aDecisionInTheMomentOfItsCustomersRemovalIsTakenOrFindsNothing() throws Exception {
        Tpp orbit = bank.newPingTpp(PingReceiver.down());
        for (int round = 0; round < ROUNDS; round++) {
            Customer customer = bank.newCustomer();
            BankApp app = customer.app();
            app.register(UUID.randomUUID(), "log");
            List<String> ids = pendingRequests(orbit, customer, app);

            for (Answer decision : decideDuring(admin.userRemoval(bank.name(), customer.id()), app, ids)) {
                // once the customer is gone, so is what the token stands for
                assertThat(decision.status()).as(decision.toString()).isIn(200, 404, 401);
            }

            assertRows(0, "CONSENT_REQUEST", "USER_ID", customer.id());
            assertRows(0, "CONSENT_DEVICE", "USER_ID", customer.id());
        }
        assertNoOrphanedPings();
    }

    @Test
    void everythingEndsWithTheRealm() {
        String name = "doomed-" + UUID.randomUUID();
        admin.createRealm(Servers.realmFile().named(name));
        Realm doomed = server.realm(name);
        String realmId = admin.realmId(name);
        Customer customer = doomed.newCustomer();
        BankApp app = customer.app();
        app.register(UUID.randomUUID(), "log");
        doomed.tpp(ACME).ask(customer, BALANCES);
        doomed.newPingTpp(PingReceiver.down()).askForPing(customer, "token-" + UUID.randomUUID());
        String id = app.pending().get(0).get("id").asText();
        assertRows(2, "CONSENT_REQUEST", "REALM_ID", realmId);
        assertRows(1, "CONSENT_DEVICE", "REALM_ID", realmId);

        admin.removeRealm(name);

        assertRows(0, "CONSENT_REQUEST", "REALM_ID", realmId);
        assertRows(0, "CONSENT_DEVICE", "REALM_ID", realmId);
        assertRows(0, "CONSENT_DEVICE_OWNER", "REALM_ID", realmId);
        assertNoOrphanedPings();
        admin.createRealm(Servers.realmFile().named(name));
        try {
            BankApp theirApp = doomed.newCustomer().app();
            assertThat(theirApp.requests("").list()).isEmpty();
            assertThat(theirApp.request(id).status()).isEqualTo(404);
        } finally {
            admin.removeRealm(name);
        }
    }

    @Test
    void thePingsSecretsEndWithThePing() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            Customer customer = bank.newCustomer();
            BankApp app = customer.app();
            Asked asked = orbit.askForPing(customer, "token-" + UUID.randomUUID());
            String id = app.onlyPendingId();
            assertRows(1, "CIBA_PING", "REQUEST_ID", id);

            app.approve(id).ok();

            assertThat(receiver.next(Duration.ofSeconds(10)).body()).contains(asked.authReqId());
            Eventually.within(
                    Duration.ofSeconds(5), "removal of the ping", () -> rows("CIBA_PING", "REQUEST_ID", id) == 0);
            Tokens.of(orbit.poll(asked));
        }
    }

    /** The ids of some requests that wait for the customer's answer. */
    private static List<String> pendingRequests(Tpp tpp, Customer customer, BankApp app) {
        for (int request = 0; request < REQUESTS; request++) {
            tpp.askForPing(customer, "token-" + UUID.randomUUID());
        }
        return app.ids("?status=pending");
    }

    /** Removes, which must work, and decides meanwhile: two requests at a time, until all are decided. */
    private static List<Answer> decideDuring(Callable<Answer> removal, BankApp app, List<String> ids) throws Exception {
        assertThat(ids).hasSize(REQUESTS);
        List<List<Answer>> answers = AtOnce.all(List.of(
                () -> List.of(removal.call()),
                () -> approveAll(app, ids.subList(0, REQUESTS / 2)),
                () -> approveAll(app, ids.subList(REQUESTS / 2, REQUESTS))));
        Answer removed = answers.get(0).get(0);
        assertThat(removed.status()).as(removed.toString()).isEqualTo(204);
        return answers.stream().skip(1).flatMap(List::stream).toList();
    }

    private static List<Answer> approveAll(BankApp app, List<String> ids) {
        List<Answer> answers = new ArrayList<>();
        ids.forEach(id -> answers.add(app.approve(id)));
        return answers;
    }

    private void assertRows(long expected, String table, String column, String id) {
        if (server.database() == Database.POSTGRESQL) {
            assertThat(rows(table, column, id)).as("rows in %s", table).isEqualTo(expected);
        }
    }

    /** The number of rows; 0 where the tests can't look. */
    private long rows(String table, String column, String id) {
        return server.database() == Database.POSTGRESQL
                ? Postgres.count(server.databaseName(), table, column + " = '" + id + "'")
                : 0;
    }

    private void assertNoOrphanedPings() {
        if (server.database() == Database.POSTGRESQL) {
            assertThat(Postgres.count(
                            server.databaseName(), "CIBA_PING", "REQUEST_ID NOT IN (SELECT ID FROM CONSENT_REQUEST)"))
                    .isZero();
        }
    }
}
