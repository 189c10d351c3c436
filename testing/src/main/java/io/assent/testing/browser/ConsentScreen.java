package io.assent.testing.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import java.net.URI;
import java.util.List;
import org.openqa.selenium.WebElement;

/** The consent screen, as a customer uses it in a browser. */
public final class ConsentScreen {

    private final Browser browser;

    private ConsentScreen(Browser browser) {
        this.browser = browser;
    }

    /** The page that is shown. */
    public static ConsentScreen shown(Browser browser) {
        browser.see(".consent");
        return new ConsentScreen(browser);
    }

    /** Sends the browser there, with a login where the server asks for one. */
    public static ConsentScreen open(Browser browser, CodeFlow flow, Customer customer) {
        browser.open(flow.authorizationUri());
        logIn(browser, customer);
        browser.see(".consent");
        return new ConsentScreen(browser);
    }

    /**
     * The same by a name of the server, since passkeys are for a domain and not for an address; and the customer sets
     * up a passkey where the server wants one.
     *
     * @param authorizationUri of the flow
     */
    public static ConsentScreen openByName(Browser browser, URI authorizationUri, Customer customer) {
        browser.open(byName(authorizationUri));
        logIn(browser, customer);
        browser.see(".consent, #registerWebAuthn");
        if (!browser.all("#registerWebAuthn").isEmpty()) {
            browser.click("#registerWebAuthn");
            // what it is to be called
            browser.acceptDialog();
        }
        browser.see(".consent");
        return new ConsentScreen(browser);
    }

    private static URI byName(URI uri) {
        return URI.create(uri.toString().replaceFirst("127\\.0\\.0\\.1", "localhost"));
    }

    /** Logs in by password where the server asks for it. */
    public static void logIn(Browser browser, Customer customer) {
        browser.see("#username, .consent");
        if (!browser.all("#username").isEmpty()) {
            browser.type("#username", customer.username());
            browser.type("#password", customer.password());
            browser.click("#kc-login");
        }
    }

    public String heading() {
        return browser.see("h1").getText().replaceAll("\\s+", " ");
    }

    /** The headlines of the groups that are asked for. */
    public List<String> groups() {
        return texts(".consent-group h2");
    }

    public String error() {
        return browser.see("[role=alert]").getText();
    }

    public List<String> ticked() {
        return browser.all("input[name=permission]").stream()
                .filter(box -> "hidden".equals(box.getAttribute("type")) || box.isSelected())
                .map(box -> box.getAttribute("value"))
                .toList();
    }

    public void tick(String scope) {
        browser.click("input[type=checkbox][value='" + scope + "']");
    }

    /** @param group its place on the page, from 1 */
    public void tickGroup(int group) {
        browser.click(groupBox(group));
    }

    public void tickEverything() {
        browser.click(".consent-everything input");
    }

    /** Whether the box of a group shows all, a part or nothing of it as ticked. */
    public String groupState(int group) {
        WebElement box = browser.see(groupBox(group));
        return Boolean.parseBoolean(box.getDomProperty("indeterminate")) ? "part" : box.isSelected() ? "all" : "none";
    }

    public void openDetails(int group) {
        browser.click("#consent-group-" + group + "-details > summary");
    }

    public boolean showsDetails(int group) {
        return browser.all("#consent-group-" + group + "-details li").get(0).isDisplayed();
    }

    public void foldEverything(boolean folded) {
        browser.run("document.querySelectorAll('details').forEach(it => it.open = !arguments[0])", folded);
    }

    /** Goes on in the bank's app. */
    public void continueInApp() {
        browser.click("button[name=decision][value=app]");
    }

    /** Approves, and returns where the browser is sent. */
    public URI approve(CodeFlow flow) {
        browser.click("button[name=decision][value=approve], button[name=accept]");
        return browser.sentTo(flow.redirectUri());
    }

    /** Approves what the server does not take. */
    public void approveInVain() {
        browser.click("button[name=decision][value=approve]");
        browser.see("[role=alert]");
    }

    /** Approves what the customer's passkey does not sign. */
    public String approveWithoutSignature() {
        browser.click("button[name=decision][value=approve]");
        return browser.see("[data-consent-passkey].consent-error").getText();
    }

    public boolean canApprove() {
        return browser.see("button[name=decision][value=approve]").isEnabled();
    }

    public URI deny(CodeFlow flow) {
        browser.click("button[name=decision][value=deny], button[name=cancel]");
        return browser.sentTo(flow.redirectUri());
    }

    /** The look of the two answers: their sizes, colours and type. */
    public List<String> looksOfAnswers() {
        List<WebElement> buttons = browser.all(".consent-button");
        assertThat(buttons).hasSize(2);
        return buttons.stream().map(button -> (String) browser.run("""
                        const {width, height} = arguments[0].getBoundingClientRect();
                        const {color, backgroundColor, borderColor, fontSize, fontWeight} = getComputedStyle(arguments[0]);
                        return [width, height, color, backgroundColor, borderColor, fontSize, fontWeight].join(' ');
                        """, button)).toList();
    }

    /** What can be clicked and is smaller than a finger needs (WCAG 2.2, 2.5.8). A box counts with its label. */
    public List<String> smallTargets() {
        return browser.<List<?>>run("""
                return [...document.querySelectorAll('.consent :is(a, button, summary, input:not([type=hidden]))')]
                    .filter((it) => it.checkVisibility() && !it.disabled)
                    .filter((it) => {
                        const boxes = [it, ...(it.labels ?? [])].map((part) => part.getBoundingClientRect());
                        const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
                        const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
                        return height < 24 || width < 24;
                    })
                    .map((it) => it.outerHTML);
                """).stream().map(String.class::cast).toList();
    }

    private List<String> texts(String selector) {
        return browser.all(selector).stream().map(WebElement::getText).toList();
    }

    private static String groupBox(int group) {
        return "#consent-group-" + group + "-all";
    }
}
