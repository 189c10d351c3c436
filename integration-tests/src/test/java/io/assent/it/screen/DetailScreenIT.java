package io.assent.it.screen;

import static io.assent.it.screen.ScreenDetails.PAYEE;
import static io.assent.it.screen.ScreenDetails.about;
import static io.assent.it.screen.ScreenDetails.accounts;
import static io.assent.it.screen.ScreenDetails.from;
import static io.assent.it.screen.ScreenDetails.payment;
import static io.assent.it.screen.ScreenDetails.recurring;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SharedSecretJwt;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization details on the consent screen: shown, answered, and in the tokens exactly as they were granted. */
class DetailScreenIT {

    private final Realm bank = Servers.bank();
    private final Admin admin = bank.admin();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final WebClient browser = new WebClient(bank);
    private final Tpp acme = bank.tpp(ACME);

    private CodeFlow flow(JsonNode detail, String... scopes) {
        return new CodeFlow(acme, CodeFlow.BACK, scopes).with("authorization_details", "[" + detail + "]");
    }

    private WebPage open(CodeFlow flow) {
        return browser.open(flow, customer);
    }

    /** Sends the form as it stands, with these accounts chosen in place of what is. */
    private WebPage approve(WebPage page, String... accounts) {
        return browser.send(page.action(), form(page, accounts));
    }

    /** The server shows the page once more where another tab's login was through meanwhile. */
    private WebPage approveInATab(WebPage page, String... accounts) {
        WebPage answer = approve(page, accounts);
        return answer.left() ? answer : approve(answer, accounts);
    }

    private static Map<String, List<String>> form(WebPage page, String... accounts) {
        Map<String, List<String>> fields = new LinkedHashMap<>(page.fields());
        if (accounts.length > 0) {
            fields.put("account-0", List.of(accounts));
        }
        fields.put("decision", List.of("approve"));
        return fields;
    }

    private static List<String> offered(WebPage page) {
        return page.html().select("[name=account-0]:not([value=''])").eachAttr("value");
    }

    private static String error(WebPage page) {
        return page.html().select("[role=alert]").text();
    }

    private static boolean hasCode(WebPage page) {
        return page.left() && page.uri().getRawQuery().contains("code=");
    }

    private Tokens assertGranted(Answer answer, ObjectNode... details) {
        Tokens tokens = Tokens.of(answer);
        JsonNode claims = tokens.accessTokenClaims();
        assertThat(claims.get("authorization_details")).as("in the token").containsExactly(details);
        assertThat(answer.json().get("authorization_details"))
                .as("in the response")
                .containsExactly(details);
        assertThat(claims.get("txn").asText()).isNotEmpty();
        assertThat(claims.get("content_hash").asText()).isNotEmpty();
        assertThat(claims.get("grant_id")).isEqualTo(answer.json().get("grant_id"));
        assertThat(tokens.idTokenClaims().has("authorization_details")).isFalse();
        assertThat(tokens.idTokenClaims().has("txn")).isFalse();
        return tokens;
    }

    private static void assertNoDetails(Tokens tokens) {
        assertThat(tokens.accessTokenClaims().has("authorization_details")).isFalse();
        assertThat(tokens.accessTokenClaims().has("txn")).isFalse();
        assertThat(tokens.response().has("authorization_details")).isFalse();
    }

    private List<String> statuses() {
        return app.consents("").list().findValuesAsText("status");
    }

