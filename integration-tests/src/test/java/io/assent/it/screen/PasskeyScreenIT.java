package io.assent.it.screen;

import static io.assent.it.screen.ScreenDetails.accounts;
import static io.assent.it.screen.ScreenDetails.from;
import static io.assent.it.screen.ScreenDetails.payment;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.Passkey.PRESENT;
import static io.assent.testing.actor.Passkey.VERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.it.admin.Auditor;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Passkey;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A payment is confirmed in the browser by a passkey of the customer's, over what the page shows, and by nothing else.
 */
class PasskeyScreenIT {

    private static final String PASSWORDLESS = "webauthn-passwordless";
    private static final String TWO_FACTOR = "webauthn";

    private static Realm bank;

    @BeforeAll
    static void makeRealm() {
        Keycloak server = Servers.shared(Database.H2);
        server.admin().createRealm(Servers.realmFile().signing().named("passkeys"));
        bank = server.realm("passkeys");
        rule("");
        server.admin().demandOfEveryClient(bank.name(), "consents");
    }

    @AfterAll
    static void removeRealm() {
        bank.admin().removeRealm(bank.name());
    }

    @TempDir
    private Path files;

    private final Admin admin = bank.admin();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final WebClient browser = new WebClient(bank);
    private final Tpp acme = bank.tpp(ACME);

    /** @param demand what an approval is signed with, or an empty text for what the pack wants by itself */
    private static void rule(String demand) {
        bank.admin()
                .consentRules(bank.name(), Map.of("decision-signature", demand))
                .ok();
    }

    private CodeFlow flow(JsonNode detail, String... scopes) {
        return new CodeFlow(acme, CodeFlow.BACK, scopes).with("authorization_details", "[" + detail + "]");
    }

    private WebPage open(CodeFlow flow) {
        return browser.open(flow, customer);
    }

    private WebPage send(SignedForm form) {
        return browser.send(form.page().action(), form.fields());
    }

    private WebPage approve(Passkey passkey, WebPage page, String... accounts) {
        SignedForm form = SignedForm.of(page, accounts);
        return send(form.with(passkey.sign(form.covered())));
    }

    private static List<String> offered(WebPage page) {
        return page.html().select("[name=account-0]:not([value=''])").eachAttr("value");
    }

    private static String error(WebPage page) {
        return page.html().select(".consent > [role=alert]").text();
    }

    private void assertNothingGranted(WebPage answer, String said) {
        assertThat(answer.left()).isFalse();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(error(answer)).contains(said);
        assertThat(answer.asks()).isTrue();
        assertThat(app.consents("").list()).isEmpty();
        assertThat(app.requests("?status=approved").list()).isEmpty();
    }

