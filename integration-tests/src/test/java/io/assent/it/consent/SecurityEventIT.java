package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.PingReceiver.Ping;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SignedJwt;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client hears that a consent has ended by a Security Event Token (RFC 8417), pushed to it (RFC 8935). */
class SecurityEventIT {

    private static final String EVENT = "urn:assent:event:consent-ended";

    private static final Duration SOON = Duration.ofSeconds(60);
    /** Long enough for the first attempt after a failed one, which the server makes within a second. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final String DATABASE = Servers.shared(Database.POSTGRESQL).databaseName();

    private final Realm bank = Servers.bank(Database.POSTGRESQL);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @Test
    void theClientIsPushedOneSignedTokenThatNamesTheConsentAndNobody() {
        try (PingReceiver receiver = PingReceiver.answering(202)) {
            Tpp acme = listening(receiver.endpoint());
            Tokens ended = byCiba(acme);
            byCiba(acme);
            Instant before = Instant.now().minusSeconds(1);

            app.withdraw(grantId(ended)).ok();

            Ping call = receiver.next(SOON);
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.contentType()).isEqualTo("application/secevent+jwt");
            SignedJwt token = SignedJwt.read(bank, call.body());
            assertThat(token.header().get("typ").asText()).isEqualTo("secevent+jwt");
            ObjectNode claims = token.claims();
            assertThat(claims.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("iss", "aud", "iat", "jti", "toe", "sub_id", "events");
            assertThat(claims.get("iss")).isEqualTo(ended.accessTokenClaims().get("iss"));
            assertThat(claims.get("aud").asText()).isEqualTo(acme.clientId());
            assertThat(Instant.ofEpochSecond(claims.get("iat").asLong())).isBetween(before, Instant.now());
            assertThat(claims.get("sub_id"))
                    .isEqualTo(Http.object().put("format", "opaque").put("id", grantId(ended)));
            assertThat(claims.get("events"))
                    .isEqualTo(Http.object()
                            .set(
                                    EVENT,
                                    Http.object()
                                            .put("grant_id", grantId(ended))
                                            .put("status", "revoked")
                                            .put("initiating_entity", "user")));
            assertThat(claims.toString())
                    .doesNotContain(customer.id())
                    .doesNotContain(customer.username())
                    .doesNotContain(ended.idTokenClaims().get("sid").asText());
            assertThat(receiver.poll(QUIET)).isNull();
            awaitNothingKept(ended);
            // the same once more is no end
            app.withdraw(grantId(ended)).ok();
            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void whatEndsWhileAClientIsSwitchedOffIsToldWhenItIsOnAgain() {
        try (PingReceiver logouts = PingReceiver.answering(200);
                PingReceiver events = PingReceiver.answering(202)) {
            Tpp acme = listening(events.endpoint(), client -> client.withObjectProperty("attributes")
                    .put("backchannel.logout.url", logouts.endpoint().toString()));
            Tokens tokens = byCiba(acme);
            bank.admin().updateClient(bank.name(), acme.clientId(), client -> client.put("enabled", false));

            app.withdraw(grantId(tokens)).ok();

            assertThat(events.poll(QUIET)).isNull();
            assertThat(logouts.poll(QUIET)).isNull();
            bank.admin().updateClient(bank.name(), acme.clientId(), client -> client.put("enabled", true));
            assertThat(event(events.next(SOON)).get("grant_id").asText()).isEqualTo(grantId(tokens));
            assertThat(logouts.next(SOON).body()).startsWith("logout_token=");
        }
    }

    @Test
    void aClientThatWantsBothIsToldByBoth() {
        try (PingReceiver logouts = PingReceiver.answering(200);
                PingReceiver events = PingReceiver.answering(202)) {
            Tpp acme = listening(events.endpoint(), client -> client.withObjectProperty("attributes")
                    .put("backchannel.logout.url", logouts.endpoint().toString()));
            Tokens tokens = byCiba(acme);

            app.withdraw(grantId(tokens)).ok();

            assertThat(event(events.next(SOON)).get("grant_id").asText()).isEqualTo(grantId(tokens));
            assertThat(logouts.next(SOON).body()).startsWith("logout_token=");
        }
    }

    @Test
    void staffAndTheServersRulesEndWithATokenAsWell() {
        try (PingReceiver receiver = PingReceiver.answering(202)) {
            Tpp acme = listening(receiver.endpoint());
            Tokens first = byCiba(acme);
            Staff.of(bank, "manage-users").end(grantId(first), "fraud").ok();

            JsonNode byStaff = event(receiver.next(SOON));
            assertThat(byStaff.get("grant_id").asText()).isEqualTo(grantId(first));
            assertThat(byStaff.get("initiating_entity").asText()).isEqualTo("admin");
            assertThat(byStaff.toString()).doesNotContain("fraud");

            Tokens second = byCiba(acme);
            Postgres.execute(DATABASE, "UPDATE consent SET valid_until = 1 WHERE id = '" + grantId(second) + "'");

            Ping call = receiver.next(Duration.ofSeconds(90));
            JsonNode bySystem = event(call);
            assertThat(bySystem.get("grant_id").asText()).isEqualTo(grantId(second));
            assertThat(bySystem.get("status").asText()).isEqualTo("expired");
            assertThat(bySystem.get("initiating_entity").asText()).isEqualTo("system");
            assertThat(SignedJwt.read(bank, call.body()).claims().get("iss"))
                    .isEqualTo(second.accessTokenClaims().get("iss"));
        }
    }

    @Test
    void theConsentOfACustomerWhoIsRemovedEndsWithATokenThatNamesNobody() {
        try (PingReceiver receiver = PingReceiver.answering(202)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()));

            bank.admin().removeUser(bank.name(), customer.id());

            Ping call = receiver.next(SOON);
            assertThat(event(call).get("grant_id").asText()).isEqualTo(grantId(tokens));
            assertThat(SignedJwt.read(bank, call.body()).claims().toString()).doesNotContain(customer.id());
            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void aConsentOfTheBrowserEndsWithOneTokenForAllItsLogins() {
        try (PingReceiver receiver = PingReceiver.answering(202)) {
            Tpp acme = listening(receiver.endpoint());
            WebClient one = new WebClient(bank);
            CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
            Tokens first =
                    flow.tokens(one.approve(one.open(flow, customer), BALANCES).uri());
            CodeFlow again = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
            again.tokens(new WebClient(bank).open(again, customer).uri());

            app.withdraw(grantId(first)).ok();

            assertThat(event(receiver.next(SOON)).get("grant_id").asText()).isEqualTo(grantId(first));
            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void whatTheClientEndsItselfIsNoNewsToIt() {
        try (PingReceiver receiver = PingReceiver.answering(202)) {
            Tpp tpp = listening(receiver.endpoint());
            Tokens tokens = byCiba(tpp);

            new BankApp(bank, tpp.ownToken("grant_management_revoke"))
                    .call("DELETE", "/grants/{id}", "/grants/" + grantId(tokens))
                    .ok();

            assertThat(receiver.poll(QUIET)).isNull();
            awaitNothingKept(tokens);
        }
    }

    @Test
    void aReceiverThatCanNotTakeItNowIsSentTheSameAgain() {
        try (PingReceiver receiver = PingReceiver.complaining(
                "{\"err\":\"invalid_key\",\"description\":\"not there yet\"}",
                503,
                PingReceiver.HANG_UP,
                429,
                401,
                400,
                202)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()));

            app.withdraw(grantId(tokens)).ok();

            ObjectNode claims = SignedJwt.read(bank, receiver.next(SOON).body()).claims();
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThat(SignedJwt.read(
                                        bank,
                                        receiver.next(Duration.ofSeconds(60)).body())
                                .claims())
                        .isEqualTo(claims);
            }
            assertThat(receiver.poll(QUIET)).isNull();
            awaitNothingKept(tokens);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 302})
    void whatAGatewaySaysMeanwhileLosesNothing(int status) {
        try (PingReceiver receiver = PingReceiver.complaining("", status, 202)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()));

            app.withdraw(grantId(tokens)).ok();

            assertThat(receiver.next(SOON).redirected()).isFalse();
            receiver.next(Duration.ofSeconds(60));
            awaitNothingKept(tokens);
        }
    }

    @Test
    void aReceiverThatRefusesIsNotSentItAgain() {
        try (PingReceiver receiver =
                PingReceiver.complaining("{\"err\":\"invalid_audience\",\"description\":\"who?\"}", 400)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()));

            app.withdraw(grantId(tokens)).ok();

            assertThat(receiver.next(SOON).redirected()).isFalse();
            assertThat(receiver.poll(QUIET)).isNull();
            awaitNothingKept(tokens);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 400})
    void anAnswerWhoseBodyDoesNotEndCountsByItsStatus(int status) {
        try (PingReceiver receiver = PingReceiver.answeringWithoutAnEnd(status)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()));

            app.withdraw(grantId(tokens)).ok();

            receiver.next(SOON);
            awaitNothingKept(tokens);
            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void aReceiverThatIsDownOrSilentDelaysNoWithdrawalAndIsToldLater() {
        URI endpoint = PingReceiver.down();
        Tokens tokens = byCiba(listening(endpoint));
        try (PingReceiver silent = PingReceiver.notAnswering()) {
            Tpp other = listening(silent.endpoint());
            Tokens others = byCiba(other);
            app.withdraw(grantId(others)).ok();
            silent.next(SOON);
            assertThat(other.refresh(others).error()).isEqualTo("invalid_grant");
            // or it would be told again while other tests run
            bank.admin().removeClient(bank.name(), other.clientId());
        }

        app.withdraw(grantId(tokens)).ok();

        assertThat(kept(tokens)).isEqualTo(1);
        try (PingReceiver receiver = PingReceiver.on(endpoint)) {
            assertThat(event(receiver.next(Duration.ofSeconds(60)))
                            .get("grant_id")
                            .asText())
                    .isEqualTo(grantId(tokens));
        }
    }

    @Test
    void aTokenIsPushedNowhereInside() {
        try (PingReceiver inside = PingReceiver.answering(202)) {
            Tpp tpp = listening(URI.create("https://[::ffff:127.0.0.1]:"
                    + inside.endpoint().getPort() + inside.endpoint().getPath()));
            Tokens tokens = byCiba(tpp);

            app.withdraw(grantId(tokens)).ok();

            Eventually.within(SOON, "the operator's line", () -> bank.server()
                    .said()
                    .lines()
                    .anyMatch(
                            line -> line.contains("failed for good: client '" + tpp.clientId() + "' of realm 'bank': ")
                                    && line.contains("the security event URL is at a host inside")));
            assertThat(inside.poll(QUIET)).isNull();
        }
    }

    /** How much is kept to tell of a consent's end. */
    private static long kept(Tokens tokens) {
        return Postgres.count(DATABASE, "CONSENT_SECURITY_EVENT", "CONSENT_ID = '" + grantId(tokens) + "'");
    }

    /** Until nothing is left to tell: what was told is forgotten once that is noted. */
    private static void awaitNothingKept(Tokens tokens) {
        Eventually.within(SOON, "the end of the delivery", () -> kept(tokens) == 0);
    }

    private static String grantId(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    private JsonNode event(Ping call) {
        return SignedJwt.read(bank, call.body()).claims().get("events").get(EVENT);
    }

    private Tpp listening(URI receiver) {
        return listening(receiver, client -> {});
    }

    private Tpp listening(URI receiver, Consumer<ObjectNode> change) {
        return bank.newTpp(ACME, client -> {
            client.withObjectProperty("attributes").put("consent.security-event-url", receiver.toString());
            change.accept(client);
        });
    }

    private Tokens byCiba(Tpp tpp) {
        Asked asked = tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        return Tokens.of(tpp.poll(asked));
    }
}