    /** The ways in which a client sends what it asks for. */
    static Stream<Function<CodeFlow, URI>> ways() {
        return Stream.of(CodeFlow::authorizationUri, CodeFlow::pushedAuthorizationUri);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aPaymentIsConfirmedAndInOneToken(Function<CodeFlow, URI> way) {
        CodeFlow flow = flow(payment("1234.50"));
        WebPage page = browser.logIn(browser.open(way.apply(flow)), customer);

        assertThat(page.html().title()).isEqualTo("Acme Budget asks you to confirm a payment");
        assertThat(page.html().select(".consent-headlines").text()).contains("€1,234.50", PAYEE);
        assertThat(page.html().select(".consent-rows").text())
                .contains("Invoice 2026-17", "DE02 1001 0010 9307 1186 03");
        assertThat(page.html().select("button[value=approve]").text()).isEqualTo("Confirm payment");
        assertThat(page.permissions()).isEmpty();
        WebPage back = approve(page, offered(page).get(1));
        Answer answer = flow.redeem(back.uri());

        Tokens tokens =
                assertGranted(answer, from(payment("1234.50"), offered(page).get(1)));
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(tokens.accessTokenClaims().get("txn"))
                .isEqualTo(app.requests("?status=approved").list().get(0).get("id"));
        assertThat(statuses()).containsExactly("consumed");
        assertThat(flow.redeem(back.uri()).error()).as("the code again").isEqualTo("invalid_grant");
    }

    @Test
    void besideAPermissionItIsInOneTokenAsWell() {
        CodeFlow flow = flow(payment("1.00"), BALANCES);
        WebPage page = open(flow);
        Map<String, List<String>> form = form(page);
        form.put("permission", List.of(BALANCES));

        Answer answer = flow.redeem(browser.send(page.action(), form).uri());

        Tokens tokens = assertGranted(answer, payment("1.00"));
        assertThat(tokens.accessTokenScope()).contains(BALANCES);
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(bank.api().introspect(tokens).ok().get("authorization_details"))
                .containsExactly(payment("1.00"));
        assertThat(statuses()).containsExactlyInAnyOrder("active", "consumed");
    }

    @Test
    void aRequestObjectHasThemToo() {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK);
        ObjectNode claims = flow.requestObject(bank.uri("").toString());
        claims.withArrayProperty("authorization_details").add(payment("12.00"));
        flow.with("request", SharedSecretJwt.sign(acme.secret(), claims));

        WebPage page = open(flow);

        assertThat(page.html().select(".consent-headlines").text()).contains("€12.00");
        assertGranted(flow.redeem(approve(page).uri()), payment("12.00"));
    }

    @Test
    void theBankChoosesTheAccountWhereTheCustomerDoesNot() {
        CodeFlow flow = flow(payment("1.00"));
        WebPage page = open(flow);

        assertThat(page.html().select("[name=account-0][checked]").eachAttr("value"))
                .containsExactly("");
        assertGranted(flow.redeem(approve(page).uri()), payment("1.00"));
    }

    @Test
    void anAccountThatTheClientNamedIsTheOnlyOne() {
        String second = offered(open(flow(payment("1.00")))).get(1);
        CodeFlow flow = flow(from(payment("1.00"), second));
        WebPage page = open(flow);

        assertThat(offered(page)).containsExactly(second);
        assertThat(page.html().select("[name=account-0]").attr("type")).isEqualTo("hidden");
        // leaving it out does not leave it to the bank
        assertGranted(flow.redeem(approve(page, "").uri()), from(payment("1.00"), second));
    }

    @Test
    void aDeniedOneIsNotGranted() {
        CodeFlow flow = flow(payment("1.00"), BALANCES);

        assertThat(flow.error(browser.deny(open(flow)).uri())).isEqualTo("access_denied");
        assertThat(statuses()).isEmpty();
    }

    @Test
    void aRecurringOneStandsUntilItIsTakenBack() {
        CodeFlow flow = flow(recurring());
        WebPage page = open(flow);
        assertThat(page.html().title()).contains("asks to make recurring payments");
        String account = offered(page).get(0);

        Tokens tokens = assertGranted(flow.redeem(approve(page, account).uri()), from(recurring(), account));
        Answer refreshed = acme.refresh(tokens);
        assertGranted(refreshed, from(recurring(), account));
        assertThat(statuses()).containsExactly("active");

        app.withdraw(app.consents("").list().get(0).get("id").asText());
        assertThat(acme.refresh(Tokens.of(refreshed)).error()).isEqualTo("invalid_grant");
        acme.assertDead(tokens);
    }

    @Test
    void someAccountsAreChosen() {
        ObjectNode asked = accounts("list_accounts", "read_balances");
        CodeFlow flow = flow(asked, BALANCES);
        WebPage page = open(flow);
        List<String> all = offered(page);
        assertThat(all).hasSizeGreaterThan(2);
        assertThat(page.html().select("[name=account-0][checked]")).isEmpty();

        Map<String, List<String>> form = form(page, all.get(0), all.get(2));
        form.put("permission", List.of(BALANCES));
        Answer answer = flow.redeem(browser.send(page.action(), form).uri());

        Tokens tokens = assertGranted(answer, about(asked, all.get(0), all.get(2)));
        assertThat(tokens.accessTokenScope()).contains(BALANCES);
        assertThat(bank.api().introspect(tokens).ok().get("authorization_details"))
                .containsExactly(about(asked, all.get(0), all.get(2)));
        assertGranted(acme.refresh(tokens), about(asked, all.get(0), all.get(2)));
    }

