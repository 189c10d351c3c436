package io.assent.benchmark.load;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * The pack's way: the page shows a link into the bank's app and waits, as its script does. The app claims the link and
 * approves; the page is told of both, and goes on.
 */
public record AppLink(BankApp bankApp) implements BrowserLogin {

    private static final String WATCH = "Assent-Watch";
    private static final String STATE = "Assent-State";
    private static final String LINK = "Assent-Link";

    @Override
    public String code(Connection app, String authorizationRequest, int customer)
            throws IOException, InterruptedException {
        try (Browser browser = new Browser(app.port())) {
            Page page = browser.open(authorizationRequest);
            String waits = page.attribute("data-consent-waits");
            String watch = page.attribute("data-consent-watch");
            String link = page.attribute("data-consent-link");

            browser.ask(waits, Map.of(WATCH, watch, STATE, "open", LINK, link));
            Thread.sleep(ACT_MILLIS);
            String requestId = bankApp.claim(app, customer, URI.create(link).getRawPath());
            expectState(browser.answer(), "claimed");

            browser.ask(waits, Map.of(WATCH, watch, STATE, "claimed"));
            Thread.sleep(ACT_MILLIS);
            bankApp.approve(app, customer, requestId);
            expectState(browser.answer(), "approved");

            return browser.submit(page, "way=app").code();
        }
    }

    private static void expectState(Reply reply, String state) {
        String told =
                reply.expect(200, "a page that waits").json().required("state").textValue();
        if (!told.equals(state)) {
            throw new UnexpectedReply("a page that waits was told " + told + " instead of " + state);
        }
    }
}
