package io.assent.testing.browser;

import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Server;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The page for the bank's staff, as one of them uses it. */
public final class StaffPage {

    private static final String DIALOG = "dialog[open]";
    private static final String SHOWN = "#page main h1";

    private final Browser browser;

    private StaffPage(Browser browser) {
        this.browser = browser;
    }

    /**
     * Opens a view by its address, with the login that the server asks for.
     *
     * @param view such as {@code #/bank/requests}
     */
    public static StaffPage open(Browser browser, Customer staff, String view) {
        return open(browser, staff.realm().server(), staff.realm().name(), view)
                .logIn(staff.username(), staff.password());
    }

    /** The same as the server's first admin, who is of the realm {@code master}. */
    public static StaffPage openAsAdmin(Browser browser, Server server, String view) {
        return open(browser, server, "master", view).logIn(Server.ADMIN, Server.ADMIN);
    }

    /** Opens it, and goes no further. */
    public static StaffPage open(Browser browser, Server server, String loginRealm, String view) {
        browser.open(address(server, loginRealm, view));
        return new StaffPage(browser);
    }

    public static URI address(Server server, String loginRealm, String view) {
        return server.uri("/admin/" + loginRealm + "/console/consents/" + view);
    }

    public StaffPage logIn(String username, String password) {
        browser.see("#username");
        browser.type("#username", username);
        browser.type("#password", password);
        browser.click("#kc-login");
        settle();
        return this;
    }

    /** Another view, by its address. */
    public StaffPage show(String view) {
        return anew(() -> browser.run("location.hash = arguments[0]", view));
    }

    /** An entry of the menu. */
    public StaffPage choose(String entry) {
        if ("false".equals(browser.see("header [aria-controls=menu]").getAttribute("aria-expanded"))) {
            browser.click("header [aria-controls=menu]");
        }
        return anew(() -> browser.click("nav a[href$='/" + entry + "']"));
    }

    /** Waits until all is there that is to come. */
    public void settle() {
        browser.see(SHOWN);
        browser.until("all to be loaded", any -> browser.all("main [aria-busy]").isEmpty());
    }

    public String heading() {
        return browser.see(SHOWN).getText();
    }

    /** What stands in the view. */
    public String text() {
        settle();
        return browser.see("main").getText();
    }

    /** The entries of the menu. */
    public List<String> menu() {
        return browser.all("nav a").stream()
                .map(entry -> entry.getAttribute("textContent"))
                .toList();
    }

    /** The views that these lead to, as they stand in the address. */
    public List<String> entries() {
        return browser.all("nav a").stream()
                .map(entry -> entry.getAttribute("href"))
                .map(address -> address.substring(address.lastIndexOf('/') + 1))
                .toList();
    }

    /** The words of a card with a title. */
    public String card(String title) {
        settle();
        return find(".st-card", title).getText();
    }

    /** The titles of all cards. */
    public List<String> cards() {
        settle();
        return browser.all(".st-card h2").stream().map(WebElement::getText).toList();
    }

    public List<String> buttons() {
        settle();
        return browser.all("main button").stream().map(WebElement::getText).toList();
    }

    /** Presses what says so in the view. */
    public void press(String words) {
        settle();
        clickWhatSays("main button", words);
    }

    /** Follows a link of the view. */
    public void follow(String words) {
        settle();
        anew(() -> clickWhatSays("main a", words));
    }

    /** Writes into the field of a label. */
    public void fill(String label, String text) {
        browser.type(field(label), text);
    }

    /** Chooses by the words of an option. */
    public void choose(String label, String option) {
        new Select(browser.see(field(label))).selectByVisibleText(option);
    }

    public void tick(String label) {
        browser.click(field(label));
    }

    /** What is wrong with the field that has the focus. */
    public String complaintOfTheField() {
        return browser.until("a complaint", any -> browser.<String>run("""
                const field = document.activeElement?.closest('.st-field');
                return field?.querySelector('[role=alert]')?.textContent ?? null;
                """));
    }

    private String field(String label) {
        return "#"
                + browser.until("the field " + label, any -> browser.all("main label").stream()
                        .filter(candidate -> candidate.getText().strip().equals(label))
                        .map(candidate -> candidate.getAttribute("for"))
                        .findFirst()
                        .orElse(null));
    }

    public String question() {
        return browser.see(DIALOG).getText();
    }

    public void write(String text) {
        browser.type(DIALOG + " input", text);
    }

    /** Says yes to the question that is open. */
    public void answer() {
        browser.click(DIALOG + " button[type=submit]");
    }

    public void cancel() {
        browser.click(DIALOG + " footer button:nth-child(2)");
        browser.until("no question", any -> browser.all(DIALOG).isEmpty());
    }

    public String complaint() {
        return browser.see(DIALOG + " [role=alert]").getText();
    }

    /** What the page says came of it, which has the focus then. */
    public String told() {
        browser.until(
                "a notice", any -> browser.<Boolean>run("return document.activeElement.matches('#told > .st-alert')"));
        String told = browser.<String>run("return document.activeElement.textContent");
        settle();
        return told;
    }

    public void speak(Locale language) {
        String words = language.getDisplayLanguage(language);
        if (browser.all("header button").stream()
                .anyMatch(button -> button.getText().equals(words))) {
            anew(() -> clickWhatSays("header button", words));
        }
    }

    /** Does what has the page drawn anew, and waits until it is. */
    private StaffPage anew(Runnable step) {
        settle();
        browser.run("document.querySelector('#page main').dataset.old = ''");
        step.run();
        browser.until(
                "the next view", any -> browser.all("#page main[data-old]").isEmpty());
        settle();
        return this;
    }

    private WebElement find(String selector, String words) {
        return browser.until(selector + " that says " + words, any -> browser.all(selector).stream()
                .filter(element -> element.getText().contains(words))
                .findFirst()
                .orElse(null));
    }

    private void clickWhatSays(String selector, String words) {
        browser.until("to click " + selector + " that says " + words, any -> {
            WebElement element = browser.all(selector).stream()
                    .filter(candidate -> candidate.getText().strip().equals(words))
                    .findFirst()
                    .orElse(null);
            if (element == null || !element.isDisplayed() || !element.isEnabled()) {
                return null;
            }
            browser.run("arguments[0].scrollIntoView({block: 'center'})", element);
            element.click();
            return element;
        });
    }
}
