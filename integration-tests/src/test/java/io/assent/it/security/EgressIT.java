package io.assent.it.security;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A URL that a client names leads nowhere inside. The tests' server allows the hosts {@code 127.0.0.1} and
 * {@code localhost}, so that what leads there by another name stands for all that is inside.
 */
class EgressIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final String OPTION = "--spi-connections-http-client--client-endpoints--allowed-hosts";

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @ParameterizedTest
    @ValueSource(strings = {"https://[::ffff:127.0.0.1]", "https://127.0.0.2", "https://10.255.255.1"})
    void aPingIsNotSentInsideAndTheOperatorIsToldWhatToSet(String origin) {
        try (PingReceiver inside = PingReceiver.answering(204)) {
            Tpp tpp = bank.newPingTpp(elsewhere(origin, inside));

            Asked asked = approved(tpp);

            assertThat(refusal(tpp, "the client notification endpoint is at a host inside"))
                    .contains(OPTION);
            assertThat(inside.poll(QUIET)).isNull();
            // the answer is the customer's, whatever becomes of the ping
            assertThat(Tokens.of(tpp.poll(asked)).accessTokenScope()).contains(PAYMENTS);
        }
    }

    @Test
    void aPingIsNotSentInTheClearWhereTheRealmRequiresSsl() {
        try (PingReceiver inside = PingReceiver.answering(204)) {
            Tpp tpp = bank.newPingTpp(elsewhere("http://127.0.0.2", inside));

            approved(tpp);

            refusal(tpp, "the client notification endpoint is not https");
            assertThat(inside.poll(QUIET)).isNull();
        }
    }

    @Test
    void aHostThatTheOperatorAllowsIsPinged() {
        try (PingReceiver inside = PingReceiver.answering(204)) {
            Tpp tpp = bank.newPingTpp(elsewhere("http://localhost", inside));

            Asked asked = approved(tpp);

            assertThat(inside.next(SOON).body()).contains(asked.authReqId());
        }
    }

    @Test
    void aLogoutIsNotSentInsideEither() {
        try (PingReceiver inside = PingReceiver.answering(204)) {
            Tpp tpp = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                    .put(
                            "backchannel.logout.url",
                            elsewhere("https://[::ffff:127.0.0.1]", inside).toString()));
            Asked asked = tpp.ask(customer, BALANCES);
            app.approve(app.onlyPendingId(), BALANCES).ok();
            Tokens tokens = Tokens.of(tpp.poll(asked));

            app.withdraw(tokens.accessTokenClaims().get("grant_id").asText()).ok();

            refusal(tpp, "the backchannel logout URL is at a host inside");
            assertThat(inside.poll(QUIET)).isNull();
        }
    }

    private Asked approved(Tpp tpp) {
        Asked asked = tpp.askForPing(customer, "token-" + UUID.randomUUID());
        app.approve(app.onlyPendingId(), PAYMENTS).ok();
        return asked;
    }

    /** The operator's line about it. */
    private String refusal(Tpp tpp, String reason) {
        return Eventually.within(
                SOON,
                "the end of the delivery to " + tpp.clientId(),
                () -> bank.server()
                        .said()
                        .lines()
                        .filter(line ->
                                line.contains("failed for good: client '" + tpp.clientId() + "' of realm 'bank': "))
                        .filter(line -> line.contains(reason))
                        .findFirst()
                        .orElse(""),
                line -> !line.isEmpty());
    }

    private static URI elsewhere(String origin, PingReceiver receiver) {
        return URI.create(origin + ":" + receiver.endpoint().getPort()
                + receiver.endpoint().getPath());
    }
}
