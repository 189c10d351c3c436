package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keycloak's tables, and with them the pack's, can have a schema of their own ({@code db-schema}). */
@Tag("long")
class DatabaseSchemaIT {

    @Test
    void aJourneyGoesThroughInASchemaOfItsOwn() {
        try (Keycloak server = new Keycloak(
                "schema", Database.POSTGRESQL, List.of(Servers.realmFile().polledEvery(1)), "--db-schema=bank")) {
            Postgres.execute(server.databaseName(), "CREATE SCHEMA bank");
            server.start();
            Realm bank = server.realm(Servers.BANK);
            Customer customer = bank.newCustomer();
            BankApp app = customer.app();
            app.register(UUID.randomUUID(), "log");
            Tpp acme = bank.tpp(ACME);

            Asked asked = acme.ask(customer, BALANCES);
            assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
            app.approve(app.onlyPendingId()).ok();
            Tokens tokens = Tokens.of(acme.poll(asked));

            assertThat(Tokens.of(acme.refresh(tokens)).scope()).contains(BALANCES);
            Eventually.within(
                    Duration.ofSeconds(30),
                    "the push's row",
                    () -> Postgres.number(server.databaseName(), "SELECT count(*) FROM bank.consent_outbox") == 1);
            // made with the database, by another server
            assertThat(Postgres.number(server.databaseName(), "SELECT count(*) FROM public.consent_request"))
                    .isZero();
            assertThat(
                            Postgres.texts(
                                    server.databaseName(),
                                    "SELECT array_to_string(reloptions, ' ') FROM pg_class WHERE oid = 'bank.consent_request'::regclass"))
                    .containsExactly("fillfactor=50");
        }
    }
}
