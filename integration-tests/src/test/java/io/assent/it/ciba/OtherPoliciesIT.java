package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever puts another manager of client policies in the place of the pack's, by which the grant learns the answer. */
@Tag("long")
class OtherPoliciesIT {

    @Test
    void noTokenIsGivenAndTheLogSaysWhatToRemove() {
        try (Keycloak server = new Keycloak(
                        "other-policies",
                        Database.H2,
                        List.of(Servers.realmFile()),
                        "--spi-client-policy-manager--provider=default")
                .start()) {
            Realm bank = server.realm(Servers.BANK);
            Tpp acme = bank.tpp(ACME);
            Customer customer = bank.newCustomer();
            Asked asked = acme.ask(customer, BALANCES);
            customer.app().approve(customer.app().onlyPendingId()).ok();

            Answer answer = acme.poll(asked);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.json().has("access_token")).isFalse();
            assertThat(server.said()).contains("Another provider of 'client-policy-manager'");
        }
    }
}
