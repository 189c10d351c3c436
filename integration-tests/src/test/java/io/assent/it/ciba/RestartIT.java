package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing that a customer or a TPP relies on lives in memory alone.
 *
 * <p>Restarts the shared servers in place: they keep their port and their data, so that no other test notices.
 */
@Isolated("restarts the shared servers")
class RestartIT {

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.argumentSet("H2, stopped", Database.H2, (Consumer<Keycloak>) Keycloak::stop),
                Arguments.argumentSet("PostgreSQL, stopped", Database.POSTGRESQL, (Consumer<Keycloak>) Keycloak::stop),
                // not on H2, which writes to its file a moment after the commit
                Arguments.argumentSet("PostgreSQL, killed", Database.POSTGRESQL, (Consumer<Keycloak>) Keycloak::kill));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void requestsAndDecisionsSurviveARestartOfTheServer(Database database, Consumer<Keycloak> ending) {
        Keycloak server = Servers.shared(database);
        Realm bank = server.realm(Servers.BANK);
        Tpp acme = bank.tpp(ACME);
        Customer customer = bank.newCustomer();
        BankApp before = customer.app();
        Asked approved = lasting(acme, customer, BALANCES, TRANSACTIONS);
        Answer decision = before.approve(before.onlyPendingId(), BALANCES);
        String approvedId = decision.ok().get("id").asText();
        // for something else: a no takes back what was approved and not fetched yet
        Asked denied = lasting(acme, customer, DETAILS);
        before.deny(before.onlyPendingId()).ok();
        Asked redeemed = lasting(acme, customer, BALANCES);
        before.approve(before.onlyPendingId()).ok();
        Tokens.of(acme.poll(redeemed));
        String key = UUID.randomUUID().toString();
        Answer keyed = ask(acme, customer, key);
        Asked pending = Asked.of(keyed);
        String pendingId = before.onlyPendingId();

        ending.accept(server);
        server.start();

        assertThat(Tokens.of(acme.poll(approved)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(acme.poll(denied).error()).isEqualTo("access_denied");
        assertThat(acme.poll(redeemed).error()).isEqualTo("invalid_grant");
        assertThat(ask(acme, customer, key).body()).isEqualTo(keyed.body());
        assertThat(acme.poll(pending).error()).isEqualTo("authorization_pending");
        BankApp after = customer.app();
        assertThat(after.onlyPendingId()).isEqualTo(pendingId);
        assertThat(after.approve(approvedId, BALANCES).body()).isEqualTo(decision.body());
        after.approve(pendingId, TRANSACTIONS).ok();
        assertThat(Tokens.of(acme.poll(pending)).accessTokenScope()).containsExactlyInAnyOrder("openid", TRANSACTIONS);
    }

    /** Asks for longer than any machine takes to start a server. */
    private static Asked lasting(Tpp tpp, Customer customer, String... scopes) {
        return Asked.of(tpp.request(customer, Map.of("requested_expiry", "300"), scopes));
    }

    private static Answer ask(Tpp tpp, Customer customer, String key) {
        return tpp.request(
                customer,
                Map.of("binding_message", "once", "requested_expiry", "300"),
                Map.of("Idempotency-Key", key),
                BALANCES,
                TRANSACTIONS);
    }
}
