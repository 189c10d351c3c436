package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.it.screen.AppBank.digits;
import static io.assent.it.screen.AppBank.returnUri;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.AppLink;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tokens;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A customer who is not known in the browser logs in by the bank's app, and grants what the app showed. */
class AppLoginIT {

    private static AppBank bank;

    private final WebClient browser = new WebClient(bank.realm());
    private final Customer customer = bank.realm().newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void openBank() {
        bank = AppBank.open("app-login");
    }

    @AfterAll
    static void closeBank() {
        bank.close();
    }

    @BeforeEach
    void asUsual() {
        bank.codeBack("never");
    }

    /** What the TPP gets. */
    @Nested
    class TheLogin {

        @Test
        void noPasswordIsNeededAndTheAppsAnswerIsNotAskedForAgain() {
            CodeFlow flow = bank.flow(BALANCES, TRANSACTIONS);
            AppLinkPage page = bank.page(browser, flow);
            assertThat(page.state()).isEqualTo("open");

            String request = claim(app, page.link());
            AppLinkPage claimed = page.again();
            assertThat(claimed.state()).isEqualTo("claimed");
            assertThat(claimed.findLink()).isEmpty();
            app.approve(request, BALANCES).ok();
            Tokens tokens = flow.tokens(claimed.again().back());

            assertThat(tokens.accessTokenScope()).contains(BALANCES).doesNotContain(TRANSACTIONS);
            assertThat(tokens.accessTokenClaims().get("sub").asText()).isEqualTo(customer.id());
        }

        @Test
        void whereNothingIsOpenTheAppIsAskedForTheLoginAlone() {
            CodeFlow first = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, first);
            app.approve(claim(app, page.link()), BALANCES).ok();
            first.tokens(page.again().back());

            WebClient another = new WebClient(bank.realm());
            CodeFlow second = bank.flow(BALANCES);
            AppLinkPage anotherPage = bank.page(another, second);
            String request = claim(app, anotherPage.link());
            assertThat(BankApp.permissions(app.request(request).ok())).isEmpty();
            app.approveWithoutSaying(request).ok();

            assertThat(second.tokens(anotherPage.again().back()).accessTokenScope())
                    .contains(BALANCES);
        }

        @Test
        void theLoginIsAsOldAsTheLoginToTheApp() {
            long loggedIn = Tokens.claims(app.accessToken()).get("iat").asLong();
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES).ok();

            Tokens tokens = flow.tokens(page.again().back());

