package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.ConsentScreen;
import io.assent.testing.browser.WithBrowser;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** How a customer answers on the consent screen: by mouse, by keyboard alone, and without scripts. */
@WithBrowser
class ConsentScreenUseIT {

    private static final String NAME = "identity.name";

    private static final int ACCOUNTS_GROUP = 1;
    private static final int IDENTITY_GROUP = 2;
    private static final int PAYMENTS_GROUP = 3;

    private static Browser browser;

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    /** Payments are required of it, the rest is the customer's choice. */
    private final CodeFlow orbit = new CodeFlow(bank.tpp(ORBIT), CodeFlow.BACK, BALANCES, NAME, PAYMENTS);

    private final CodeFlow acme =
            new CodeFlow(bank.tpp(ACME), CodeFlow.BACK, DETAILS, BALANCES, TRANSACTIONS, "accounts.direct-debits");

    @BeforeEach
    void startAfresh() {
        browser.startAfresh();
        browser.resize(1280);
    }

    @Test
    void nothingButWhatIsRequiredIsTickedAtFirst() {
        ConsentScreen screen = ConsentScreen.open(browser, orbit, customer);

        assertThat(screen.ticked()).containsExactly(PAYMENTS);
        assertThat(screen.groupState(PAYMENTS_GROUP)).isEqualTo("all");
        assertThat(browser.see("#consent-group-3-details li").getText()).contains("Required");
        assertThat(browser.all("#consent-group-3-details input:not([type=hidden]):not(:disabled)"))
                .isEmpty();
        assertGranted(orbit, screen.approve(orbit), PAYMENTS);
    }

    @Test
    void aGroupsBoxTicksAllOfItsPermissions() {
        ConsentScreen screen = ConsentScreen.open(browser, acme, customer);
        assertThat(screen.groupState(ACCOUNTS_GROUP)).isEqualTo("none");

        screen.tick(BALANCES);
        assertThat(screen.groupState(ACCOUNTS_GROUP)).isEqualTo("part");
        screen.tickGroup(ACCOUNTS_GROUP);
        assertThat(screen.groupState(ACCOUNTS_GROUP)).isEqualTo("all");
        assertThat(screen.ticked()).hasSize(4);
        screen.tickGroup(ACCOUNTS_GROUP);
        assertThat(screen.groupState(ACCOUNTS_GROUP)).isEqualTo("none");
        screen.tickGroup(ACCOUNTS_GROUP);

        assertGranted(acme, screen.approve(acme), DETAILS, BALANCES, TRANSACTIONS, "accounts.direct-debits");
    }

    @Test
    void oneBoxTicksEverythingAndLeavesWhatIsRequired() {
        ConsentScreen screen = ConsentScreen.open(browser, orbit, customer);

        screen.tickEverything();
        assertThat(screen.ticked()).containsExactly(BALANCES, NAME, PAYMENTS);
        screen.tickEverything();
        assertThat(screen.ticked()).containsExactly(PAYMENTS);
        assertThat(screen.groupState(IDENTITY_GROUP)).isEqualTo("none");
    }

    @Test
    void nothingTickedIsSaidInWordsAndTheChoiceIsMadeAnew() {
        ConsentScreen screen = ConsentScreen.open(browser, acme, customer);

        screen.approveInVain();

        assertThat(screen.error()).isEqualTo("Nothing is ticked. Tick what you want to allow, or deny.");
        assertThat(browser.title()).startsWith("Error: ");
        assertThat(browser.<String>run("return document.activeElement.getAttribute('role')"))
                .as("what is read out first")
                .isEqualTo("alert");
        assertThat(Axe.violations(browser)).isEmpty();
        screen.tick(BALANCES);
        assertGranted(acme, screen.approve(acme), BALANCES);
    }

    @Test
    void bothAnswersLookTheSame() {
        ConsentScreen screen = ConsentScreen.open(browser, acme, customer);

        assertThat(screen.looksOfAnswers())
                .hasSize(2)
                .containsOnly(screen.looksOfAnswers().get(0));
        assertThat(acme.error(screen.deny(acme))).isEqualTo("access_denied");
    }