    @Test
    void aMergeThatWouldBeTooMuchIsRefusedBeforeTheQuestion() {
        WebPage login = open(flow(recurring()));
        String account = offered(login).get(0);
        approve(login, account);
        CodeFlow first = new CodeFlow(acme, CodeFlow.BACK)
                .with(
                        "authorization_details",
                        IntStream.range(0, 10)
                                .mapToObj(payee -> recurringTo(payee, account).toString())
                                .collect(Collectors.joining(",", "[", "]")));
        WebPage page = browser.open(first.pushedAuthorizationUri());
        String grantId = Tokens.of(first.redeem(approve(page).uri()))
                .response()
                .get("grant_id")
                .asText();

        CodeFlow more = merge(recurringTo(10, account), grantId);
        assertThat(more.error(browser.open(more.authorizationUri()).uri())).isEqualTo("invalid_authorization_details");

        CodeFlow again = merge(recurringTo(3, account), grantId);
        assertGranted(
                again.redeem(approve(browser.open(again.authorizationUri())).uri()), recurringTo(3, account));
        assertThat(app.onlyConsent().get("details")).hasSize(10);
    }

    private static ObjectNode recurringTo(int payee, String account) {
        return from(recurring().put("creditorName", PAYEE + " " + payee), account);
    }

    private CodeFlow merge(ObjectNode detail, String grantId) {
        return flow(detail).with("grant_management_action", "merge").with("grant_id", grantId);
    }

    @Test
    void theyAreAskedForInEachLoginWhateverStands() {
        CodeFlow first = flow(accounts("list_accounts"), BALANCES);
        WebPage page = open(first);
        Map<String, List<String>> form = form(page, offered(page).get(0));
        form.put("permission", List.of(BALANCES));
        first.tokens(browser.send(page.action(), form).uri());

        CodeFlow silent = flow(accounts("list_accounts"), BALANCES).with("prompt", "none");
        assertThat(silent.error(browser.open(silent.authorizationUri()).uri())).isEqualTo("consent_required");
        CodeFlow second = flow(accounts("list_accounts"), BALANCES);
        WebPage again = open(second);
        assertThat(again.asks()).isTrue();
        assertThat(again.permissions()).as("what is settled").isEmpty();
        assertGranted(
                second.redeem(approve(again, offered(again).get(1)).uri()),
                about(accounts("list_accounts"), offered(again).get(1)));
    }

