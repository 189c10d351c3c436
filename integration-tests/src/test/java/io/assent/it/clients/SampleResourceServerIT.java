package io.assent.it.clients;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sample of a resource server, started as it says, and called by TPPs with what customers granted. */
@Tag("long")
class SampleResourceServerIT {

    private static final String ACCOUNTS = "accounts.details";
    private static final String TOLD = "The bank's API is at ";

    private static Conversation program;
    private static String api;

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final Tpp acme = bank.tpp(ACME);

    @BeforeAll
    static void start() throws IOException {
        Realm bank = Servers.bank();
        program = new Conversation(SampleJar.of("resource-server")
                .start(Map.of(
                        "ISSUER", bank.uri("").toString(),
                        "CLIENT_ID", bank.api().clientId(),
                        "CLIENT_SECRET", bank.api().secret(),
                        "PORT", "0")));
        String told = program.hear();
        assertThat(told).startsWith(TOLD);
        api = told.substring(TOLD.length());
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void givesOutWhatWasGrantedAndNoMore() {
        Tokens tokens = granted(ACCOUNTS, BALANCES);

        JsonNode accounts = get(tokens, "/accounts").ok().get("accounts");
        String id = accounts.get(0).get("id").asText();
        JsonNode balances = get(tokens, "/accounts/" + id + "/balances").ok().get("balances");

        assertThat(accounts.findValuesAsText("id"))
                .isNotEmpty()
                .isEqualTo(tokens.accessTokenClaims()
                        .at("/authorization_details/0/accounts")
                        .findValuesAsText("id"));
        assertThat(balances.at("/0/amount").asText()).matches("[0-9.]+");
        assertNotGranted(get(tokens, "/accounts/acc-0000000000000000/balances"), BALANCES);
        assertThat(get(tokens, "/payments").status()).isEqualTo(404);
    }

    @Test
    void refusesWhatTheCustomerLeftOut() {
        Tokens tokens = granted(ACCOUNTS);
        String id = get(tokens, "/accounts").ok().at("/accounts/0/id").asText();

        assertNotGranted(get(tokens, "/accounts/" + id + "/balances"), BALANCES);
    }

    @Test
    void refusesAScopeWithoutADetail() {
        Tokens tokens = Tokens.of(acme.poll(asked(Map.of(), Map.of(), ACCOUNTS)));

        assertNotGranted(get(tokens, "/accounts"), ACCOUNTS);
    }

    @Test
    void refusesTheNextCallOnceTheConsentIsWithdrawn() {
        Tokens tokens = granted(ACCOUNTS);
        get(tokens, "/accounts").ok();

        customer.app().withdraw(customer.app().onlyConsent().get("id").asText()).ok();

        assertInvalid(get(tokens, "/accounts"), "Bearer");
    }

    @Test
    void refusesTokensThatAreNotForIt() {
        Tokens tokens = granted(ACCOUNTS);

        for (String token : List.of(
                customer.app().accessToken(),
                tokens.response().get("id_token").asText(),
                tokens.refreshToken(),
                tokens.accessToken() + "x",
                "x".repeat(20_000))) {
            assertInvalid(get(token, "/accounts"), "Bearer");
        }
        Answer without = Http.send(Http.request(URI.create(api + "/accounts")));
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("WWW-Authenticate")).hasValue("Bearer");
        Answer twice = send("/accounts", bearer(tokens.accessToken()), bearer(tokens.accessToken()));
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.header("WWW-Authenticate")).hasValue("Bearer error=\"invalid_request\"");
    }

    @Test
    void takesABoundTokenWithItsKeyAlone() {
        PhoneKey key = PhoneKey.generate();
        Asked asked = asked(detail(), Map.of(), ACCOUNTS);
        String token = Tokens.of(Http.send(Http.form(
                                bank.tokenEndpoint(),
                                Map.of(
                                        "grant_type", "urn:openid:params:grant-type:ciba",
                                        "auth_req_id", asked.authReqId(),
                                        "client_id", acme.clientId(),
                                        "client_secret", acme.secret()))
                        .header("DPoP", key.dpop("POST", bank.tokenEndpoint(), null))))
                .accessToken();
        URI accounts = URI.create(api + "/accounts");
        String proof = key.dpop("GET", accounts, token);

        assertInvalid(get(token, "/accounts"), "Bearer");
        assertInvalid(send("/accounts", bearer(token), proof(proof)), "Bearer");
        assertInvalid(send("/accounts", bound(token)), "DPoP");
        assertInvalid(send("/accounts", bound(token), proof(PhoneKey.generate().dpop("GET", accounts, token))), "DPoP");
        assertInvalid(
                send("/accounts", bound(token), proof(key.dpop("GET", URI.create(api + "/other"), token))), "DPoP");
        send("/accounts", bound(token), proof(proof)).ok();
        assertInvalid(send("/accounts", bound(token), proof(proof)), "DPoP");
        Answer balances = send(
                "/accounts/acc-1/balances",
                bound(token),
                proof(key.dpop("GET", URI.create(api + "/accounts/acc-1/balances"), token)));
        assertThat(balances.status()).isEqualTo(403);
        assertThat(balances.header("WWW-Authenticate").orElseThrow())
                .startsWith("DPoP ")
                .contains("error=\"insufficient_scope\"", "scope=\"" + BALANCES + "\"");
    }

    /** What the customer allows of a request for accounts and their balances. */
    private Tokens granted(String... scopes) {
        return Tokens.of(acme.poll(asked(detail(), Map.of("scope", String.join(" ", scopes)), ACCOUNTS, BALANCES)));
    }

    private Asked asked(Map<String, String> more, Map<String, String> decision, String... scopes) {
        Asked asked = Asked.of(acme.request(customer, more, scopes));
        Map<String, String> form = new HashMap<>(decision);
        form.put("action", "allow");
        form.put("auth_req_id", asked.authReqId());
        Http.send(Http.form(bank.uri("/sandbox/decisions"), form)).ok();
        return asked;
    }

    private static Map<String, String> detail() {
        ObjectNode detail = Http.object().put("type", "account_information");
        detail.putArray("actions").add("list_accounts").add("read_balances");
        return Map.of("authorization_details", "[" + detail + "]");
    }

    private static Answer get(Tokens tokens, String path) {
        return get(tokens.accessToken(), path);
    }

    private static Answer get(String token, String path) {
        return send(path, bearer(token));
    }

    @SafeVarargs
    private static Answer send(String path, UnaryOperator<HttpRequest.Builder>... headers) {
        HttpRequest.Builder request = Http.request(URI.create(api + path));
        for (UnaryOperator<HttpRequest.Builder> header : headers) {
            header.apply(request);
        }
        return Http.send(request);
    }

    private static UnaryOperator<HttpRequest.Builder> bearer(String token) {
        return request -> request.header("Authorization", "Bearer " + token);
    }

    private static UnaryOperator<HttpRequest.Builder> bound(String token) {
        return request -> request.header("Authorization", "DPoP " + token);
    }

    private static UnaryOperator<HttpRequest.Builder> proof(String proof) {
        return request -> request.header("DPoP", proof);
    }

    private static void assertInvalid(Answer refused, String scheme) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate").orElseThrow())
                .startsWith(scheme + " ")
                .contains("error=\"invalid_token\"");
    }

    private static void assertNotGranted(Answer refused, String scope) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        assertThat(refused.header("WWW-Authenticate"))
                .hasValue("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }
}
