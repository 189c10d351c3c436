package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The bank's API for TPPs, which goes by what introspection says of a token. */
class SandboxBankIT {

    private static final String PAYMENTS = "payments.initiate";
    private static final String ACCOUNTS = "accounts.details";

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();

    @Test
    void aPaymentIsMadeOnceAndAsItWasGranted() throws Exception {
        Tokens tokens = granted(orbit(), payment("12.50"), PAYMENTS);
        ObjectNode order = order(tokens);

        Answer paid = pay(tokens, order);

        assertThat(paid.status()).as(paid.toString()).isEqualTo(201);
        assertThat(paid.json().at("/instructedAmount/amount").asText()).isEqualTo("12.50");
        assertThat(paid.text("txn"))
                .isEqualTo(tokens.accessTokenClaims().get("txn").asText());
        assertThat(paid.header("Cache-Control")).hasValue("no-store");
        assertThat(AtOnce.all(Collections.nCopies(4, (Callable<Answer>) () -> pay(tokens, order))))
                .allSatisfy(again -> assertThat(again.json()).isEqualTo(paid.json()));
        assertThat(get(tokens, "payments/" + paid.text("id")).json()).isEqualTo(paid.json());
        assertThat(get(tokens, "payments/pay-0000000000000000").status()).isEqualTo(404);
    }

    @Test
    void aPaymentThatDiffersIsRefused() {
        Tokens tokens = granted(orbit(), payment("12.50"), PAYMENTS);
        ObjectNode more = order(tokens);
        more.withObjectProperty("instructedAmount").put("amount", "12.51");
        ObjectNode other = order(tokens).put("creditorName", "Mallory");
        ObjectNode silent = order(tokens);
        silent.remove("remittanceInformationUnstructured");

        for (ObjectNode changed : List.of(more, other, silent)) {
            Answer refused = pay(tokens, changed);

            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("payment-differs");
            assertThat(refused.contentType()).hasValue("application/problem+json");
            assertThat(refused.body()).doesNotContain("12.5", "Mallory", "Ada");
        }
        for (String body :
                List.of("", "[]", "{}", "x", order(tokens).put("urgent", true).toString())) {
            assertThat(post(tokens, body).problem()).isEqualTo("malformed-request");
        }
        assertThat(pay(tokens, order(tokens)).status()).isEqualTo(201);
    }

    @Test
    void aScopeAloneAllowsNothing() {
        Tokens payments = Tokens.of(allowed(orbit(), Map.of(), PAYMENTS));
        Tokens accounts = Tokens.of(allowed(acme(), Map.of(), ACCOUNTS, BALANCES));

        assertNotGranted(post(payments, payment("12.50").toString()), PAYMENTS);
        assertNotGranted(get(accounts, "accounts"), ACCOUNTS);
        assertNotGranted(get(accounts, "accounts/acc-1/balances"), BALANCES);
    }

    @Test
    void aDetailAloneAllowsNothing() {
        Tokens tokens = granted(acme(), accounts("list_accounts", "read_balances"), BALANCES);

        assertNotGranted(get(tokens, "accounts"), ACCOUNTS);
        assertNotGranted(post(tokens, payment("1").toString()), PAYMENTS);
    }

    @Test
    void accountsAreReadAsFarAsTheyAreGranted() {
        Tokens tokens = granted(acme(), accounts("list_accounts", "read_balances"), ACCOUNTS, BALANCES);

        JsonNode accounts = get(tokens, "accounts").list();

        assertThat(accounts).hasSize(4);
        assertThat(accounts.findValuesAsText("id"))
                .isEqualTo(tokens.accessTokenClaims()
                        .at("/authorization_details/0/accounts")
                        .findValuesAsText("id"));
        String id = accounts.get(0).get("id").asText();
        assertThat(get(tokens, "accounts/" + id + "/balances")
                        .ok()
                        .at("/balances/0/amount")
                        .asText())
                .isNotEmpty();
        assertNotGranted(get(tokens, "accounts/acc-0000000000000000/balances"), BALANCES);
        assertNotGranted(get(tokens, "accounts/" + id + "/transactions"), "accounts.transactions");
    }

    @Test
    void aCustomersOwnTokenReadsAllAccountsAsItsScopesSay() {
        Tpp own = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                .put("authorization_details_types", "personal_access"));
        ObjectNode detail = Http.object().put("type", "personal_access").put("name", "My script");
        Tokens tokens = granted(own, detail, ACCOUNTS);

        JsonNode accounts = get(tokens, "accounts").list();

