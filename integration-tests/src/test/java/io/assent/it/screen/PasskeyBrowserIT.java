package io.assent.it.screen;

import static io.assent.it.screen.ScreenDetails.from;
import static io.assent.it.screen.ScreenDetails.payment;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Admin;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Passkey;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.Pictures;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/**
 * A customer confirms a payment with a passkey, in a real browser: by the page's script, and where it can't be done.
 */
@WithBrowser
class PasskeyBrowserIT {

    private static final String REALM = "passkeys-in-browsers";

    private static final List<Arguments> SOME =
            List.of(Arguments.of("passkey", "en", "light", 360), Arguments.of("no-passkey", "de", "dark", 1280));

    private static Browser browser;
    private static Realm bank;
    private static Customer customer;
    private static Customer withoutPasskey;

    @BeforeAll
    static void start() {
        Keycloak server = Servers.shared(Database.H2);
        server.admin().createRealm(Servers.realmFile().signing().named(REALM));
        bank = server.realm(REALM);
        rule("");
        server.admin().demandOfEveryClient(bank.name(), "consents");
        customer = bank.newCustomer();
        Passkey.of(customer, "webauthn-passwordless");
        withoutPasskey = bank.newCustomer();
    }

    @AfterAll
    static void stop() {
        Servers.shared(Database.H2).admin().removeRealm(REALM);
    }

    @BeforeEach
    void asUsual() {
        browser.startAfresh();
        browser.allowScripts(true);
        browser.resize(1280);
        browser.prefer("light");
        browser.plugInAuthenticator();
    }

    /** @param demand what an approval is signed with, or an empty text for what the pack wants by itself */
    private static void rule(String demand) {
        bank.admin()
                .consentRules(bank.name(), Map.of("decision-signature", demand))
                .ok();
    }

    private static CodeFlow flow(String... scopes) {
        return new CodeFlow(bank.tpp(ACME), CodeFlow.BACK, scopes)
                .with("authorization_details", "[" + payment("1234.50") + "]");
    }

    /** Who sets up a passkey at the next login, since the bank wants it. */
    private static Customer newCustomer() {
        Customer wanted = bank.newCustomer();
        Admin admin = bank.admin();
        admin.updateUser(bank.name(), wanted.id(), user -> user.putArray("requiredActions")
                .add("webauthn-register-passwordless"));
        return wanted;
    }

    private static ConsentScreen open(CodeFlow flow) {
        return ConsentScreen.openByName(browser, flow.authorizationUri(), newCustomer());
    }

