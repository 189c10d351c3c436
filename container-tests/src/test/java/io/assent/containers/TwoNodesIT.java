package io.assent.containers;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes on one database: each call goes to another node than the one before it. */
@ParameterizedClass(name = "asked at the {0} node")
@ValueSource(strings = {"first", "second"})
class TwoNodesIT {

    /** In which a node would ping again what it does not know to be done. */
    private static final Duration TWO_SWEEPS = Duration.ofSeconds(3);

    private final Cluster cluster = Cluster.running();
    /** Where the TPP asks and polls. */
    private final Realm here;
    /** Where the customer answers. */
    private final Realm there;

    private final Customer customer;
    private final BankApp app;

    TwoNodesIT(String node) {
        boolean first = node.equals("first");
        here = (first ? cluster.first() : cluster.second()).realm(Servers.BANK);
        there = (first ? cluster.second() : cluster.first()).realm(Servers.BANK);
        customer = here.newCustomer();
        app = new BankApp(there, customer.app().accessToken());
    }

    @Test
    void theNodesAreOneCluster() {
        assertThat(List.of(cluster.first().said(), cluster.second().said()))
                .allSatisfy(said -> assertThat(said).containsPattern("new cluster view .* \\(2\\) "));
    }

    @Test
    void aRequestIsAskedAtOneNodeApprovedAtTheOtherAndRedeemedAtTheFirst() {
        Tpp acme = here.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        assertThat(at(there, acme).poll(asked).error()).isEqualTo("authorization_pending");

        app.approve(app.onlyPendingId(), BALANCES).ok();

        assertThat(Tokens.of(acme.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(at(there, acme).poll(asked).error()).isEqualTo("invalid_grant");
    }

    @Test
    void aDenialAtOneNodeIsADenialAtTheOther() {
        Tpp acme = here.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES);

        app.deny(app.onlyPendingId()).ok();

        assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
        assertThat(at(there, acme).poll(asked).error()).isEqualTo("access_denied");
    }

    @Test
    void aTppInPingModeIsPingedOnceForWhatWasDecidedAtTheOtherNode() {
        try (PingContainer receiver = new PingContainer(cluster.network())) {
            Tpp orbit = here.newPingTpp(receiver.endpoint());
            String token = "token-" + UUID.randomUUID();
            Asked asked = orbit.askForPing(customer, token);

            app.approve(app.onlyPendingId(), PAYMENTS).ok();

            assertThat(receiver.await(Duration.ofSeconds(20)))
                    .containsExactly("Bearer " + token + " " + Http.object().put("auth_req_id", asked.authReqId()));
            assertThat(Tokens.of(orbit.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", PAYMENTS);
            Eventually.after(Instant.now().plus(TWO_SWEEPS));
            assertThat(receiver.pings()).hasSize(1);
        }
    }

    @Test
    void ofPollsAtBothNodesAtOnceOneGetsTokens() throws Exception {
        Tpp acme = here.tpp(ACME);
        for (int round = 0; round < 10; round++) {
            Asked asked = acme.ask(customer, BALANCES);
            app.approve(app.onlyPendingId()).ok();

            List<Answer> answers = AtOnce.all(
                    List.of(() -> acme.poll(asked), () -> at(there, acme).poll(asked)));

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 400);
            assertThat(answers).extracting(Answer::error).containsExactlyInAnyOrder("", "invalid_grant");
        }
    }

    @Test
    void tokensOfOneNodeAreGoodAtTheOther() {
        Tpp acme = here.tpp(ACME);
        Asked asked = acme.ask(customer, BALANCES);
        app.approve(app.onlyPendingId()).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));

        assertThat(at(there, acme).userinfo(tokens).ok().get("sub").asText()).isEqualTo(customer.id());
        assertThat(Tokens.of(at(there, acme).refresh(tokens)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", BALANCES);
    }

    private static Tpp at(Realm node, Tpp tpp) {
        return new Tpp(node, tpp.clientId(), tpp.secret());
    }
}
