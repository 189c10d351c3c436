package io.assent.it.admin;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.time.Duration;

/**
 * Two requests, one of which is answered in part, in a realm of their own; by the server's own clock, a minute or two
 * after their time is over, they are in its report.
 */
record CountedRequests(Realm realm) {

    static final String REALM = "counted";

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int EXPIRY = 30;

    static RealmFile realmFile() {
        return Servers.realmFile().named(REALM).expiringAfter(EXPIRY);
    }

    static CountedRequests asked(Keycloak server) {
        Realm realm = server.realm(REALM);
        Tpp acme = realm.tpp(ACME);
        Customer customer = realm.newCustomer();
        BankApp app = customer.app();
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens.of(acme.poll(asked));
        acme.ask(realm.newCustomer(), BALANCES);
        return new CountedRequests(realm);
    }

    void assertReported() {
        Staff staff = Staff.of(realm, "view-clients");
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