    /** The ways in which a client sends what it asks for. */
    static Stream<Function<CodeFlow, URI>> ways() {
        return Stream.of(CodeFlow::authorizationUri, CodeFlow::pushedAuthorizationUri);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aPaymentIsConfirmedWithThePasskey(Function<CodeFlow, URI> way) {
        CodeFlow flow = flow();
        ConsentScreen screen = ConsentScreen.openByName(browser, way.apply(flow), newCustomer());
        String account = browser.all("input[name=account-0]").get(1).getDomAttribute("value");
        browser.click("input[name=account-0][value='" + account + "']");

        Tokens tokens = flow.tokens(screen.approve(flow));

        assertThat(tokens.accessTokenClaims().get("authorization_details"))
                .containsExactly(from(payment("1234.50"), account));
    }

    @Test
    void whateverIsTickedBesidesIsSignedAsWell() {
        CodeFlow flow = flow(TRANSACTIONS, BALANCES);
        ConsentScreen screen = open(flow);
        screen.tick(TRANSACTIONS);
        screen.tick(BALANCES);

        Tokens tokens = flow.tokens(screen.approve(flow));

        assertThat(tokens.accessTokenScope()).contains(TRANSACTIONS, BALANCES);
        assertThat(tokens.accessTokenClaims().get("authorization_details")).containsExactly(payment("1234.50"));
    }

    @Test
    void itIsConfirmedByKeyboardAlone() {
        CodeFlow flow = flow();
        open(flow);

        browser.tabTo("button[value=approve]");
        browser.press(Keys.ENTER);

        assertThat(flow.redeem(browser.sentTo(CodeFlow.BACK)).status()).isEqualTo(200);
    }

    @Test
    void aPromptThatFailsCanBeTriedAgain() {
        CodeFlow flow = flow();
        ConsentScreen screen = open(flow);
        browser.showFinger(false);

        assertThat(screen.approveWithoutSignature()).contains("Nothing was confirmed");
        new Pictures(browser).keep("passkey-not-used.png");
        assertThat(Axe.violations(browser)).isEmpty();
        browser.showFinger(true);

        assertThat(flow.redeem(screen.approve(flow)).status()).isEqualTo(200);
    }

    @Test
    void aPromptThatFailsCanBeFollowedByANo() {
        CodeFlow flow = flow();
        ConsentScreen screen = open(flow);
        browser.showFinger(false);
        screen.approveWithoutSignature();

        assertThat(flow.error(screen.deny(flow))).isEqualTo("access_denied");
    }

    /** Nobody needs to look at a page as it is: what it asks the passkey for is the server's to check. */
    @Test
    void aPasskeyThatWasNotAskedForAFingerIsNotEnough() {
        ConsentScreen screen = open(flow());
        browser.run("document.getElementById('consent-signing').dataset.consentUserVerification = 'discouraged'");

        screen.approveInVain();

        assertThat(screen.error()).contains("finger, face or PIN");
    }

    @Test
    void whatIsChangedAfterItWasSignedIsRefused() {
        ConsentScreen screen = open(flow());
        browser.run("""
                document.querySelector('.consent-form').addEventListener('formdata', ({ formData }) => {
                    if (formData.has('passkey-signature')) {
                        formData.set('account-0', document.querySelector('[name=account-0]').value);
                    }
                });
                """);

        screen.approveInVain();

        assertThat(screen.error()).contains("does not fit this page");
    }

    @Test
    void whatIsNotChosenIsSaidBeforeAFingerIsAskedFor() {
        try {
            rule("key");
            open(new CodeFlow(bank.tpp(ACME), CodeFlow.BACK, BALANCES));
            browser.showFinger(false);

            browser.click("button[value=approve]");

            assertThat(browser.see(".consent > [role=alert]").getText()).contains("Nothing is ticked");
        } finally {
            rule("");
        }
    }

    @Test
    void withoutScriptsThereIsOnlyANo() {
        CodeFlow flow = flow();
        browser.allowScripts(false);
        ConsentScreen screen = ConsentScreen.openByName(browser, flow.authorizationUri(), customer);

        assertThat(screen.canApprove()).isFalse();
        assertThat(browser.see("#consent-signing").getText()).contains("Allow JavaScript");
        assertThat(flow.error(screen.deny(flow))).isEqualTo("access_denied");
    }

    @Test
    void withoutAPasskeyThereIsOnlyANoUntilThereIsOne() {
        CodeFlow flow = flow();
        Customer late = bank.newCustomer();
        ConsentScreen screen = ConsentScreen.openByName(browser, flow.authorizationUri(), late);
        assertThat(screen.canApprove()).isFalse();
        assertThat(browser.see("#consent-signing").getText()).contains("you have none yet");

        Passkey.of(late, "webauthn");
        browser.click("button[value=again]");

        assertThat(browser.see("#consent-signing").getText()).contains("with your passkey");
        assertThat(screen.canApprove()).isTrue();
        assertThat(flow.error(screen.deny(flow))).isEqualTo("access_denied");
    }

    static Stream<Arguments> some() {
        return SOME.stream();
    }

    static Stream<Arguments> others() {
        return Looks.ofPages(List.of("passkey", "no-passkey", "no-scripts"), SOME);
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("some")
    void everybodyCanReadIt(String state, String language, String scheme, int width) {
        assertReadable(state, language, scheme, width);
    }

    @Tag("long")
    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("others")
    void everybodyCanReadEachOfThem(String state, String language, String scheme, int width) {
        assertReadable(state, language, scheme, width);
    }

    private static void assertReadable(String state, String language, String scheme, int width) {
        browser.resize(width);
        browser.prefer(scheme);
        browser.allowScripts(!state.equals("no-scripts"));
        ConsentScreen screen = ConsentScreen.openByName(
                browser,
                flow().with("ui_locales", language).authorizationUri(),
                state.equals("no-passkey") ? withoutPasskey : customer);
        assertThat(screen.canApprove()).isEqualTo(state.equals("passkey"));

        browser.allowScripts(true);
        browser.run("document.activeElement.blur()");
        new Pictures(browser).keepForDocs("%s-%s-%s-%d.png".formatted(state, language, scheme, width));
        assertThat(screen.smallTargets()).isEmpty();
        assertThat(browser.scrollsSideways()).as("scrolls sideways").isFalse();
        assertThat(Axe.violations(browser)).isEmpty();
        if (state.equals("passkey")) {
            assertThat(screen.looksOfAnswers())
                    .containsOnly(screen.looksOfAnswers().get(0));
        }
    }
}
