package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Patience;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.MariaDb;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables and queries are as good for MariaDB, where Keycloak supports it too. */
@Tag("long")
class MariaDbIT {

    @Test
    void aJourneyIsPlayedOnMariaDbAndSurvivesARestart() throws Exception {
        assumeTrue(
                MariaDb.isInstalled(),
                "no MariaDB (Debian: mariadb-server-core and mariadb-client-core): it is not tested");
        try (MariaDb database = MariaDb.start();
                Keycloak server = Keycloak.on(
                        database.address(),
                        null,
                        "mariadb",
                        List.of(Servers.realmFile().expiringAfter(900)))) {
            server.start();
            Realm bank = server.realm(Servers.BANK);
            Tpp acme = bank.tpp(ACME);
            Customer customer = bank.newCustomer();
            BankApp app = customer.app();
            List<Answer> devices = AtOnce.all(Collections.nCopies(40, () -> {
                String device = UUID.randomUUID().toString();
                String registration = newDevice();
                return Patience.with(() -> app.register(device, registration));
            }));
            assertThat(devices).extracting(Answer::status).containsOnly(201, 409);
            assertThat(app.devices().list()).hasSize(20);
            Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
            String id = app.onlyPendingId();
            Asked denied = acme.ask(customer, BALANCES);
            app.deny(app.ids("?status=pending&max=1").get(0)).ok();
            awaitPushesTo(20, id, database);
            forgetThePushes(id, database);
            awaitPushesTo(20, id, database);

            server.stop();
            server.start();

            app.approve(id, BALANCES).ok();
            assertThat(Tokens.of(acme.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
            assertThat(acme.poll(asked).error()).isEqualTo("invalid_grant");
            assertThat(acme.poll(denied).error()).isEqualTo("access_denied");
        }
    }

    @Test
    void consentsAreSearchedEndedAndOutliveClientAndCustomerOnMariaDb() throws Exception {
        assumeTrue(
                MariaDb.isInstalled(),
                "no MariaDB (Debian: mariadb-server-core and mariadb-client-core): it is not tested");
        try (MariaDb database = MariaDb.start();
                Keycloak server =
                        Keycloak.on(database.address(), null, "mariadb-consents", List.of(Servers.realmFile()))) {
            server.start();
            Realm bank = server.realm(Servers.BANK);
            Staff staff = Staff.of(bank, "manage-users", "view-clients");
            Tpp brief = bank.newTpp(ACME, client -> {});
            Customer customer = bank.newCustomer();
            String one = granted(brief, customer);
            String two = granted(brief, customer);
            String three = granted(bank.tpp(ACME), customer);
            assertThat(staff.found("?customer=" + customer.id())).containsExactly(three, two, one);
            assertThat(staff.found("?status=live&client=" + brief.clientId())).containsExactly(two, one);

            for (Answer end : AtOnce.all(List.<Callable<Answer>>of(
                    () -> staff.end(one, "Ä 1"), () -> staff.end(one, "Ä 2"), () -> customer.app()
                            .withdraw(one)))) {
                assertThat(end.status()).as(end.toString()).isEqualTo(204);
            }
            server.admin().removeClient(bank.name(), brief.clientId());
            server.admin().removeUser(bank.name(), customer.id());

            for (String id : List.of(one, two, three)) {
                assertThat(staff.history(id)).containsExactly("granted", "revoked");
                assertThat(staff.read(id).text("customerId")).startsWith("removed:");
            }
            assertThat(staff.read(two).ok().at("/client/clientId").asText()).isEqualTo(brief.clientId());
            assertThat(staff.found("?status=live")).isEmpty();
        }
    }

    private static void awaitPushesTo(int devices, String request, MariaDb database) {
        Eventually.within(
                Duration.ofSeconds(90),
                "a push to each device",
                () -> database.run("SELECT COUNT(*) FROM CONSENT_OUTBOX WHERE STATUS = 'DELIVERED' AND REQUEST_ID = '"
                                + request + "'")
                        .strip(),
                String.valueOf(devices)::equals);
    }

    /** As after the death of the node that promised them, a minute ago. */
    private static void forgetThePushes(String request, MariaDb database) {
        database.run("UPDATE CONSENT_DEVICE SET REGISTERED_AT = REGISTERED_AT - 60000;"
                + " UPDATE CONSENT_REQUEST SET CREATED_AT = CREATED_AT - 60000 WHERE ID = '" + request + "';"
                + " DELETE FROM CONSENT_OUTBOX WHERE REQUEST_ID = '" + request + "'");
    }

    private static String newDevice() {
        return "{\"platform\":\"log\",\"pushToken\":\"" + UUID.randomUUID() + "\"}";
    }

    private static String granted(Tpp tpp, Customer customer) {
        BankApp app = customer.app();
        Asked asked = tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId()).ok();
        return Tokens.of(tpp.poll(asked)).accessTokenClaims().get("grant_id").asText();
    }
}
