package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.fake.http.Form;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.PingReceiver.Ping;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SignedJwt;
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

/** A client hears that a consent has ended (OpenID Connect Back-Channel Logout 1.0), and nobody waits for it. */
class LogoutIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** Long enough for the first attempt after a failed one, which the server makes within a second. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    private static final String DATABASE = Servers.shared(Database.POSTGRESQL).databaseName();

    private final Realm bank = Servers.bank(Database.POSTGRESQL);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @Test
    void theClientIsToldOnceWhichConsentEndedInASignedToken() {
        try (PingReceiver receiver = PingReceiver.answering(200)) {
            Tpp acme = listening(receiver.endpoint());
            Tokens ended = byCiba(acme, BALANCES);
            byCiba(acme, TRANSACTIONS);
            Instant before = Instant.now().minusSeconds(1);

            app.withdraw(grantId(ended)).ok();

            Ping call = receiver.next(SOON);
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.contentType()).startsWith("application/x-www-form-urlencoded");
            assertThat(Form.parse(call.body())).containsOnlyKeys("logout_token");
            SignedJwt token = token(call);
            assertThat(token.header().get("typ").asText()).isEqualToIgnoringCase("logout+jwt");
            ObjectNode claims = token.claims();
            assertThat(claims.get("iss")).isEqualTo(ended.accessTokenClaims().get("iss"));
            assertThat(claims.get("aud").asText()).isEqualTo(acme.clientId());
            assertThat(claims.get("sub")).isEqualTo(ended.idTokenClaims().get("sub"));
            assertThat(claims.get("sid")).isEqualTo(ended.idTokenClaims().get("sid"));
            assertThat(claims.get("grant_id").asText()).isEqualTo(grantId(ended));
            assertThat(claims.get("events"))
                    .isEqualTo(Http.object().set("http://schemas.openid.net/event/backchannel-logout", Http.object()));
            assertThat(claims.get("jti").asText()).isNotEmpty();
            assertThat(claims.has("nonce")).isFalse();
            assertThat(Instant.ofEpochSecond(claims.get("iat").asLong())).isBetween(before, Instant.now());
            assertThat(claims.get("exp").asLong() - claims.get("iat").asLong()).isBetween(1L, 120L);
            assertThat(receiver.poll(QUIET)).isNull();
            awaitNothingKept(ended);
        }
    }

    @Test
    void theSameWithdrawalAgainIsNotTold() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()), BALANCES);
            app.withdraw(grantId(tokens)).ok();
            receiver.next(SOON);

            app.withdraw(grantId(tokens)).ok();

            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void whatTheClientEndsItselfIsNoNewsToIt() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp tpp = listening(receiver.endpoint());
            String id = grantId(byCiba(tpp, BALANCES));

            BankApp client = new BankApp(bank, tpp.ownToken("grant_management_revoke"));
            client.call("DELETE", "/grants/{id}", "/grants/" + id).ok();

            assertThat(receiver.poll(QUIET)).isNull();
            assertThat(app.consent(id).text("endedBy")).isEqualTo("tpp");
        }
    }

    @Test
    void aConsentOfTheBrowserEndsInTheLoginsThatItWasUsedIn() {
        try (PingReceiver receiver = PingReceiver.answering(200)) {
            Tpp acme = listening(receiver.endpoint());
            WebClient one = new WebClient(bank);
            WebClient other = new WebClient(bank);
            CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
            Tokens first =
                    flow.tokens(one.approve(one.open(flow, customer), BALANCES).uri());
            CodeFlow again = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
            Tokens second = again.tokens(other.open(again, customer).uri());

            app.withdraw(grantId(first)).ok();

            assertThat(new String[] {
                        token(receiver.next(SOON)).claims().get("sid").asText(),
                        token(receiver.next(SOON)).claims().get("sid").asText()
                    })
                    .containsExactlyInAnyOrder(
                            first.idTokenClaims().get("sid").asText(),
                            second.idTokenClaims().get("sid").asText());
            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void aPairwiseSubjectIsTheOneThatTheClientKnows() {
        try (PingReceiver receiver = PingReceiver.answering(200)) {
            Tpp acme = listening(receiver.endpoint(), client -> {
                client.withArrayProperty("protocolMappers")
                        .addObject()
                        .put("name", "pairwise")
                        .put("protocol", "openid-connect")
                        .put("protocolMapper", "oidc-sha256-pairwise-sub-mapper")
                        .withObjectProperty("config")
                        .put("pairwiseSubAlgorithmSalt", "salt");
                client.withArrayProperty("redirectUris").removeAll().add(CodeFlow.BACK.toString());
            });
            Tokens tokens = byCiba(acme, BALANCES);
            String subject = tokens.idTokenClaims().get("sub").asText();
            assertThat(subject).isNotEqualTo(customer.id());

            app.withdraw(grantId(tokens)).ok();

            assertThat(token(receiver.next(SOON)).claims().get("sub").asText()).isEqualTo(subject);
        }
    }

    @Test
    void whatIsOverIsToldBySystemAsWell() {
        try (PingReceiver receiver = PingReceiver.answering(200)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()), BALANCES);

            Postgres.execute(DATABASE, "UPDATE consent SET valid_until = 1 WHERE id = '" + grantId(tokens) + "'");

            ObjectNode claims = token(receiver.next(Duration.ofSeconds(60))).claims();
            assertThat(claims.get("grant_id").asText()).isEqualTo(grantId(tokens));
            assertThat(claims.get("iss")).isEqualTo(tokens.accessTokenClaims().get("iss"));
        }
    }

    @Test
    void aConsentWhoseSessionHadEndedIsToldOfBySession() {
        try (PingReceiver receiver = PingReceiver.answering(200)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()), BALANCES);
            BankApp later = loggedOutAndIn();
            assertThat(token(receiver.next(SOON)).claims().has("grant_id"))
                    .as("a logout, which is the server's own business")
                    .isFalse();

            later.withdraw(grantId(tokens)).ok();

            ObjectNode claims = token(receiver.next(SOON)).claims();
            assertThat(claims.get("grant_id").asText()).isEqualTo(grantId(tokens));
            assertThat(claims.get("sid")).isEqualTo(tokens.idTokenClaims().get("sid"));
            assertThat(claims.get("iss")).isEqualTo(tokens.accessTokenClaims().get("iss"));
        }
    }

    @Test
    void aClientThatAnswers503IsToldAgainWithTheSameJti() {
        try (PingReceiver receiver = PingReceiver.answering(503, PingReceiver.HANG_UP, 204)) {
            Tokens tokens = byCiba(listening(receiver.endpoint()), BALANCES);

            app.withdraw(grantId(tokens)).ok();

            String jti = token(receiver.next(SOON)).claims().get("jti").asText();
            for (int attempt = 0; attempt < 2; attempt++) {
                SignedJwt token = token(receiver.next(Duration.ofSeconds(30)));
                assertThat(token.claims().get("jti").asText()).isEqualTo(jti);
            }
            assertThat(receiver.poll(QUIET)).isNull();
            awaitNothingKept(tokens);
        }
    }

    @Test
    void aClientThatRefusesOrRedirectsIsNotToldAgain() {
        for (int status : new int[] {400, 302, 307}) {
            try (PingReceiver receiver = PingReceiver.answering(status)) {
                Tokens tokens = byCiba(listening(receiver.endpoint()), BALANCES);

                app.withdraw(grantId(tokens)).ok();

                assertThat(receiver.next(SOON).redirected()).isFalse();
                assertThat(receiver.poll(QUIET)).isNull();
                awaitNothingKept(tokens);
            }
        }
    }

    @Test
    void aClientThatDoesNotAnswerDelaysNoWithdrawal() {
        try (PingReceiver receiver = PingReceiver.notAnswering()) {
            Tpp acme = listening(receiver.endpoint());
            Tokens tokens = byCiba(acme, BALANCES);
            Instant start = Instant.now();

            app.withdraw(grantId(tokens)).ok();

            assertThat(Duration.between(start, Instant.now())).isLessThan(AT_ONCE);
            assertThat(acme.refresh(tokens).error()).isEqualTo("invalid_grant");
            receiver.next(SOON);
            // or it would be told again while other tests run
            bank.admin().removeClient(bank.name(), acme.clientId());
        }
    }

    @Test
    void aClientThatIsDownIsToldWhenItIsBack() {
        URI endpoint = PingReceiver.down();
        Tokens tokens = byCiba(listening(endpoint), BALANCES);

        app.withdraw(grantId(tokens)).ok();

        assertThat(kept(tokens)).isEqualTo(1);
        // until the first attempt has failed
        Eventually.after(Instant.now().plusMillis(400));
        try (PingReceiver receiver = PingReceiver.on(endpoint)) {
            assertThat(token(receiver.next(Duration.ofSeconds(45)))
                            .claims()
                            .get("grant_id")
                            .asText())
                    .isEqualTo(grantId(tokens));
        }
    }

    @Test
    void aClientWithoutAnUrlIsToldNothing() {
        Tokens tokens = byCiba(bank.newTpp(ACME, client -> {}), BALANCES);

        app.withdraw(grantId(tokens)).ok();

        assertThat(kept(tokens)).isZero();
        assertThat(Postgres.count(DATABASE, "CONSENT_OUTBOX", "KIND = 'logout' AND USER_ID = '" + customer.id() + "'"))
                .isZero();
    }

    /** How much is kept to tell of a consent's end. */
    private static long kept(Tokens tokens) {
        return Postgres.count(DATABASE, "CONSENT_LOGOUT", "CONSENT_ID = '" + grantId(tokens) + "'");
    }

    /** Until nothing is left to tell: what was told is forgotten once that is noted. */
    private static void awaitNothingKept(Tokens tokens) {
        Eventually.within(SOON, "the end of the delivery", () -> kept(tokens) == 0);
    }

    private static String grantId(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    private SignedJwt token(Ping call) {
        return SignedJwt.read(bank, Form.parse(call.body()).get("logout_token"));
    }

    /** A TPP that wants to hear of what ends. */
    private Tpp listening(URI logoutUrl) {
        return listening(logoutUrl, client -> {});
    }

    private Tpp listening(URI logoutUrl, Consumer<ObjectNode> change) {
        return bank.newTpp(ACME, client -> {
            client.withObjectProperty("attributes").put("backchannel.logout.url", logoutUrl.toString());
            change.accept(client);
        });
    }

    private Tokens byCiba(Tpp tpp, String... scopes) {
        Asked asked = tpp.ask(customer, scopes);
        app.approve(app.onlyPendingId(), scopes).ok();
        return Tokens.of(tpp.poll(asked));
    }

    private BankApp loggedOutAndIn() {
        bank.admin().logOut(bank.name(), customer.id());
        return customer.app();
    }
}
