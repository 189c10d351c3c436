package io.assent.it.admin;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.MariaDb;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests and calls are counted on the other databases too; by the server's own clock, and so for some minutes. */
@Tag("long")
class ReportDatabasesIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int EXPIRY = 30;

    @Test
    void onMariaDb() {
        assumeTrue(
                MariaDb.isInstalled(),
                "no MariaDB (Debian: mariadb-server-core and mariadb-client-core): it is not tested");
        try (MariaDb database = MariaDb.start();
                Keycloak server = Keycloak.on(
                        database.address(),
                        null,
                        "reports-mariadb",
                        List.of(Servers.realmFile().expiringAfter(EXPIRY)))) {
            aRequestIsCountedOn(server);
        }
    }

    @Test
    void onH2() {
        try (Keycloak server = new Keycloak(
                "reports-h2", Database.H2, List.of(Servers.realmFile().expiringAfter(EXPIRY)))) {
            aRequestIsCountedOn(server);
        }
    }

    private static void aRequestIsCountedOn(Keycloak server) {
        server.start();
        Realm bank = server.realm(Servers.BANK);
        Staff staff = Staff.of(bank, "view-clients");
        Tpp acme = bank.tpp(ACME);
        Customer customer = bank.newCustomer();
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        BankApp app = customer.app();
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens.of(acme.poll(asked));
        acme.ask(bank.newCustomer(), BALANCES);

        JsonNode report = Eventually.within(
                LIMIT, "the count", () -> staff.authorisations("").ok(), found -> sum(found, "asked") == 2);
        assertThat(sum(report, "authorisedInPart")).isEqualTo(1);
        assertThat(sum(report, "redeemed")).isEqualTo(1);
        assertThat(sum(report, "neverOpened")).isEqualTo(1);
        assertThat(report.at("/days/0/client/clientId").asText()).isEqualTo(ACME);
        JsonNode availability = Eventually.within(
                LIMIT,
                "a whole minute, and the calls",
                () -> staff.availability("").ok(),
                found -> sum(found, "observedSeconds") > 0 && sum(found, "calls") > 4);
        assertThat(sum(availability, "failedCalls")).isZero();
    }

    private static long sum(JsonNode report, String member) {
        long sum = 0;
        for (JsonNode line : report.get("days")) {
            sum += line.get(member).longValue();
        }
        return sum;
    }
}
