package io.assent.testing.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Http;
import java.util.List;
import java.util.Set;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The sandbox's TPP, as a developer uses it. */
public final class TppPage {

    private final Browser browser;
    private final String tab;

    private TppPage(Browser browser) {
        this.browser = browser;
        this.tab = browser.tab();
    }

    public static TppPage openInNewTab(Browser browser, Realm realm) {
        browser.openInNewTab(realm.uri("/sandbox/tpp"));
        return new TppPage(browser);
    }

    /** The page that the browser shows, or is on its way to. */
    public static TppPage shown(Browser browser) {
        return new TppPage(browser);
    }

    public TppPage show() {
        browser.switchTo(tab);
        return this;
    }

    /** Asks a customer for exactly these permissions, and waits until the bank has taken the request. */
    public void ask(String clientId, String username, Set<String> scopes) {
        choose(clientId, scopes);
        browser.type("#customer", username);
        browser.click("#ask");
        awaitState("waiting");
    }

    /** Asks a customer for exactly these permissions, and for the balances of accounts that the customer chooses. */
    public void askForBalances(String clientId, String username, Set<String> scopes) {
        choose(clientId, scopes);
        browser.click("#balances-asked");
        browser.type("#customer", username);
        browser.click("#ask");
        awaitState("waiting");
    }

    /** The balances that the page shows, account by account, once it has read them. */
    public List<String> balances() {
        awaitAnswer();
        return browser.all("#balances div").stream().map(WebElement::getText).toList();
    }

    /** Has the balances read anew. */
    public void readBalances() {
        browser.click("#read-balances");
    }

    /** Why it shows no balances; empty where it shows some. */
    public String noBalances() {
        awaitAnswer();
        return browser.all("#balances-text").get(0).getText();
    }

    private void awaitAnswer() {
        browser.until(
                "an answer of the bank", any -> browser.see("#read-balances").isEnabled());
    }

    /** Asks a customer for one payment in EUR, and waits until the bank has taken the request. */
    public void askForPayment(String clientId, String username, String amount, String payee, Set<String> scopes) {
        choose(clientId, scopes);
        browser.click("#payment-asked");
        browser.type("#amount", amount);
        browser.type("#payee", payee);
        browser.type("#customer", username);
        browser.click("#ask");
        awaitState("waiting");
    }

    /** The payment that the token carries, as the page says it. */
    public String carriedPayment() {
        return browser.see("#pay-what").getText();
    }

    /** Orders the payment that the token carries, and returns what the bank answered. */
    public String pay() {
        browser.click("#pay");
        browser.until(
                "an answer of the bank",
                any -> !browser.all("#paid").get(0).getText().isEmpty());
        return browser.see("#paid").getText();
    }

    /** Sends the browser to the bank's own pages with a request for exactly these permissions. */
    public void askInBrowser(String clientId, Set<String> scopes) {
        choose(clientId, scopes);
        browser.click("#ask-in-browser");
    }

    /** Sends the browser to the bank's page with a code to scan, for what the page asks for by itself. */
    public void askInApp() {
        browser.click("#ask-in-app");
    }

    /** The same for one payment in EUR. */
    public void askForPaymentInApp(String clientId, String amount, String payee, Set<String> scopes) {
        choose(clientId, scopes);
        browser.click("#payment-asked");
        browser.type("#amount", amount);
        browser.type("#payee", payee);
        browser.click("#ask-in-app");
    }

    private void choose(String clientId, Set<String> scopes) {
        browser.see("#client")
                .findElement(By.xpath("./option[.='" + clientId + "']"))
                .click();
        for (WebElement box : browser.all("[name=scope]")) {
            if (box.isDisplayed() && box.isSelected() != scopes.contains(box.getDomProperty("value"))) {
                box.click();
            }
        }
    }

    public void awaitState(String state) {
        browser.until(
                "state " + state,
                any -> browser.see("#state").getDomAttribute("data-state").equals(state));
    }

    public String stateText() {
        return browser.see("#state-text").getText();
    }

    /** The claims of the access token, as the page shows them. */
    public ObjectNode claims() {
        return Http.parse(browser.see("#claims").getText());
    }

    /** The same of the ID token. */
    public ObjectNode idClaims() {
        return Http.parse(browser.see("#id-claims").getText());
    }

    public List<String> granted(String kind) {
        return browser.all("#granted ." + kind + " code").stream()
                .map(WebElement::getText)
                .toList();
    }

    public boolean showsTokens() {
        return browser.all("#tokens").stream().anyMatch(WebElement::isDisplayed);
    }
}
