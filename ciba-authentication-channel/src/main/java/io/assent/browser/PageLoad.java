package io.assent.browser;

import java.util.Locale;
import org.keycloak.http.HttpRequest;

/**
 * What a browser wants a page for, as it says in headers that no script can set (W3C Fetch Metadata). Any page of
 * anybody can name the server's address as that of an image.
 */
public record PageLoad(String destination, String purpose) {

    private static final String DESTINATION = "Sec-Fetch-Dest";
    private static final String PURPOSE = "Sec-Purpose";

    public static PageLoad of(HttpRequest request) {
        return new PageLoad(
                request.getHttpHeaders().getHeaderString(DESTINATION),
                request.getHttpHeaders().getHeaderString(PURPOSE));
    }

    /**
     * Whether the customer gets to see it as a page. A browser that does not say is an old one, or reaches the server
     * without encryption, and is believed: no other page can make a newer one keep silent.
     */
    public boolean isSeen() {
        boolean fetchedAhead =
                purpose != null && purpose.toLowerCase(Locale.ROOT).contains("prefetch");
        return !fetchedAhead && (destination == null || destination.equalsIgnoreCase("document"));
    }
}
