package io.assent.testing.browser;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cookies as a browser keeps them, for which the loopback address is as safe as https. */
final class LoopbackCookies extends CookieManager {

    @Override
    public void put(URI uri, Map<String, List<String>> headers) throws IOException {
        Map<String, List<String>> safe = new HashMap<>(headers);
        safe.replaceAll((name, values) -> name.equalsIgnoreCase("Set-Cookie")
                ? values.stream()
                        .map(value -> value.replaceAll("(?i);\\s*Secure(?=;|$)", ""))
                        .toList()
                : values);
        super.put(uri, safe);
    }
}
