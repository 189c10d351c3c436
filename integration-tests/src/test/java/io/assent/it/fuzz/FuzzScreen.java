package io.assent.it.fuzz;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;

import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The consent screen's form, with an answer that is none. Each input is sent with the cookies of a browser that has the
 * screen open; if that is over afterwards, an input was taken for an answer.
 */
final class FuzzScreen implements Fuzz.Target {

    /** More than send at once, so that none takes another one's form away. */
    private static final int BROWSERS = 8;

    /** A browser with the screen open. */
    private record Open(WebClient browser, URI screen) {}

    private final Realm realm;
    private final BlockingQueue<Open> browsers = new ArrayBlockingQueue<>(BROWSERS);

    /** Each browser is another customer's, since a page takes the place of the one before. */
    FuzzScreen(Realm realm, Tpp tpp) {
        this.realm = realm;
        for (int number = 0; number < BROWSERS; number++) {
            WebClient browser = new WebClient(realm);
            CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, BALANCES, TRANSACTIONS);
            browsers.add(
                    new Open(browser, browser.open(flow, realm.newCustomer()).uri()));
        }
    }

    @Override
    public Optional<FuzzInput> next(FuzzNoise noise) {
        Open open = browsers.remove();
        try {
            WebPage page = open.browser().open(open.screen());
            if (!page.asks()) {
                throw new IllegalStateException("the screen is gone, after some input: " + page);
            }
            return Optional.of(input(noise, page.action(), open.browser().cookies(page.action())));
        } finally {
            browsers.add(open);
        }
    }

    private FuzzInput input(FuzzNoise noise, URI action, String cookies) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cookie", cookies);
        headers.put("Content-Type", noise.oneIn(8) ? noise.line() : "application/x-www-form-urlencoded");
        String path = action.getRawPath() + "?"
                + (noise.oneIn(4) ? damaged(noise, action.getRawQuery()) : action.getRawQuery());
        return new FuzzInput(
                "screen",
                "POST",
                path,
                "/realms/" + realm.name() + "/login-actions/authenticate?" + action.getRawQuery(),
                headers,
                form(noise).getBytes(StandardCharsets.UTF_8),
                true);
    }

    /** Neither an approval of what was asked for, nor a denial. */
    private static String form(FuzzNoise noise) {
        List<String> fields = new ArrayList<>();
        boolean approves = noise.oneIn(2);
        fields.add("decision=" + encoded(approves ? "approve" : "x" + noise.text()));
        if (noise.oneIn(4)) {
            fields.add("decision=" + encoded(noise.text()));
        }
        for (int left = noise.below(noise.oneIn(20) ? 500 : 5); left > 0; left--) {
            fields.add("permission=" + (noise.oneIn(4) ? noise.segment() : encoded(noise.text())));
        }
        if (approves) {
            fields.add("permission=" + encoded("x" + noise.text()));
        }
        if (noise.oneIn(3)) {
            fields.add(encoded("x" + noise.text()) + "=" + encoded(noise.text()));
        }
        return String.join("&", fields);
    }

    private static String damaged(FuzzNoise noise, String query) {
        return new String(noise.damaged(query), StandardCharsets.ISO_8859_1).replaceAll("[\\s\\x00-\\x1f#]", "~");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