        assertThat(accounts).hasSize(4);
        String id = accounts.get(0).get("id").asText();
        assertNotGranted(get(tokens, "accounts/" + id + "/balances"), BALANCES);
        assertNotGranted(post(tokens, payment("1").toString()), PAYMENTS);
    }

    @Test
    void whatHappensAtTheBankIsReadOnceAndAClosedAccountNeverAgain() {
        Tokens tokens = granted(
                acme(),
                accounts("list_accounts", "read_balances", "read_transactions"),
                ACCOUNTS,
                BALANCES,
                "accounts.transactions");
        String id = get(tokens, "accounts").list().get(0).get("id").asText();
        BigDecimal before = balance(tokens, id);
        Map<String, String> payment =
                Map.of("customer", customer.username(), "kind", "card-payment", "amount", "12.50", "id", "event-1");

        Answer first = acme().post("/sandbox/events", payment);
        Answer again = acme().post("/sandbox/events", payment);
        happen("salary");

        assertThat(first.ok().get("amount").asText()).isEqualTo("-12.50");
        assertThat(again.ok()).isEqualTo(first.ok());
        assertThat(balance(tokens, id)).isEqualTo(before.add(new BigDecimal("2087.50")));
        assertThat(get(tokens, "accounts/" + id + "/transactions").list().findValuesAsText("counterparty"))
                .contains("Bookshop", "Employer");

        happen("account-closed");

        assertThat(get(tokens, "accounts").list().findValuesAsText("id"))
                .hasSize(3)
                .doesNotContain(id);
        assertThat(get(tokens, "accounts/" + id + "/balances").status()).isEqualTo(404);
        assertThat(acme().post(
                                "/sandbox/events",
                                Map.of("customer", customer.username(), "kind", "salary", "account", id))
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    void whatWasPaidIsAnsweredAsTheFirstTimeAlsoOnceTheAccountIsClosed() {
        Tokens tokens = granted(orbit(), payment("12.50"), PAYMENTS);
        Tokens other = granted(orbit(), payment("13.50"), PAYMENTS);
        Answer paid = pay(tokens, order(tokens));
        String account = order(tokens).at("/debtorAccount/id").asText();

        acme().post(
                        "/sandbox/events",
                        Map.of("customer", customer.username(), "kind", "account-closed", "account", account))
                .ok();

        Answer again = pay(tokens, order(tokens));
        assertThat(again.status()).as(again.toString()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(paid.json());
        assertThat(order(other).at("/debtorAccount/id").asText()).isEqualTo(account);
        assertThat(pay(other, order(other)).problem()).isEqualTo("payment-refused");
    }

    @Test
    void whatCantHappenIsRefusedInWords() {
        for (Map<String, String> wrong : List.of(
                Map.of("kind", "salary"),
                Map.of("customer", customer.username(), "kind", "lottery"),
                Map.of("customer", customer.username(), "kind", "salary", "amount", "-1"),
                Map.of("customer", customer.username(), "kind", "salary", "urgent", "yes"))) {
            assertThat(acme().post("/sandbox/events", wrong).problem())
                    .as(wrong.toString())
                    .isEqualTo("malformed-request");
        }
        assertThat(acme().post("/sandbox/events", Map.of("customer", "nobody", "kind", "salary"))
                        .problem())
                .isEqualTo("not-found");
        assertThat(new Tpp(bank, ACME, "wrong")
                        .post("/sandbox/events", Map.of("customer", customer.username(), "kind", "salary"))
                        .error())
                .isEqualTo("unauthorized_client");
    }

    private void happen(String kind) {
        acme().post("/sandbox/events", Map.of("customer", customer.username(), "kind", kind))
                .ok();
    }

    private BigDecimal balance(Tokens tokens, String account) {
        return new BigDecimal(get(tokens, "accounts/" + account + "/balances")
                .ok()
                .at("/balances/0/amount")
                .asText());
    }

    @Test
    void aHistoryIsReadWithinItsDays() {
        ObjectNode detail = accounts("read_transactions").put("historyFrom", "2026-01-01");
        Tokens tokens = granted(acme(), detail, "accounts.transactions");
        String id = tokens.accessTokenClaims()
                .at("/authorization_details/0/accounts/0/id")
                .asText();
        String path = "accounts/" + id + "/transactions";

        assertThat(get(tokens, path + "?from=2026-01-01&to=2026-01-31").list()).isNotEmpty();
        assertThat(get(tokens, path).ok().get("transactions")).isNotEmpty();
        assertThat(get(tokens, path + "?from=2026-01-31&to=2026-01-01").list()).isEmpty();
        assertThat(get(tokens, path + "?to=9999-12-31").list())
                .as("what is to come")
                .isEmpty();
        assertNotGranted(get(tokens, path + "?from=2025-12-31&to=2026-01-31"), "accounts.transactions");
        for (String query :
                List.of("?from=soon", "?from=2026-02-30", "?to=%2B99999-01-01", "?from=2026-01-01&to=9999-12-31")) {
            assertThat(get(tokens, path + query).problem()).as(query).isEqualTo("malformed-request");
        }
    }

    @Test
    void aTokenThatIsNotForTheBanksApiIsRefused() {
        Tokens tokens = granted(orbit(), payment("12.50"), PAYMENTS);

        Answer without = Http.send(Http.request(bank.uri("/sandbox/bank/accounts")));
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("WWW-Authenticate")).hasValue("Bearer");
        for (String token : List.of(
                "x",
                "a.b.c",
                "eyJhbGciOiJub25lIn0.e30.",
                customer.app().accessToken(),
                tokens.response().get("id_token").asText(),
                tokens.accessToken() + "x",
                "x".repeat(5_000))) {
            Answer refused = get(token, "accounts");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).hasValue("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void aTokenIsWorthNothingOnceItsConsentIsWithdrawn() {
        Tokens tokens = granted(acme(), accounts("list_accounts"), ACCOUNTS);
        get(tokens, "accounts").ok();

        customer.app().withdraw(customer.app().onlyConsent().get("id").asText()).ok();

        assertThat(get(tokens, "accounts").status()).isEqualTo(401);
    }

    @Test
    void aResourceServerLearnsByIntrospectionWhatWasGrantedAndShown() {
        Tpp orbit = orbit();
        Asked asked = Asked.of(
                orbit.request(customer, Map.of("authorization_details", "[" + payment("12.50") + "]"), PAYMENTS));
        BankApp app = customer.app();
        JsonNode shown = app.request(app.onlyPendingId()).ok();
        app.approve(shown.get("id").asText(), List.of(PAYMENTS), shown.at("/details/0/detail"))
                .ok();
        Tokens tokens = Tokens.of(orbit.poll(asked));

        JsonNode known = bank.tpp("sandbox-bank").introspect(tokens).ok();

        assertThat(known.get("active").asBoolean()).isTrue();
        assertThat(known.get("content_hash")).isEqualTo(shown.get("contentHash"));
        assertThat(known.get("txn")).isEqualTo(shown.get("id"));
        assertThat(List.of("authorization_details", "txn", "content_hash", "grant_id"))
                .allSatisfy(claim -> assertThat(known.get(claim))
                        .isNotNull()
                        .isEqualTo(tokens.accessTokenClaims().get(claim)));
        assertThat(pay(tokens, order(tokens)).json().get("contentHash")).isEqualTo(shown.get("contentHash"));
    }

    private Tpp acme() {
        return bank.tpp(ACME);
    }

    private Tpp orbit() {
        return bank.newTpp(ORBIT, client -> client.withObjectProperty("attributes")
                .put("ciba.backchannel.token.delivery.mode", "poll"));
    }

    /** The tokens of a request with a detail to which the customer says yes, for all accounts. */
    private Tokens granted(Tpp tpp, ObjectNode detail, String... scopes) {
        return Tokens.of(allowed(tpp, Map.of("authorization_details", "[" + detail + "]"), scopes));
    }

    private Answer allowed(Tpp tpp, Map<String, String> more, String... scopes) {
        Asked asked = Asked.of(tpp.request(customer, more, scopes));
        Http.send(Http.form(bank.uri("/sandbox/decisions?action=allow&auth_req_id=" + asked.authReqId()), Map.of()))
                .ok();
        return tpp.poll(asked);
    }

    private static ObjectNode payment(String amount) {
        ObjectNode payment = Http.object().put("type", "payment_initiation");
        payment.putObject("instructedAmount").put("currency", "EUR").put("amount", amount);
        payment.put("creditorName", "Ada").putObject("creditorAccount").put("iban", "DE89370400440532013000");
        return payment.put("remittanceInformationUnstructured", "Rent");
    }

    private static ObjectNode accounts(String... actions) {
        ObjectNode accounts = Http.object().put("type", "account_information");
        List.of(actions).forEach(accounts.putArray("actions")::add);
        return accounts;
    }

    /** What the token says, as an order. */
    private static ObjectNode order(Tokens tokens) {
        ObjectNode order = (ObjectNode) tokens.accessTokenClaims().at("/authorization_details/0");
        order.remove("type");
        return order;
    }

    private Answer pay(Tokens tokens, ObjectNode order) {
        return post(tokens, order.toString());
    }

    private Answer post(Tokens tokens, String body) {
        return send(tokens.accessToken(), Http.json(bank.uri("/sandbox/bank/payments"), "POST", body));
    }

    private Answer get(Tokens tokens, String path) {
        return get(tokens.accessToken(), path);
    }

    private Answer get(String token, String path) {
        return send(token, Http.request(bank.uri("/sandbox/bank/" + path)));
    }

    private static Answer send(String token, HttpRequest.Builder request) {
        return Http.send(request.header("Authorization", "Bearer " + token));
    }

    private static void assertNotGranted(Answer refused, String scope) {
        assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("insufficient-scope");
        assertThat(refused.header("WWW-Authenticate"))
                .hasValue("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
    }
}
