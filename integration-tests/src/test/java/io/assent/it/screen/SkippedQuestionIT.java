package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While the question is open, no way around it leads to what was not answered. */
class SkippedQuestionIT {

    private static final Map<String, List<String>> ACCEPT = Map.of("accept", List.of("yes"));

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final WebClient browser = new WebClient(bank);
    private final Tpp acme = bank.tpp(ACME);
    private Tpp made;

    @AfterEach
    void removeTpp() {
        if (made != null) {
            bank.admin().removeClient(bank.name(), made.clientId());
        }
    }

    @Test
    void theStockConsentFormGrantsNothing() {
        CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);
        WebPage page = browser.open(flow, customer);

        WebPage back = browser.send(sibling(page, "consent", false), ACCEPT);

        assertThat(permissionsGot(flow, back)).isEmpty();
        assertThat(stored()).doesNotContain(BALANCES, TRANSACTIONS);
        CodeFlow silent = flow(acme, BALANCES).with("prompt", "none");
        assertThat(silent.error(browser.open(silent.authorizationUri()).uri())).isEqualTo("consent_required");
    }

    @Test
    void norDoesItGrantARequiredPermission() {
        CodeFlow flow = flow(bank.tpp(ORBIT), BALANCES);
        WebPage page = browser.open(flow, customer);

        WebPage back = browser.send(sibling(page, "consent", false), ACCEPT);

        assertThat(permissionsGot(flow, back)).isEmpty();
        assertThat(stored()).doesNotContain(BALANCES, PAYMENTS);
    }

    @Test
    void norDoesItToAClientThatForgotToNeedConsent() {
        made = bank.newTpp(ORBIT, client -> client.put("consentRequired", false));
        CodeFlow flow = flow(made, BALANCES);
        WebPage page = browser.open(flow, customer);

        WebPage back = browser.send(sibling(page, "consent", false), ACCEPT);

        assertThat(permissionsGot(flow, back)).isEmpty();
        assertThat(stored()).doesNotContain(BALANCES, PAYMENTS);
    }

    @Test
    void norMoreThanWhatWasGrantedBefore() {
        CodeFlow earlier = flow(acme, BALANCES);
        browser.approve(browser.open(earlier, customer), BALANCES);
        CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);
        WebPage page = browser.open(flow, customer);

        WebPage back = browser.send(sibling(page, "consent", false), ACCEPT);

        assertThat(permissionsGot(flow, back)).isSubsetOf(BALANCES);
        assertThat(stored()).contains(BALANCES).doesNotContain(TRANSACTIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consent",
                "required-action?execution=UPDATE_PASSWORD",
                "required-action?execution=CONFIGURE_TOTP",
                "required-action?execution=OAUTH_GRANT",
                "required-action",
                "authenticate",
                "authenticate?execution=consent-permissions",
                "restart",
                "restart?skip_logout=true",
                "reset-credentials",
                "registration",
                "first-broker-login",
                "post-broker-login",
                "detached-info",
                "action-token"
            })
    void noSiblingPathLeadsAroundTheQuestion(String path) {
        for (boolean withCode : List.of(false, true)) {
            WebClient other = new WebClient(bank);
            CodeFlow posted = flow(acme, BALANCES, TRANSACTIONS);
            WebPage asked = other.open(posted, customer);
            WebPage afterPost = other.send(sibling(asked, path, withCode), ACCEPT);
            assertThat(permissionsGot(posted, afterPost)).as("POST %s", path).isEmpty();
            assertThat(permissionsGot(posted, other.logIn(afterPost, customer)))
                    .as("POST %s, and a login", path)
                    .isEmpty();

            WebClient another = new WebClient(bank);
            CodeFlow opened = flow(acme, BALANCES, TRANSACTIONS);
            WebPage afterGet = another.open(sibling(another.open(opened, customer), path, withCode));
            assertThat(permissionsGot(opened, afterGet)).as("GET %s", path).isEmpty();
        }
        assertThat(stored()).doesNotContain(BALANCES, TRANSACTIONS);
    }

    /** What must go on working all the same. */
    @Nested
    class TheWish {

        @Test
        void isWholeAgainAfterTheLoginIsStartedAnew() {
            CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);
            WebPage page = browser.open(flow, customer);

            WebPage again = browser.logIn(browser.open(sibling(page, "restart", false)), customer);

            assertThat(again.permissions()).containsExactly(BALANCES, TRANSACTIONS);
            assertThat(permissionsGot(flow, browser.approve(again, TRANSACTIONS)))
                    .containsExactly(TRANSACTIONS);
        }

        @Test
        void isWholeInAnotherLanguage() {
            CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);
            WebPage page = browser.open(flow, customer);

            WebPage german = browser.open(URI.create(
                    sibling(page, "required-action?execution=consent-permissions", false) + "&kc_locale=de"));

            assertThat(german.html().selectFirst("html").attr("lang")).isEqualTo("de");
            assertThat(german.permissions()).containsExactly(BALANCES, TRANSACTIONS);
            assertThat(permissionsGot(flow, browser.approve(german, BALANCES, TRANSACTIONS)))
                    .containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
        }

        @Test
        void isNotAskedForTwiceWhereAnotherTabAnswered() {
            CodeFlow first = flow(acme, BALANCES);
            WebPage page = browser.open(first, customer);
            CodeFlow second = flow(acme, BALANCES);
            WebPage inAnotherTab = browser.open(second, customer);
            assertThat(inAnotherTab.asks()).isTrue();
            browser.approve(page, BALANCES);

            WebPage reloaded = browser.open(inAnotherTab.uri());

            assertThat(permissionsGot(second, reloaded)).containsExactly(BALANCES);
        }
    }

    /** A {@code request_uri} is for one authorization (RFC 9126, section 4; FAPI 2.0 par-attempt-reuse-request_uri). */
    @Nested
    class APushedRequest {

        @Test
        void isUsedUpByTheAnswer() {
            CodeFlow flow = flow(acme, BALANCES);
            URI pushed = flow.pushedAuthorizationUri();
            WebPage back = browser.approve(browser.logIn(browser.open(pushed), customer), BALANCES);
            assertThat(permissionsGot(flow, back)).containsExactly(BALANCES);

            WebPage again = browser.open(pushed);

            assertThat(again.left()).as(again.toString()).isFalse();
            assertThat(again.status()).isEqualTo(400);
        }

        @Test
        void isUsedUpByADenial() {
            CodeFlow flow = flow(acme, BALANCES);
            URI pushed = flow.pushedAuthorizationUri();
            WebPage back = browser.deny(browser.logIn(browser.open(pushed), customer));
            assertThat(flow.error(back.uri())).isEqualTo("access_denied");

            assertThat(browser.open(pushed).status()).isEqualTo(400);
        }

        @Test
        void mayBeOpenedAgainUntilThen() {
            CodeFlow flow = flow(acme, BALANCES);
            URI pushed = flow.pushedAuthorizationUri();
            browser.logIn(browser.open(pushed), customer);

            WebPage again = browser.logIn(browser.open(pushed), customer);

            assertThat(again.permissions()).containsExactly(BALANCES);
            assertThat(permissionsGot(flow, browser.approve(again, BALANCES))).containsExactly(BALANCES);
        }

        @Test
        void givesOneCodeOfTwoTabs() {
            CodeFlow flow = flow(acme, BALANCES);
            URI pushed = flow.pushedAuthorizationUri();
            WebPage one = browser.logIn(browser.open(pushed), customer);
            WebPage other = browser.logIn(browser.open(pushed), customer);
            assertThat(permissionsGot(flow, browser.approve(one, BALANCES))).containsExactly(BALANCES);

            WebPage second = browser.approve(other, BALANCES);

            assertThat(hasCode(second)).as(second.toString()).isFalse();
        }

        @Test
        void givesNoCodeToATabThatIsReloadedAfterTheAnswer() {
            CodeFlow flow = flow(acme, BALANCES);
            URI pushed = flow.pushedAuthorizationUri();
            WebPage one = browser.logIn(browser.open(pushed), customer);
            WebPage other = browser.logIn(browser.open(pushed), customer);
            assertThat(permissionsGot(flow, browser.approve(one, BALANCES))).containsExactly(BALANCES);

            WebPage reloaded = browser.open(other.uri());

            assertThat(hasCode(reloaded)).as(reloaded.toString()).isFalse();
        }
    }

    /** A path beside the page's own, with what else the page's address says. */
    private static URI sibling(WebPage page, String path, boolean withCode) {
        URI action = page.action();
        String parameters = Stream.of(action.getRawQuery().split("&"))
                .filter(parameter -> !parameter.startsWith("execution="))
                .filter(parameter -> withCode || !parameter.startsWith("session_code="))
                .collect(Collectors.joining("&"));
        return action.resolve(path + (path.contains("?") ? "&" : "?") + parameters);
    }

    /** The permissions that come of where the browser ended: none where it is still with the server, or has no code. */
    private static Set<String> permissionsGot(CodeFlow flow, WebPage page) {
        if (!hasCode(page)) {
            return Set.of();
        }
        Answer answer = flow.redeem(page.uri());
        return answer.status() == 200 ? Tokens.grantedByClaims(Tokens.of(answer).accessTokenClaims()) : Set.of();
    }

    private static boolean hasCode(WebPage page) {
        return page.left() && page.uri().getRawQuery().contains("code=");
    }

    private List<String> stored() {
        return bank.admin().grantedScopes(bank.name(), customer.id());
    }

    private static CodeFlow flow(Tpp tpp, String... scopes) {
        return new CodeFlow(tpp, CodeFlow.BACK, scopes);
    }
}
