package io.assent.it.consent;

import static io.assent.it.consent.ChangingBank.ALL;
import static io.assent.it.consent.ChangingBank.LOANS;
import static io.assent.it.consent.ChangingBank.RATES;
import static io.assent.it.consent.ChangingBank.change;
import static io.assent.it.consent.ChangingBank.changes;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.QueryPlans;
import io.assent.testing.server.QueryPlans.QueryPlan;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the walk over consents costs where customers are to be asked for more. */
@Tag("long")
class AmendmentWalkIT {

    private static final int CONSENTS = 12;

    private static Keycloak server;

    @BeforeAll
    static void start() {
        server = new Keycloak(
                "amendment-walk",
                Database.POSTGRESQL,
                List.of(Servers.realmFile()),
                "--spi-jpa-entity-provider--assent--housekeeping-interval-seconds=1");
        QueryPlans.record(server.databaseName());
        server.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void manyConsentsOfOneCustomerAndCompanyAreLookedAtTogetherAndOnce() {
        ChangingBank bank = ChangingBank.open(server, "walk");
        Tpp tpp = bank.newTpp(ALL);
        Customer customer = bank.realm().newCustomer();
        BankApp app = customer.app();
        for (int at = 0; at < CONSENTS; at++) {
            ChangingBank.tokens(tpp, customer, app, LOANS);
        }
        // so that nothing is asked, and each look would go the whole way
        app.block(tpp.clientId()).ok();

        QueryPlans.mark(server.databaseName(), "walk");
        bank.staff()
                .setChanges(changes(0, change("widen", "widen", List.of(LOANS), RATES)))
                .ok();
        bank.awaitWalk();
        QueryPlans.mark(server.databaseName(), "end");

        Map<String, List<List<QueryPlan>>> sections = Eventually.within(
                Duration.ofSeconds(20),
                "the log is written",
                () -> QueryPlans.afterMarks(server.databaseName()),
                all -> all.containsKey("end"));
        assertThat(bank.staff().changes().ok().at("/followed/looked").asInt()).isEqualTo(CONSENTS);
        assertThat(sections.get("walk").get(0))
                .filteredOn(statement -> statement.mentions("select", "consent_block"))
                .hasSize(1);
    }
}
