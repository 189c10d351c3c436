package io.assent.testing.browser;

import io.assent.testing.actor.AppLink;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;

/**
 * The page with the QR code, in a browser without a screen and without JavaScript. What it says of itself is in
 * attributes, which the templates of {@code permissions-theme} put there for its script as well.
 *
 * @param page as it was got
 */
public record AppLinkPage(WebClient browser, WebPage page) {

    private static final String LINK = "data-consent-link";
    private static final String STATE = "data-consent-state";
    private static final String DIGITS = "digits";

    /** Whether it is such a page at all. */
    public boolean isThere() {
        return !page.left() && first("[" + STATE + "]").isPresent();
    }

    /** What the QR code says, and the button. */
    public AppLink link() {
        return findLink().orElseThrow(() -> new AssertionError("no link: " + page));
    }

    public Optional<AppLink> findLink() {
        return first("[" + LINK + "]").map(element -> AppLink.of(element.attr(LINK)));
    }

    public String state() {
        return first("[" + STATE + "]")
                .map(element -> element.attr(STATE))
                .orElseThrow(() -> new AssertionError("no page with a link: " + page));
    }

    /** The two digits that a customer types into the app who did not scan. */
    public Optional<String> number() {
        return first("[data-consent-number]").map(Element::text);
    }

    public boolean offersMoreTime() {
        return first("button[name=more-time]").isPresent();
    }

    public boolean wantsDigits() {
        return first("input[name=" + DIGITS + "]").isPresent();
    }

    /** The page once more: by its form as it stands, which goes on where the login can go on. */
    public AppLinkPage again() {
        return send(Map.of());
    }

    /** The digits that the app shows. */
    public AppLinkPage enter(String digits) {
        return send(Map.of(DIGITS, List.of(digits)));
    }

    /** Opens what the app opens in the end, in this browser. */
    public AppLinkPage follow(URI returnUri) {
        return new AppLinkPage(browser, browser.open(returnUri));
    }

    /** Presses a button of the form, by its name. */
    public AppLinkPage press(String button, String value) {
        return send(Map.of(button, List.of(value)));
    }

    /** Where the browser was sent, away from the server. */
    public URI back() {
        if (!page.left()) {
            throw new AssertionError("the browser is still at the bank: " + page);
        }
        return page.uri();
    }

    private AppLinkPage send(Map<String, List<String>> more) {
        Map<String, List<String>> fields = page.fields();
        fields.putAll(more);
        return new AppLinkPage(browser, browser.send(page.action(), fields));
    }

    private Optional<Element> first(String selector) {
        return Optional.ofNullable(page.html().selectFirst(selector));
    }
}
