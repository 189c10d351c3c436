package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SigningKey;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A backchannel request whose answer was lost is sent again, by its {@code Idempotency-Key}. */
class RepeatedAskIT {

    private static final String HEADER = "Idempotency-Key";

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final String key = UUID.randomUUID().toString();

    @Test
    void aRepeatGetsTheSameBytesAndTheCustomerIsAskedOnce() {
        Answer first = ask(acme, customer, BALANCES, '"' + key + '"');

        Answer again = ask(acme, customer, BALANCES, '"' + key + '"');
        Answer withoutQuotes = ask(acme, customer, BALANCES, key);

        assertSame(first, again);
        assertSame(first, withoutQuotes);
        app.approve(app.onlyPendingId()).ok();
        assertSame(first, ask(acme, customer, BALANCES, key));
        assertThat(app.pending()).isEmpty();
        Tokens.of(acme.poll(Asked.of(first)));
        assertSame(first, ask(acme, customer, BALANCES, key));
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void aKeyThatWasSentWithAnotherRequestIsRefusedAndNobodyIsAsked() {
        ask(acme, customer, BALANCES, key).ok();
        String id = app.onlyPendingId();

        Answer other = ask(acme, customer, TRANSACTIONS, key);

        assertThat(other.status()).as(other.toString()).isEqualTo(422);
        assertThat(other.error()).isEqualTo("invalid_request");
        assertThat(app.onlyPendingId()).isEqualTo(id);
    }

    @Test
    void aKeyIsTheClientsOwn() {
        Tpp other = bank.newTpp(ACME, client -> {});
        Answer first = ask(acme, customer, BALANCES, key);

        Answer others = ask(other, customer, BALANCES, key);

        assertThat(others.ok().get("auth_req_id")).isNotEqualTo(first.ok().get("auth_req_id"));
        assertThat(app.pending()).hasSize(2);
        assertThat(other.poll(Asked.of(first)).error()).isEqualTo("invalid_grant");
    }

    @Test
    void whoDoesNotAuthenticateGetsNoEarlierAnswer() {
        ask(acme, customer, BALANCES, key).ok();

        Answer answer = ask(new Tpp(bank, ACME, "wrong"), customer, BALANCES, key);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.error()).isIn("invalid_client", "unauthorized_client");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"open", "two words", "\"a\";p=1", "\"a\", \"b\"", "a,b"})
    void aKeyThatIsNoneIsRefusedAndNobodyIsAsked(String none) {
        assertRefused(ask(acme, customer, BALANCES, none));
    }

    @Test
    void aKeyThatIsTooLongOrThereTwiceIsRefusedAndNobodyIsAsked() {
        ask(acme, customer, BALANCES, "k".repeat(255)).ok();
        app.deny(app.onlyPendingId()).ok();

        assertRefused(ask(acme, customer, BALANCES, "k".repeat(256)));
        assertRefused(ask(acme, customer, BALANCES, "k".repeat(4_000)));
        assertRefused(ask(acme, customer, BALANCES, key, key + "-2"));
    }

    @Test
    void aRefusalIsNotKept() {
        Answer refused = ask(acme, customer, "no-such-permission", key);
        assertThat(refused.error()).as(refused.toString()).isEqualTo("invalid_scope");

        Answer mended = ask(acme, customer, BALANCES, key);

        assertThat(app.onlyPendingId()).isNotEmpty();
        assertSame(mended, ask(acme, customer, BALANCES, key));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void ofTheSameCallsAtOnceOneAsks(Database database) throws Exception {
        Realm realm = Servers.bank(database);
        Customer someone = realm.newCustomer();
        BankApp theirApp = someone.app();
        Tpp tpp = realm.tpp(ACME);
        for (int round = 0; round < 5; round++) {
            String once = UUID.randomUUID().toString();
            Callable<Answer> call = () -> ask(tpp, someone, BALANCES, once);

            List<Answer> answers = AtOnce.all(Collections.nCopies(6, call));

            Answer answered = answers.stream()
                    .filter(answer -> answer.status() == 200)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(answers));
            for (Answer answer : answers) {
                if (answer.status() == 200) {
                    assertSame(answered, answer);
                } else {
                    assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
                }
            }
            assertSame(answered, ask(tpp, someone, BALANCES, once));
            theirApp.approve(theirApp.onlyPendingId()).ok();
            Tokens.of(tpp.poll(Asked.of(answered)));
        }
    }

    @Test
    void aRequestThatIsSignedAgainIsARepeatAndOneThatSaysSomethingElseIsNot() {
        SigningKey signing = SigningKey.generate();
        Tpp signer = bank.newTpp(ACME, signing::signsBackchannelRequestsOf);
        Answer first = signed(signer, signing.sign(signer.requestClaims(customer, BALANCES)));

        assertSame(first, signed(signer, signing.sign(signer.requestClaims(customer, BALANCES))));
        assertThat(app.pending()).hasSize(1);
        assertThat(signed(signer, signing.sign(signer.requestClaims(customer, TRANSACTIONS)))
                        .status())
                .isEqualTo(422);
        assertThat(app.pending()).hasSize(1);
    }

    @Test
    void whatIsKeptCantBeReadInTheDatabaseAndGoesWithTheRequestsTime() {
        Realm brief = Servers.brief(Database.POSTGRESQL);
        Customer someone = brief.newCustomer();
        Tpp tpp = brief.tpp(ACME);
        Asked asked = Asked.of(ask(tpp, someone, BALANCES, key));
        String database = Servers.shared(Database.POSTGRESQL).databaseName();
        String rows = "SELECT concat(ID, CONTENT_HASH, ANSWER, encode(decode(ANSWER, 'base64'), 'escape'))"
                + " FROM CIBA_ANSWER";

        assertThat(Postgres.texts(database, rows))
                .isNotEmpty()
                .noneMatch(row -> row.contains(asked.authReqId()) || row.contains(key) || row.contains("auth_req_id"));

        Eventually.after(asked.expiry().plusMillis(200));
        Asked anew = Asked.of(ask(tpp, someone, BALANCES, key));
        assertThat(anew.authReqId()).isNotEqualTo(asked.authReqId());
        assertThat(someone.app().pending()).hasSize(1);
        long over = anew.expiry().toEpochMilli();
        Eventually.within(
                Duration.ofSeconds(90),
                "removal of the answers",
                () -> Postgres.count(database, "CIBA_ANSWER", "EXPIRES_AT <= " + over) == 0);
    }

    private void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_request");
        assertThat(answer.text("error_description")).contains(HEADER);
        assertThat(app.pending()).isEmpty();
    }

    private static void assertSame(Answer first, Answer again) {
        assertThat(again.status()).as(again.toString()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.contentType()).isEqualTo(first.contentType());
        assertThat(again.header("Cache-Control")).isEqualTo(first.header("Cache-Control"));
    }

    private Answer signed(Tpp tpp, String request) {
        return call(tpp, Map.of("request", request), key);
    }

    private static Answer ask(Tpp tpp, Customer customer, String scope, String... keys) {
        return call(tpp, Map.of("login_hint", customer.username(), "scope", "openid " + scope), keys);
    }

    private static Answer call(Tpp tpp, Map<String, String> parameters, String... keys) {
        HttpRequest.Builder request = Http.form(tpp.realm().uri("/protocol/openid-connect/ext/ciba/auth"), parameters)
                .header("Authorization", Http.basic(tpp.clientId(), tpp.secret()));
        for (String one : keys) {
            request.header(HEADER, one);
        }
        return Http.send(request);
    }
}