    /** The ways in which a client sends what it asks for. */
    static Stream<Function<CodeFlow, URI>> ways() {
        return Stream.of(CodeFlow::authorizationUri, CodeFlow::pushedAuthorizationUri);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aPaymentIsConfirmedByAPasskey(Function<CodeFlow, URI> way) {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        CodeFlow flow = flow(payment("1234.50"));
        WebPage page = browser.logIn(browser.open(way.apply(flow)), customer);
        String account = offered(page).get(1);

        Tokens tokens = flow.tokens(approve(passkey, page, account).uri());

        assertThat(tokens.accessTokenClaims().get("authorization_details"))
                .containsExactly(from(payment("1234.50"), account));
        assertThat(tokens.accessTokenClaims().get("content_hash").asText())
                .isEqualTo(page.html().select("[data-consent-content]").attr("data-consent-content"));
    }

    @Test
    void whatThePasskeySignedIsProvedToWhoHasNoServer() {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        CodeFlow flow = flow(payment("1234.50"), BALANCES);
        WebPage page = open(flow);
        SignedForm form = SignedForm.of(page, offered(page).get(1)).with(Map.of("permission", List.of(BALANCES)));

        Tokens tokens =
                flow.tokens(send(form.with(passkey.sign(form.covered()))).uri());

        Answer evidence = Staff.of(bank, "view-users")
                .evidence(tokens.accessTokenClaims().get("grant_id").asText());
        Auditor.Verified verified = new Auditor(files).verify(evidence.body(), bank);
        assertThat(verified.status()).as(verified.said()).isZero();
        assertThat(verified.said()).contains("by the passkey").doesNotContain("NOT SIGNED", "NOT COMPARED");
        JsonNode signature = evidence.json().get("signature");
        assertThat(signature.get("publicKey").asText()).isEqualTo(passkey.publicKey());
        assertThat(signature.get("covered").asText()).isEqualTo(form.covered());
    }

    @ParameterizedTest
    @ValueSource(strings = {PASSWORDLESS, TWO_FACTOR})
    void eitherKindOfPasskeyWillDo(String type) {
        Passkey passkey = Passkey.of(customer, type);
        CodeFlow flow = flow(payment("1.00"));

        assertThat(flow.tokens(approve(passkey, open(flow)).uri()).accessTokenClaims())
                .anyMatch(claim -> claim.toString().contains("payment_initiation"));
    }

    @Test
    void withoutASignatureItIsAskedAgain() {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        CodeFlow flow = flow(payment("1.00"));

        WebPage again = send(SignedForm.of(open(flow)));

        assertNothingGranted(again, "not confirmed with your passkey");
        assertThat(approve(passkey, again).left()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {PASSWORDLESS, TWO_FACTOR})
    void aPasskeyThatDoesNotMakeSureOfWhoIsThereIsNotEnough(String type) {
        Passkey passkey = Passkey.of(customer, type);
        SignedForm form = SignedForm.of(open(flow(payment("1.00"))));

        assertNothingGranted(send(form.with(passkey.sign(form.covered(), PRESENT, 0))), "finger, face or PIN");
    }

    @Test
    void anotherCustomersPasskeyConfirmsNothing() {
        Passkey.of(customer, PASSWORDLESS);
        Passkey others = Passkey.of(bank.newCustomer(), PASSWORDLESS);

        assertNothingGranted(approve(others, open(flow(payment("1.00")))), "does not fit this page");
    }

    @Test
    void whatWasSignedForOnePaymentConfirmsNoOther() {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        SignedForm small = SignedForm.of(open(flow(payment("1.00"))));
        Map<String, List<String>> signature = passkey.sign(small.covered());
        assertThat(send(small.with(signature)).left()).isTrue();

        WebPage answer = send(SignedForm.of(open(flow(payment("1.00")))).with(signature));

        assertThat(answer.left()).isFalse();
        assertThat(error(answer)).contains("does not fit this page");
        assertThat(app.requests("?status=approved").list()).hasSize(1);
    }

    @Test
    void anotherAccountThanThatWhichWasSignedIsRefused() {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        WebPage page = open(flow(payment("1.00")));
        SignedForm signed = SignedForm.of(page, offered(page).get(0));
        SignedForm sent = SignedForm.of(page, offered(page).get(1));

        assertNothingGranted(send(sent.with(passkey.sign(signed.covered()))), "does not fit this page");
    }

    /** Else the signature would say something else than what is granted. */
    @Test
    void accountsThatNobodyCanChooseAreRefusedThoughTheyAreSigned() {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        WebPage page = open(flow(payment("1.00")));
        SignedForm two = SignedForm.of(page, offered(page).get(0), offered(page).get(1));
        assertNothingGranted(send(two.with(passkey.sign(two.covered()))), "account");

        WebPage another = open(flow(payment("2.00")));
        SignedForm elsewhere = SignedForm.of(another)
                .with(Map.of("account-1", List.of(offered(another).get(0))));
        assertNothingGranted(send(elsewhere.with(passkey.sign(elsewhere.covered()))), "account");
    }

    @Test
    void anotherPermissionThanThoseWhichWereSignedIsRefused() {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        SignedForm signed = SignedForm.of(open(flow(payment("1.00"), BALANCES)));

        assertNothingGranted(
                send(signed.with(passkey.sign(signed.covered())).with(Map.of("permission", List.of(BALANCES)))),
                "does not fit this page");
    }

    @Test
    void whatWasShownInOtherWordsIsShownAgain() {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        CodeFlow flow = flow(payment("1.00"));
        SignedForm form = SignedForm.of(open(flow));
        admin.updateClient(bank.name(), ACME, client -> client.put("name", "Acme Renamed"));
        try {
            WebPage again = send(form.with(passkey.sign(form.covered())));

            assertNothingGranted(again, "does not fit this page");
            assertThat(again.html().title()).contains("Acme Renamed");
            assertThat(approve(passkey, again).left()).isTrue();
        } finally {
            admin.updateClient(bank.name(), ACME, client -> client.put("name", "Acme Budget"));
        }
    }

    @Test
    void aPageWhosePlaceAnotherTabTookIsShownAgain() {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        CodeFlow flow = flow(payment("1.00"));
        SignedForm form = SignedForm.of(open(flow));
        open(flow(payment("2.00")));

        WebPage again = send(form.with(passkey.sign(form.covered())));

        assertNothingGranted(again, "no longer up to date");
        Tokens tokens = flow.tokens(approve(passkey, again).uri());
        assertThat(tokens.accessTokenClaims().get("authorization_details")).containsExactly(payment("1.00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"passkey-credential", "passkey-client-data", "passkey-authenticator-data", "passkey-signature"})
    void aBrokenSignatureIsNeverAnError(String part) {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        WebPage page = open(flow(payment("1.00")));
        for (String broken : List.of("", "!", "AAAA", "bnVsbA", "A".repeat(4_097), "\u00e9")) {
            SignedForm form = SignedForm.of(page);

            page = send(form.with(passkey.sign(form.covered())).with(Map.of(part, List.of(broken))));

            assertThat(page.status()).as(broken).isEqualTo(200);
            assertThat(error(page)).as(broken).isNotBlank();
        }
        assertThat(app.requests("?status=approved").list()).isEmpty();
    }

    @Test
    void aDenialTakesNoPasskey() {
        CodeFlow flow = flow(payment("1.00"));

        assertThat(flow.error(browser.deny(open(flow)).uri())).isEqualTo("access_denied");
    }

    @Test
    void whoHasNoPasskeyIsToldWhatToDo() {
        CodeFlow flow = flow(payment("1.00"));
        WebPage page = open(flow);

        assertThat(page.html().select("button[value=approve]").hasAttr("disabled"))
                .isTrue();
        assertThat(page.html()
                        .select("#"
                                + page.html().select("button[value=approve]").attr("aria-describedby"))
                        .text())
                .contains("you have none yet");
        assertThat(page.html().select(".consent-answer a").attr("href"))
                .isEqualTo(bank.uri("/account/account-security/signing-in").toString());
        assertNothingGranted(send(SignedForm.of(page)), "not confirmed with your passkey");

        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        WebPage again = browser.decide(page, "again", List.of());
        assertThat(flow.tokens(approve(passkey, again).uri())
                        .accessTokenClaims()
                        .get("authorization_details"))
                .containsExactly(payment("1.00"));
    }

    @Test
    void onlyWhatIsGoodForOneActIsSigned() {
        CodeFlow flow = flow(accounts("list_accounts"));
        WebPage page = open(flow);

        assertThat(SignedForm.asksToSign(page)).isFalse();
        assertThat(send(SignedForm.of(page, offered(page).get(0))).left()).isTrue();
    }

    @Test
    void anAnswerThatIsSentTwiceAtOnceIsGoodForOneToken() throws Exception {
        Passkey passkey = Passkey.of(customer, PASSWORDLESS);
        CodeFlow flow = flow(payment("1.00"));
        SignedForm form = SignedForm.of(open(flow));
        // one that counts its signatures, which Keycloak keeps
        SignedForm signed = form.with(passkey.sign(form.covered(), PRESENT | VERIFIED, 7));

        List<WebPage> answers = AtOnce.all(List.of(() -> send(signed), () -> send(signed)));

        assertThat(answers).allMatch(answer -> answer.status() < 500);
        long granted = answers.stream()
                .filter(answer -> answer.left() && answer.uri().getRawQuery().contains("code="))
                .map(answer -> flow.redeem(answer.uri()))
                .filter(answer -> answer.status() == 200)
                .filter(answer -> Tokens.of(answer).accessTokenClaims().has("authorization_details"))
                .count();
        assertThat(granted).isLessThanOrEqualTo(1);
        assertThat(app.requests("?status=approved").list()).hasSize(1);
    }

    @Test
    void theBanksRuleSaysWhatIsSigned() {
        Passkey passkey = Passkey.of(customer, TWO_FACTOR);
        try {
            rule("key");
            CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
            Map<String, List<String>> ticked = Map.of("permission", List.of(BALANCES));
            WebPage again = send(SignedForm.of(open(flow)).with(ticked));
            assertNothingGranted(again, "not confirmed with your passkey");
            SignedForm form = SignedForm.of(again).with(ticked);
            WebPage back = send(form.with(passkey.sign(form.covered(), PRESENT, 0)));
            assertThat(flow.tokens(back.uri()).accessTokenScope()).contains(BALANCES);

            rule("none");
            WebPage page = open(flow(payment("1.00")));
            assertThat(SignedForm.asksToSign(page)).isFalse();
            assertThat(send(SignedForm.of(page)).left()).isTrue();
        } finally {
            rule("");
        }
    }
}