            assertThat(tokens.idTokenClaims().get("auth_time").asLong()).isBetween(loggedIn - 2, loggedIn);
        }

        @Test
        void aSecondStepIsNotSkippedByTheLevelOfTheApp() {
            bank.secondStep();
            try {
                // the level of the app's session is 1, too
                CodeFlow flow = bank.flow(BALANCES).with("acr_values", "1");
                AppLinkPage page = bank.page(browser, flow);
                app.approve(claim(app, page.link()), BALANCES).ok();

                WebPage next = page.again().page();

                assertThat(next.left()).isFalse();
                assertThat(next.html().select("input[name=password]")).hasSize(1);
            } finally {
                bank.oneStep();
            }
        }

        @Test
        void aLoginToTheAppThatIsTooOldForTheClientIsNone() {
            // the age is what is tested, and the server counts it by whole seconds
            Eventually.after(Instant.now().plusMillis(2_100));
            CodeFlow flow = bank.flow(BALANCES).with("max_age", "1");
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES).ok();

            AppLinkPage refused = page.again();

            assertThat(refused.state()).isEqualTo("over");
            assertThat(refused.page().html().selectFirst("[role=alert]").text()).contains("too old");
            assertThat(refused.again().state()).isEqualTo("over");
            assertThat(refused.press("new-code", "true").state()).isEqualTo("open");
        }

        @Test
        void aNoGoesBackToTheTppAtOnce() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);

            app.report(claim(app, page.link())).ok();

            assertThat(flow.error(page.again().back())).isEqualTo("access_denied");
        }

        @Test
        void cancelGoesBackToTheTppAndTheAppCantClaimAnyMore() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            AppLink link = page.link();

            assertThat(flow.error(page.press("cancel", "true").back())).isEqualTo("access_denied");
            assertThat(app.claim(link).status()).isEqualTo(410);
        }

        @Test
        void aClientThatWantsNoPageGetsNone() {
            CodeFlow flow = bank.flow(BALANCES).with("prompt", "none");

            assertThat(flow.error(browser.open(flow.authorizationUri()).uri())).isEqualTo("login_required");
        }

        @Test
        void thePasswordIsAnotherWay() {
            CodeFlow flow = bank.flow(BALANCES);
            WebPage ways = ways(browser.open(flow.authorizationUri()));
            assertThat(ways.html().text()).contains("Your bank's app");

            WebPage asked = browser.logIn(choose(ways, Elements::last), customer);

            assertThat(asked.asks()).isTrue();
            assertThat(flow.tokens(browser.approve(asked, BALANCES).uri()).accessTokenScope())
                    .contains(BALANCES);
        }

        @Test
        void whoTriedAPasswordBeforeLeavesNothing() {
            bank.realm().admin().updateRealm(bank.realm().name(), realm -> realm.put("eventsEnabled", true)
                    .put("rememberMe", true));
            CodeFlow flow = bank.flow(BALANCES);
            WebPage password = choose(ways(browser.open(flow.authorizationUri())), Elements::last);
            WebPage wrong = browser.send(
                    password.action(),
                    Map.of(
                            "username", List.of(bank.realm().newCustomer().username()),
                            "password", List.of("wrong"),
                            "rememberMe", List.of("on")));
            AppLinkPage page = new AppLinkPage(browser, choose(ways(wrong), Elements::first));
            app.approve(claim(app, page.link()), BALANCES).ok();

            flow.tokens(page.again().back());

            assertThat(bank.realm().admin().events(bank.realm().name(), customer.id()))
                    .filteredOn(event -> event.get("type").asText().equals("LOGIN")
                            && event.get("clientId").asText().equals(ACME))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.at("/details/username").asText()).isEqualTo(customer.username());
                        assertThat(event.at("/details/remember_me").asText()).isEqualTo("false");
                    });
        }

        private WebPage ways(WebPage page) {
            return browser.send(page.action(), Map.of("tryAnotherWay", List.of("on")));
        }

        private WebPage choose(WebPage ways, Function<Elements, Element> which) {
            String way = which.apply(ways.html().select("input[name=authenticationExecution]"))
                    .attr("value");
            return browser.send(ways.action(), Map.of("authenticationExecution", List.of(way)));
        }

        @Test
        void whoIsDisabledSinceDoesNotGetIn() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES).ok();
            bank.realm().admin().updateUser(bank.realm().name(), customer.id(), user -> user.put("enabled", false));

            WebPage refused = page.again().page();

            assertThat(refused.left()).isFalse();
            assertThat(refused.status()).isEqualTo(400);
        }

        @Test
        void whoIsLockedOutSinceDoesNotGetIn() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES).ok();
            customer.lockOut();

            WebPage refused = page.again().page();

            assertThat(refused.left()).isFalse();
            assertThat(refused.status()).isEqualTo(400);
        }

        @Test
        void aReloadIsTheSameLinkAndAnotherLoginAnother() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLink link = bank.page(browser, flow).link();

            assertThat(bank.page(browser, flow).link()).isEqualTo(link);
            assertThat(bank.page(browser, bank.flow(BALANCES)).link()).isNotEqualTo(link);
        }

        @Test
        void twoTabsGoOnEachWithItsOwnAnswer() {
            CodeFlow one = bank.flow(BALANCES);
            CodeFlow other = bank.flow(TRANSACTIONS);
            AppLinkPage onePage = bank.page(browser, one);
            AppLinkPage otherPage = bank.page(browser, other);
            app.approve(claim(app, otherPage.link()), TRANSACTIONS).ok();

            assertThat(onePage.again().state()).isEqualTo("open");
            assertThat(other.tokens(otherPage.again().back()).accessTokenScope())
                    .contains(TRANSACTIONS);
        }

        @Test
        void moreTimeIsGivenAndSaid() {
            AppLinkPage page = bank.page(browser, bank.flow(BALANCES));
            assertThat(page.offersMoreTime()).isTrue();

            AppLinkPage later = page.press("more-time", "true");

            assertThat(later.state()).isEqualTo("open");
            assertThat(later.link()).isEqualTo(page.link());
        }
    }

    /** What somebody tries who is not the customer, or is not where the customer is. */
    @Nested
    class TheAttack {

        private final WebClient attackers = new WebClient(bank.realm());

        @Test
        void whatNobodySeesOpensNoLink() {
            CodeFlow flow = bank.flow(BALANCES);

            AppLinkPage image = new AppLinkPage(browser, browser.load(flow.authorizationUri(), "image"));

            assertThat(image.state()).isEqualTo("unopened");
            assertThat(image.findLink()).isEmpty();
            assertThat(browser.cookies(image.page().action())).doesNotContain("ASSENT_BROWSER");
            assertThat(image.press("new-code", "true").state()).isEqualTo("open");
        }

        @Test
        void whatNobodySeesGoesOnWithNoAnswer() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES).ok();

            WebPage image = browser.load(flow.authorizationUri(), "image");

            assertThat(image.left()).isFalse();
            assertThat(flow.redeem(page.again().back()).status()).isEqualTo(200);
        }

        /** As where the app's token was stolen, and all sessions are ended. */
        @Test
        void anAnswerOutOfASessionThatWasEndedSinceIsOfNoUse() {
            AppLinkPage page = bank.page(browser, bank.flow(BALANCES));
            app.approve(claim(app, page.link()), BALANCES).ok();
            bank.realm().admin().logOut(bank.realm().name(), customer.id());

            WebPage refused = page.again().page();

            assertThat(refused.left()).isFalse();
            assertThat(refused.status()).isEqualTo(400);
        }

        @Test
        void aSecondPhoneComesTooLate() {
            AppLinkPage page = bank.page(browser, bank.flow(BALANCES));
            AppLink link = page.link();
            claim(app, link);

            assertThat(bank.realm().newCustomer().app().claim(link).status()).isEqualTo(410);
            assertThat(customer.app().claim(link).status())
                    .as("another session")
                    .isEqualTo(410);
        }

        @Test
        void aRelayedCodeIsOfNoUseWithoutTheDigits() {
            bank.codeBack("always");
            CodeFlow flow = bank.flow(BALANCES);
            // the attacker's browser shows the code, and the customer is made to scan it
            AppLinkPage relayed = bank.page(attackers, flow);
            String request = claim(app, relayed.link());
            app.approve(request, BALANCES).ok();

            AppLinkPage asked = relayed.again();

            assertThat(asked.state()).isEqualTo("code");
            assertThat(asked.wantsDigits()).isTrue();
            assertThat(asked.again().state()).isEqualTo("code");
            assertThat(bank.page(attackers, flow).state()).as("loaded anew").isEqualTo("code");
            // and the app brings the customer's own browser back, which began nothing
            assertThat(browser.open(returnUri(app, request)).left()).isFalse();
            assertThat(asked.again().state()).isEqualTo("code");
        }

        @Test
        void wrongDigitsThreeTimesEndIt() {
            bank.codeBack("always");
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(attackers, flow);
            String request = claim(app, page.link());
            app.approve(request, BALANCES).ok();
            String right = digits(app, request);
            String wrong = right.equals("000000") ? "000001" : "000000";

            AppLinkPage first = page.again().enter(wrong);
            assertThat(first.state()).isEqualTo("code");
            assertThat(first.page().html().selectFirst("[role=alert]").text()).contains("2 tries are left");
            AppLinkPage second = first.enter(wrong);
            assertThat(second.page().html().selectFirst("[role=alert]").text()).contains("One try is left");

            assertThat(flow.error(second.enter(wrong).back())).isEqualTo("access_denied");
            assertThat(bank.page(attackers, flow).state()).isEqualTo("open");
        }

        @Test
        void whatIsNotSixDigitsIsNoTry() {
            bank.codeBack("always");
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            String request = claim(app, page.link());
            app.approve(request, BALANCES).ok();
            AppLinkPage code = page.again();

            for (String typed : List.of("12345", "1234567", "abcdef", "<script>", "12 34 5")) {
                code = code.enter(typed);
                assertThat(code.state()).as(typed).isEqualTo("code");
            }

            assertThat(flow.redeem(code.enter(digits(app, request)).back()).status())
                    .isEqualTo(200);
        }

        @Test
        void theDigitsAreTypedInGroupsToo() {
            bank.codeBack("always");
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            String request = claim(app, page.link());
            app.approve(request, BALANCES).ok();
            String digits = digits(app, request);

            URI back = page.again()
                    .enter(digits.substring(0, 3) + " " + digits.substring(3))
                    .back();

            assertThat(flow.redeem(back).status()).isEqualTo(200);
        }

        @Test
        void theReturnGoesOnInTheBrowserThatBegan() {
            bank.codeBack("always");
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            String request = claim(app, page.link());
            app.approve(request, BALANCES).ok();
            URI returns = returnUri(app, request);

            assertThat(flow.redeem(browser.open(returns).uri()).status()).isEqualTo(200);
        }

        @Test
        void whatAnotherBrowserHadOfTheReturnIsOfNoUseInTheOneThatBegan() {
            bank.codeBack("always");
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(attackers, flow);
            String request = claim(app, page.link());
            app.approve(request, BALANCES).ok();
            URI returns = returnUri(app, request);

            // the app brings the customer's browser back, which began nothing; she is asked for what its address says
            WebPage seen = browser.open(returns);
            assertThat(seen.left()).isFalse();
            assertThat(seen.uri().getPath()).endsWith("/consent/v1/returns");
            assertThat(attackers.open(returns).left()).isFalse();
            assertThat(page.again().state()).isEqualTo("code");

            assertThat(flow.redeem(page.again().enter(digits(app, request)).back())
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void theAddressOfThePageIsOfNoUseInAnotherBrowser() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES).ok();

            WebPage copied = attackers.open(page.page().action());
            WebPage begun = attackers.open(flow.authorizationUri());

            assertThat(copied.left()).isFalse();
            assertThat(begun.left()).isFalse();
            assertThat(new AppLinkPage(attackers, begun).state()).isEqualTo("open");
        }

        @Test
        void anotherCustomerCantAnswerWhereTheBrowserKnowsWhoItIs() {
            CodeFlow first = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, first);
            app.approve(claim(app, page.link()), BALANCES).ok();
            first.tokens(page.again().back());

            AppLinkPage again = bank.page(browser, bank.flow(BALANCES).with("prompt", "login"));
            assertThat(again.state()).isEqualTo("open");
            assertThat(bank.realm().newCustomer().app().claim(again.link()).status())
                    .isEqualTo(403);

            assertThat(app.claim(again.link()).status()).isEqualTo(200);
        }

        @Test
        void anAnswerIsGoneOnWithOnce() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES).ok();
            AppLinkPage sameInAnotherTab = bank.page(browser, flow);

            assertThat(flow.redeem(sameInAnotherTab.back()).status()).isEqualTo(200);
            assertThat(page.again().page().uri().toString()).doesNotContainPattern("[?&]code=");
        }

        @Test
        void aYesThatIsTakenBackIsNone() {
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES).ok();

            bank.realm().tpp(ACME).ask(customer, BALANCES);
            app.deny(app.onlyPendingId()).ok();

            assertThat(flow.error(page.again().back())).isEqualTo("access_denied");
        }

        @Test
        void whatIsAskedOtherwiseSinceIsAskedInTheBrowser() {
            CodeFlow flow = bank.flow(BALANCES, TRANSACTIONS);
            AppLinkPage page = bank.page(browser, flow);
            app.approve(claim(app, page.link()), BALANCES, TRANSACTIONS).ok();
            try {
                bank.realm().admin().configurePermissions(bank.realm().name(), "all-or-nothing");

                WebPage next = page.again().page();

                assertThat(next.left()).isFalse();
                assertThat(next.asks()).isTrue();
            } finally {
                bank.realm().admin().configurePermissions(bank.realm().name(), "named-clients", ACME);
            }
        }
    }
}
