package io.assent.screen.link;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether a browser says that it is on a phone, where the bank's app may be, too. A guess, which decides nothing but
 * what stands first on a page.
 */
final class Phone {

    /** A low-entropy client hint, which browsers send by themselves (W3C User-Agent Client Hints). */
    private static final String MOBILE = "Sec-CH-UA-Mobile";

    static boolean isCaller(HttpHeaders headers) {
        return is(headers.getHeaderString(MOBILE), headers.getHeaderString(HttpHeaders.USER_AGENT));
    }

    static boolean is(String mobile, String userAgent) {
        if (mobile != null && mobile.startsWith("?")) {
            return mobile.equals("?1");
        }
        String agent = userAgent == null ? "" : userAgent.toLowerCase(Locale.ROOT);
        return Stream.of("android", "iphone", "ipad", "ipod", "mobile").anyMatch(agent::contains);
    }

    private Phone() {}
}