    @Test
    void aLoginWithoutAnyGetsNoneAndLeavesThemStanding() {
        CodeFlow first = flow(accounts("list_accounts"), BALANCES);
        WebPage page = open(first);
        Map<String, List<String>> form = form(page, offered(page).get(0));
        form.put("permission", List.of(BALANCES));
        Tokens tokens = first.tokens(browser.send(page.action(), form).uri());

        CodeFlow plain = new CodeFlow(acme, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        WebPage more = open(plain);
        assertThat(more.html().select(".consent-act")).isEmpty();
        assertNoDetails(plain.tokens(browser.approve(more, TRANSACTIONS).uri()));
        CodeFlow silent = new CodeFlow(acme, CodeFlow.BACK, BALANCES).with("prompt", "none");
        assertNoDetails(silent.tokens(browser.open(silent.authorizationUri()).uri()));

        assertGranted(
                acme.refresh(tokens),
                about(accounts("list_accounts"), offered(page).get(0)));
        assertThat(statuses()).containsExactly("active");
    }

    @Test
    void twoTabsHaveAPaymentEach() {
        CodeFlow one = flow(payment("1.00"));
        CodeFlow other = flow(payment("2.00"));
        WebPage onePage = open(one);
        WebPage otherPage = open(other);
        URI otherBack = approveInATab(otherPage).uri();
        URI oneBack = approveInATab(onePage).uri();

        assertGranted(one.redeem(oneBack), payment("1.00"));
        assertGranted(other.redeem(otherBack), payment("2.00"));
        assertThat(statuses()).containsExactly("consumed", "consumed");
    }

    @Test
    void ofTwoStandingOnesTheLaterAnswerStands() {
        CodeFlow one = flow(accounts("list_accounts"));
        CodeFlow other = flow(accounts("read_balances"));
        WebPage onePage = open(one);
        String account = offered(onePage).get(0);
        WebPage otherPage = open(other);
        URI oneBack = approveInATab(onePage, account).uri();
        URI otherBack = approveInATab(otherPage, account).uri();

        assertThat(one.redeem(oneBack).error()).as("what no code was for").isEqualTo("invalid_grant");
        assertGranted(other.redeem(otherBack), about(accounts("read_balances"), account));
    }

    @Test
    void anAnswerThatIsSentTwiceIsGoodForOneToken() throws Exception {
        CodeFlow flow = flow(payment("1.00"));
        WebPage page = open(flow);

        List<WebPage> answers = AtOnce.all(List.of(() -> approve(page), () -> approve(page)));

        long granted = answers.stream()
                .filter(DetailScreenIT::hasCode)
                .map(back -> flow.redeem(back.uri()))
                .filter(answer -> answer.status() == 200)
                .filter(answer -> Tokens.of(answer).accessTokenClaims().has("authorization_details"))
                .count();
        assertThat(granted).isLessThanOrEqualTo(1);
        assertThat(statuses()).hasSizeLessThanOrEqualTo(1);
        assertThat(answers).allMatch(answer -> answer.status() < 500);
    }

    @Test
    void theTypesAClientLostAreNotInItsToken() {
        Tpp made = bank.newTpp(ACME, client -> {});
        try {
            CodeFlow flow =
                    new CodeFlow(made, CodeFlow.BACK).with("authorization_details", "[" + payment("1.00") + "]");
            URI back = approve(open(flow)).uri();
            admin.updateClient(bank.name(), made.clientId(), client -> client.withObjectProperty("attributes")
                    .put("authorization_details_types", "account_information"));

            assertThat(flow.redeem(back).error()).isEqualTo("invalid_grant");
        } finally {
            admin.removeClient(bank.name(), made.clientId());
        }
    }

    /** What no honest browser and no honest client does. */
    @Nested
    class NothingIsGranted {

        private final CodeFlow flow = flow(accounts("list_accounts"), BALANCES);

        @ParameterizedTest
        @ValueSource(strings = {"acc-0123456789abcdef", "", "<script>", "\u0000"})
        void byAnAccountThatIsNotTheirs(String account) {
            WebPage page = open(flow);
            Map<String, List<String>> form = form(page, account);
            form.put("permission", List.of(BALANCES));

            WebPage again = browser.send(page.action(), form);

            assertThat(again.status()).isEqualTo(200);
            assertThat(error(again)).contains("No account");
            assertThat(again.html().title()).startsWith("Error: ");
            assertThat(again.asks()).isTrue();
            assertThat(statuses()).isEmpty();
        }

        @Test
        void byOneThatIsAmongTheirs() {
            WebPage page = open(flow);
            Map<String, List<String>> form = form(page, offered(page).get(0), "acc-0123456789abcdef");
            form.put("permission", List.of(BALANCES));

            assertThat(error(browser.send(page.action(), form))).isNotEmpty();
            assertThat(statuses()).isEmpty();
        }

        @Test
        void byAPermissionThatWasNotAskedFor() {
            WebPage page = open(flow);
            Map<String, List<String>> form = form(page, offered(page).get(0));
            form.put("permission", List.of(BALANCES, TRANSACTIONS));

            assertThat(error(browser.send(page.action(), form))).isNotEmpty();
            assertThat(statuses()).isEmpty();
        }

        @Test
        void ofWhatTheFormSaysBesides() {
            CodeFlow payment = flow(payment("1.00"));
            WebPage page = open(payment);
            Map<String, List<String>> form = form(page);
            form.put("authorization_details", List.of("[" + payment("1000.00") + "]"));
            form.put("instructedAmount", List.of("1000.00"));

            assertGranted(payment.redeem(browser.send(page.action(), form).uri()), payment("1.00"));
        }

        @Test
        void byAnAccountThatNothingIsAbout() {
            WebPage page = open(flow(payment("1.00")));
            Map<String, List<String>> form = form(page);
            form.put("account-1", List.of(offered(page).get(0)));

            WebPage again = browser.send(page.action(), form);

            assertThat(again.asks()).isTrue();
            assertThat(statuses()).isEmpty();
        }

        @Test
        void byTheServersOwnPageOfTheSameLogin() {
            WebPage page = open(flow);

            WebPage back = browser.send(
                    URI.create(page.action().toString().replace("/required-action?", "/consent?")),
                    Map.of("accept", List.of("yes")));

            if (hasCode(back)) {
                Answer answer = flow.redeem(back.uri());
                if (answer.status() == 200) {
                    assertNoDetails(Tokens.of(answer));
                }
            }
            assertThat(statuses()).isEmpty();
        }

        @Test
        void toAnotherRequestByTheSameNames() {
            CodeFlow payment = flow(payment("1.00"));
            approve(open(payment));
            // with the same nonce and the same challenge, before the first code is redeemed
            CodeFlow plain = payment.without("authorization_details").with("prompt", "none");

            assertNoDetails(plain.tokens(browser.open(plain.authorizationUri()).uri()));
        }

        @Test
        void toALoginWhoseCodeCanNotBeToldFromOthers() {
            CodeFlow payment = flow(payment("1.00"))
                    .without("nonce")
                    .without("code_challenge")
                    .without("code_challenge_method");

            assertThat(payment.error(open(payment).uri())).isEqualTo("invalid_authorization_details");
            assertThat(statuses()).isEmpty();
        }

        @Test
        void byTheBackButton() {
            CodeFlow payment = flow(payment("1.00"));
            WebPage page = open(payment);
            assertGranted(payment.redeem(approve(page).uri()), payment("1.00"));

            WebPage again = approve(page);
            WebPage reloaded = browser.open(page.uri());

            assertThat(hasCode(again)).isFalse();
            assertThat(hasCode(reloaded)).isFalse();
            assertThat(statuses()).containsExactly("consumed");
        }

        @Test
        void byAnotherCustomersForm() {
            WebPage page = open(flow);
            WebClient stranger = new WebClient(bank);
            Customer other = bank.newCustomer();
            stranger.open(flow(accounts("list_accounts")), other);

            WebPage answer =
                    stranger.send(page.action(), form(page, offered(page).get(0)));

            assertThat(answer.left()).isFalse();
            assertThat(other.app().consents("").list()).isEmpty();
            assertThat(statuses()).isEmpty();
        }

        @Test
        void whereTheAccountThatIsNamedIsNotTheirs() {
            CodeFlow foreign = flow(from(payment("1.00"), "acc-0123456789abcdef"));
            WebPage page = open(foreign);

            assertThat(page.html().text()).contains("None of your accounts can be used for this.");
            assertThat(page.html().select("button[name=decision]").eachAttr("value"))
                    .containsExactly("deny");
            WebPage again = approve(page);
            assertThat(error(again)).isNotEmpty();
            assertThat(statuses()).isEmpty();
            assertThat(foreign.error(browser.deny(again).uri())).isEqualTo("access_denied");
        }

        @Test
        void whileTheBankDoesNotSayWhichAccountsThereAre() {
            admin.createRealm(Servers.realmFile().named("silent").with(realm -> realm.withObjectProperty("attributes")
                    .put("sandbox.enabled", "false")));
            try {
                Realm silent = bank.server().realm("silent");
                Customer theirs = silent.newCustomer();
                WebClient client = new WebClient(silent);
                Tpp tpp = silent.tpp(ACME);
                CodeFlow asked = new CodeFlow(tpp, CodeFlow.BACK)
                        .with("authorization_details", "[" + accounts("list_accounts") + "]");
                WebPage page = client.open(asked, theirs);

                assertThat(page.html().text()).contains("Your accounts can't be shown right now");
                assertThat(page.html().select("button[name=decision]").eachAttr("value"))
                        .containsExactly("deny", "again");
                Map<String, List<String>> again = new LinkedHashMap<>(page.fields());
                again.put("decision", List.of("again"));
                WebPage reloaded = client.send(page.action(), again);
                assertThat(error(reloaded)).isEmpty();
                assertThat(reloaded.html().text()).contains("Your accounts can't be shown right now");
                assertThat(error(client.send(reloaded.action(), form(reloaded, "any"))))
                        .contains("could not be checked");
                assertThat(admin.consents(silent.name(), theirs.id())).isEmpty();

                CodeFlow payment =
                        new CodeFlow(tpp, CodeFlow.BACK).with("authorization_details", "[" + payment("1.00") + "]");
                WebPage withoutAccounts = client.open(payment, theirs);
                assertThat(withoutAccounts.html().text()).contains("your bank chooses the account");
            } finally {
                admin.removeRealm("silent");
            }
        }
    }
}
