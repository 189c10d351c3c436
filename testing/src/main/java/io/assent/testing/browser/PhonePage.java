package io.assent.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.AppLink;
import io.assent.testing.actor.Realm;
import java.net.URI;
import java.util.List;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The sandbox's phone, as a customer uses it. */
public final class PhonePage {

    private final Browser browser;
    private final String tab;

    private PhonePage(Browser browser) {
        this.browser = browser;
        this.tab = browser.tab();
    }

    public static PhonePage open(Browser browser, Realm realm) {
        browser.open(realm.uri("/sandbox/phone"));
        return new PhonePage(browser);
    }

    public PhonePage show() {
        browser.switchTo(tab);
        return this;
    }

    /** Logs in by Keycloak's own login page, and waits until the phone listens. */
    public void logIn(String username, String password) {
        browser.click("#log-in");
        browser.type("#username", username);
        browser.type("#password", password);
        browser.click("#kc-login");
        awaitConnection("Connected");
    }

    /** @param connected how it says that it is, in its language */
    public void awaitConnection(String connected) {
        browser.until(
                "the phone to be connected",
                any -> browser.see("#connection").getText().equals(connected));
    }

    public String greeting() {
        return browser.see("#home-title").getText();
    }

    /** Waits for a push, and opens what it is about. */
    public void openPush() {
        browser.click("#notifications .notification");
        browser.see("#approve");
    }

    /** Scans a code: pastes the link that it says. */
    public void scan(AppLink link) {
        browser.click("#scan");
        browser.type("#link", link.uri().toString());
        browser.click("#link-form button");
        browser.see("#approve");
    }

    /** The same where the bank takes it for no good code, and returns what the phone says. */
    public String scanInVain(String text) {
        browser.click("#scan");
        browser.type("#link", text);
        browser.click("#link-form button");
        return browser.see("#error").getText();
    }

    /** Where the open request was started, as the phone says it. */
    public String origin() {
        return browser.see("#request-body .origin").getText();
    }

    /** Types the number that the page in the browser shows. */
    public void typeNumber(String number) {
        browser.type("#number", number);
    }

    /** Approves with another number than the page shows, and returns what the phone says. */
    public String approveWithWrongNumber(String number) {
        typeNumber(number);
        browser.click("#approve");
        return browser.see("#error").getText();
    }

    /** The digits to type into the browser, which the phone shows after a yes. */
    public String digits() {
        return browser.see("#outcome-body .digits").getText().replaceAll("\\D", "");
    }

    /** Where <em>Back to the browser</em> leads. */
    public URI returnUri() {
        return URI.create(browser.see("#return").getDomProperty("href"));
    }

    /** Whether it can be said that somebody else began it. */
    public boolean canReport() {
        browser.see("#approve");
        return browser.all("#report").get(0).isDisplayed();
    }

    /** Says no, and that somebody else began it. */
    public void report() {
        browser.click("#report");
        browser.see("#outcome-body .outcome.denied");
    }

    public String asker() {
        return browser.see("#request-title").getText();
    }

    public String request() {
        return browser.see("#request-body").getText();
    }

    /** Ticks a permission, or takes the tick away. */
    public void tick(String scope) {
        browser.click("#request-body input[value='" + scope + "']");
    }

    /** Chooses all accounts that the open request may be for. */
    public void tickAccounts() {
        String open = "#request-body input[name=accounts-0]:not(:checked)";
        browser.see(open);
        while (!browser.all(open).isEmpty()) {
            browser.click(open);
        }
    }

    public List<String> ticked() {
        return browser.all("#request-body input").stream()
                .filter(WebElement::isSelected)
                .map(box -> box.getAttribute("value"))
                .toList();
    }

    /** The same by keyboard alone: opens the push, ticks, and approves. */
    public void allowByKeyboard(String... ticked) {
        browser.tabTo("#notifications .notification");
        assertThat(browser.focusIsVisible())
                .as("the focused notification is in view")
                .isTrue();
        browser.press(Keys.ENTER);
        for (String scope : ticked) {
            browser.tabTo("#request-body input[value='" + scope + "']");
            assertThat(browser.focusIsVisible())
                    .as("the focused permission is in view")
                    .isTrue();
            browser.press(Keys.SPACE);
        }
        browser.tabTo("#approve");
        assertThat(browser.focusIsVisible()).as("the focused button is in view").isTrue();
        browser.press(Keys.ENTER);
        browser.see("#outcome-body .outcome.approved");
    }

    public boolean canApprove() {
        return browser.see("#approve").isEnabled();
    }

    public void approve() {
        browser.click("#approve");
        browser.see("#outcome-body .outcome.approved");
    }

    /** Approves what the phone signs after a finger, up to the sheet that asks for one. */
    public void approveUpToTheFinger() {
        browser.click("#approve");
        browser.see("#finger-touch");
    }

    /** The finger, for which a button stands. */
    public void touchTheSensor() {
        browser.click("#finger-touch");
    }

    public void deny() {
        browser.click("#deny");
        browser.see("#outcome-body .outcome.denied");
    }

    public String outcome() {
        return browser.see("#outcome-body h2").getText();
    }

    /** Goes back to the first screen. */
    public void goHome() {
        browser.click("section:not([hidden]) > [data-go=home]");
        browser.see("#home-title");
    }

    /** The names of the companies that have access. */
    public List<String> companies() {
        browser.see("#home-title");
        return browser.all("#companies strong").stream()
                .map(WebElement::getText)
                .toList();
    }

    /** What the phone shows of what the customer has at companies, one text for each. */
    public List<String> elsewhere() {
        browser.see("#home-title");
        return browser.all("#partners .partner").stream()
                .map(WebElement::getText)
                .toList();
    }

    /** Ends what the bank sees at the first company. */
    public void endElsewhere() {
        browser.click("#partners .partner button");
        browser.until("nothing from elsewhere", any -> browser.all("#partners .partner")
                .isEmpty());
    }

    /** Opens the first company of the list. */
    public String openCompany() {
        browser.click("#companies .item");
        return browser.see("#consent-body").getText();
    }

    /** Takes back what the open company has, after a change of mind. */
    public void takeBack() {
        browser.click("#take-back");
        browser.click("#question button[value=cancel]");
        browser.click("#take-back");
        browser.click("#question button[value=take-back]");
        browser.see("#outcome-body .outcome.ended");
    }

    public void changeLanguage() {
        browser.click("#language");
    }

    /** All that can be read. */
    public String text() {
        return browser.see("body").getText();
    }

    /** What the phone says was allowed, or was not. */
    public List<String> outcome(String kind) {
        return browser.all("#outcome-body .granted ." + kind).stream()
                .map(WebElement::getText)
                .toList();
    }
}
