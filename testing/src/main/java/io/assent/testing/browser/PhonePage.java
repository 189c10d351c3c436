package io.assent.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Realm;
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
        browser.until(
                "the phone to be connected",
                any -> browser.see("#connection").getText().equals("Connected"));
    }

    public String greeting() {
        return browser.see("#home-title").getText();
    }

    /** Waits for a push, and opens what it is about. */
    public void openPush() {
        browser.click("#notifications .notification");
        browser.see("#approve");
    }

    public String asker() {
        return browser.see("#request-title").getText();
    }

    public String request() {
        return browser.see("#request-body").getText();
    }

    public void deselect(String scope) {
        browser.click("#request-body input[value='" + scope + "']");
    }

    /** The same by keyboard alone: opens the push, deselects, and approves. */
    public void allowByKeyboard(String deselected) {
        browser.tabTo("#notifications .notification");
        assertThat(browser.focusIsVisible())
                .as("the focused notification is in view")
                .isTrue();
        browser.press(Keys.ENTER);
        browser.tabTo("#request-body input[value='" + deselected + "']");
        assertThat(browser.focusIsVisible())
                .as("the focused permission is in view")
                .isTrue();
        browser.press(Keys.SPACE);
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

    public void deny() {
        browser.click("#deny");
        browser.see("#outcome-body .outcome.denied");
    }

    /** What the phone says was allowed, or was not. */
    public List<String> outcome(String kind) {
        return browser.all("#outcome-body .granted ." + kind).stream()
                .map(WebElement::getText)
                .toList();
    }
}
