package io.assent.testing.browser;

import io.assent.testing.actor.AppLink;
import java.net.URI;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page with the QR code, as a customer sees it in a browser. */
public final class AppLinkScreen {

    private final Browser browser;
    private final String tab;

    private AppLinkScreen(Browser browser) {
        browser.see("[data-consent-link]");
        this.browser = browser;
        this.tab = browser.tab();
    }

    /** The page that is shown. */
    public static AppLinkScreen shown(Browser browser) {
        return new AppLinkScreen(browser);
    }

    public AppLinkScreen show() {
        browser.switchTo(tab);
        return this;
    }

    /** What the QR code says now; it changes while nobody claims it. */
    public AppLink link() {
        // within one look: without scripts, the page loads itself again and again
        return AppLink.of(browser.until("a link", driver -> driver.findElement(By.cssSelector("[data-consent-link]"))
                .getDomAttribute("data-consent-link")));
    }

    /** Waits until the page, by itself, shows another link than this. */
    public AppLink linkAfter(AppLink old) {
        browser.until("another link", any -> !link().equals(old));
        return link();
    }

    public String state() {
        return browser.see("[data-consent-state]").getDomAttribute("data-consent-state");
    }

    /** Waits until the page, by itself, says this of the login. */
    public void awaitState(String state) {
        browser.until("state " + state, any -> state().equals(state));
    }

    public Optional<String> number() {
        return browser.all("[data-consent-number]").stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .findFirst();
    }

    /** Types the digits that the app shows, once the page asks for them, and sends them. */
    public void enter(String digits) {
        browser.type("input[name=digits]", digits);
        browser.press(Keys.ENTER);
    }

    /** Waits until the browser is sent away to the TPP. */
    public URI back(URI redirectUri) {
        return browser.sentTo(redirectUri);
    }

    public String text() {
        return browser.see("body").getText();
    }
}
