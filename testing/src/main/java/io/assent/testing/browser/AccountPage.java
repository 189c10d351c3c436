package io.assent.testing.browser;

import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import java.net.URI;
import java.util.List;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page <em>Connected companies</em> of the account console, as a customer uses it. */
public final class AccountPage {

    /** A button of Keycloak's own, on narrow screens, that says nothing to a screen reader. */
    public static final String KEBAB = "[data-testid=options-kebab-toggle]";

    /** What ended is the last thing that the page loads, and loads anew after each change. */
    private static final String LOADED = ".cc-ended:not([aria-busy=true])";

    public static final String PATH = "/account/content/connected-companies";

    private static final String DIALOG = "dialog[open]";

    private final Browser browser;

    private AccountPage(Browser browser) {
        this.browser = browser;
    }

    /** Goes there by its address, with a login where the server asks for one. */
    public static AccountPage open(Browser browser, Customer customer, String language) {
        logIn(browser, PATH, customer, language);
        browser.see(LOADED);
        return new AccountPage(browser);
    }

    /** The same by the server's name, since a passkey is for a name. A customer who has to set one up does. */
    public static AccountPage openByName(Browser browser, Customer customer, String language) {
        chooseLanguage(customer, language);
        browser.open(URI.create(customer.realm().uri(PATH).toString().replaceFirst("127\\.0\\.0\\.1", "localhost")));
        logInWhereAsked(browser, customer, "#registerWebAuthn, .cc-page");
        if (!browser.all("#registerWebAuthn").isEmpty()) {
            browser.click("#registerWebAuthn");
            // what it is to be called
            browser.acceptDialog();
        }
        browser.see(LOADED);
        return new AccountPage(browser);
    }

    /** Opens any page of the console, for a customer who chose a language. */
    public static void logIn(Browser browser, String path, Customer customer, String language) {
        chooseLanguage(customer, language);
        browser.open(customer.realm().uri(path));
        logInWhereAsked(browser, customer, ".pf-v5-c-page__main");
    }

    private static void chooseLanguage(Customer customer, String language) {
        Realm realm = customer.realm();
        realm.admin().updateUser(realm.name(), customer.id(), user -> user.withObjectProperty("attributes")
                .putArray("locale")
                .add(language));
    }

    /** @param next what comes then */
    private static void logInWhereAsked(Browser browser, Customer customer, String next) {
        browser.see("#username, " + next);
        if (!browser.all("#username").isEmpty()) {
            browser.type("#username", customer.username());
            browser.type("#password", customer.password());
            browser.click("#kc-login");
        }
        browser.see(next);
    }

    public String heading() {
        return browser.see(".cc-page h1").getText();
    }

    /** The names of those that have access. */
    public List<String> companies() {
        return texts(".cc-company h2");
    }

    public List<String> permissions() {
        return texts(".cc-company .cc-groups li > bdi");
    }

    /** All that stands there. */
    public String text() {
        return browser.see(".cc-page").getText();
    }

    /** Each that ended, in a line. */
    public List<String> ended() {
        return texts(".cc-ended li").stream()
                .map(line -> line.replace("\n", " | "))
                .toList();
    }

    public void takeBack() {
        askTakeBack();
        answer();
    }

    /** Opens the question. */
    public void askTakeBack() {
        browser.click(".cc-company > .cc-buttons button:nth-child(1)");
        browser.see(DIALOG);
    }

    public void askTakeBackPart() {
        browser.click(".cc-company > .cc-buttons button:nth-child(2)");
        browser.see(DIALOG);
    }

    public void tick(String scope) {
        browser.click(DIALOG + " input[value='" + scope + "']");
    }

    /** Says yes to the question that is open. */
    public void answer() {
        browser.click(DIALOG + " form > .cc-buttons button:nth-child(1)");
    }

    public void cancel() {
        browser.click(DIALOG + " form > .cc-buttons button:nth-child(2)");
        awaitNoQuestion();
    }

    /** The same where there is no other answer. */
    public void cancelOnly() {
        answer();
        awaitNoQuestion();
    }

    public void awaitNoQuestion() {
        browser.until("no question", any -> browser.all(DIALOG).isEmpty());
    }

    public String question() {
        return browser.see(DIALOG).getText();
    }

    public String complaint() {
        return browser.see(DIALOG + " [role=alert]").getText();
    }

    /** What the page says came of it, which has the focus then. */
    public String notice() {
        browser.until(
                "a notice",
                any -> browser.<Boolean>run(
                        "return document.activeElement.matches('.cc-page > .cc-done, .cc-page > .cc-error')"));
        browser.see(LOADED);
        return browser.<String>run("return document.activeElement.textContent");
    }

    /** Says once more that what a company has is right. */
    public void confirm() {
        askConfirm();
        answer();
    }

    /** Opens the question, and waits until it knows what it asks for. */
    public void askConfirm() {
        browser.click(".cc-company .cc-primary");
        browser.see(DIALOG + " button.cc-primary:enabled, " + DIALOG + " .cc-note");
    }

    /** Sets the code for requests, or another one. */
    public void setUserCode(String code) {
        askUserCode();
        browser.type(DIALOG + " input", code);
        answer();
    }

    public void askUserCode() {
        browser.click(".cc-code .cc-buttons button:nth-child(1)");
        browser.see(DIALOG);
    }

    public void removeUserCode() {
        browser.click(".cc-code .cc-buttons button:nth-child(2)");
        browser.see(DIALOG);
        answer();
    }

    /** The same as {@link #takeBack} by keys alone, with a change of mind in between. */
    public void takeBackByKeyboard() {
        String button = ".cc-company > .cc-buttons button:nth-child(1)";
        browser.tabTo(button);
        browser.press(Keys.ENTER);
        browser.see(DIALOG);
        browser.press(Keys.ESCAPE);
        awaitNoQuestion();
        browser.until(
                "the focus to be back",
                any -> browser.<Boolean>run("return document.activeElement.matches(arguments[0])", button));
        browser.press(Keys.ENTER);
        browser.see(DIALOG);
        browser.press(Keys.TAB, Keys.ENTER);
    }

    private List<String> texts(String selector) {
        return browser.all(selector).stream().map(WebElement::getText).toList();
    }
}