    @Test
    void everythingIsDoneByKeyboard() {
        ConsentScreen screen = ConsentScreen.open(browser, orbit, customer);
        browser.resize(360);

        for (String stop : List.of(
                "#login-select-toggle",
                ".consent-links a[href='https://orbit.example/privacy']",
                ".consent-links a[href='https://orbit.example/terms']",
                ".consent-everything input",
                "#consent-group-1-all",
                "#consent-group-1-details > summary",
                box(BALANCES),
                "#consent-group-2-all",
                "#consent-group-2-details > summary",
                box(NAME),
                "#consent-group-3-details > summary",
                "button[value=deny]",
                "button[value=approve]")) {
            browser.press(Keys.TAB);
            assertFocused(stop);
        }
        browser.press(Keys.TAB, Keys.TAB);
        back(box(NAME));
        browser.press(Keys.SPACE);
        assertThat(screen.ticked()).containsExactly(NAME, PAYMENTS);
        back("#consent-group-1-details > summary");
        browser.press(Keys.ENTER);
        assertThat(screen.showsDetails(ACCOUNTS_GROUP)).isFalse();
        browser.press(Keys.SPACE);
        assertThat(screen.showsDetails(ACCOUNTS_GROUP)).isTrue();
        browser.tabTo("button[value=approve]");
        browser.press(Keys.ENTER);

        assertGranted(orbit, browser.sentTo(CodeFlow.BACK), NAME, PAYMENTS);
    }

    @Test
    void enterInABoxAnswersNothing() {
        ConsentScreen screen = ConsentScreen.open(browser, acme, customer);

        browser.tabTo(box(BALANCES));
        browser.press(Keys.SPACE, Keys.ENTER);

        assertThat(screen.ticked()).containsExactly(BALANCES);
        assertGranted(acme, screen.approve(acme), BALANCES);
    }

    @Test
    void itWorksWithoutScripts() {
        browser.allowScripts(false);
        ConsentScreen screen = ConsentScreen.open(browser, orbit, customer);

        assertThat(browser.see(box(BALANCES)).isDisplayed()).isTrue();
        assertThat(browser.all(".consent-headline input, .consent-everything")).noneMatch(box -> box.isDisplayed());
        screen.openDetails(IDENTITY_GROUP);
        assertThat(screen.showsDetails(IDENTITY_GROUP)).isFalse();
        screen.openDetails(IDENTITY_GROUP);
        screen.tick(NAME);

        assertGranted(orbit, screen.approve(orbit), NAME, PAYMENTS);
    }

    private void assertFocused(String selector) {
        assertThat(browser.<Boolean>run(
                        "return document.querySelector(arguments[0]) === document.activeElement", selector))
                .as("focus on %s, not on %s", selector, browser.<String>run("return document.activeElement.outerHTML"))
                .isTrue();
        assertThat(browser.focusIsVisible()).as("%s is in view", selector).isTrue();
        assertThat(browser.<String>run("""
                        const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
                        return outlineStyle + ' ' + outlineWidth;
                        """)).as("outline of %s", selector).isEqualTo("solid 3px");
    }

    /** Goes back by Shift and Tab. */
    private void back(String selector) {
        for (int stops = 0; stops < 20; stops++) {
            if (browser.<Boolean>run(
                    "return document.querySelector(arguments[0]) === document.activeElement", selector)) {
                return;
            }
            browser.press(Keys.chord(Keys.SHIFT, Keys.TAB));
        }
        throw new AssertionError(selector + " is not reached by Shift and Tab");
    }

    private static void assertGranted(CodeFlow flow, URI back, String... scopes) {
        assertThat(flow.tokens(back).scope())
                .filteredOn(scope -> !scope.equals("openid"))
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(scopes));
    }

    private static String box(String scope) {
        return "input[type=checkbox][value='" + scope + "']";
    }
}
