package io.assent.testing.browser;

import io.assent.testing.actor.Realm;
import org.openqa.selenium.WebElement;

/** The page on which customers get a token for themselves. */
public final class PersonalAccessPage {

    public static final String PATH = "/consent/personal-access";

    private final Browser browser;

    private PersonalAccessPage(Browser browser) {
        this.browser = browser;
    }

    public static PersonalAccessPage open(Browser browser, Realm realm, String language) {
        browser.open(realm.uri(PATH + "?kc_locale=" + language));
        browser.see("[data-personal-part=ask]");
        return new PersonalAccessPage(browser);
    }

    /** Goes to the login. */
    public void ask(String name) {
        browser.type("#personal-name", name);
        browser.click("[data-personal-part=ask] button");
    }

    /** The token that is shown once the customer said yes. */
    public String token() {
        WebElement field = browser.see("[data-personal-token]");
        return field.getDomProperty("value");
    }

    /** What it is called. */
    public String name() {
        return browser.see("[data-personal-name]").getText();
    }

    public String until() {
        return browser.see("[data-personal-until]").getText();
    }

    /** Why there is no token. */
    public String trouble() {
        return browser.see("[role=alert]:not([hidden])").getText();
    }
}
