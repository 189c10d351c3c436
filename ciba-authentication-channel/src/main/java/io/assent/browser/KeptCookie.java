package io.assent.browser;

import io.assent.link.Browser;
import java.net.URI;

/**
 * How a browser keeps its cookie. By TLS it is one of the host alone: a browser takes the prefix of its name from no
 * other host of the domain (RFC 6265bis, section 4.1.3.2), so that nobody there gives a browser a cookie that is known
 * elsewhere. Such a cookie is sent to all realms, and each is told another browser. Without TLS, for who tries things
 * out, it is one of the realm's path.
 *
 * @param ofHost whether it is one of the host alone; a browser takes such a one as {@code Secure} without a domain only
 */
record KeptCookie(String name, String path, boolean ofHost) {

    /**
     * @param server as the browser calls it
     * @param realmPath where the realm's cookies are
     */
    static KeptCookie of(URI server, String realmPath) {
        return "https".equalsIgnoreCase(server.getScheme())
                ? new KeptCookie("__Host-" + Browser.COOKIE, "/", true)
                : new KeptCookie(Browser.COOKIE, realmPath, false);
    }

    /** The browser that a realm knows. @param kept by its cookie */
    Browser in(String realmId, Browser kept) {
        return ofHost ? kept.in(realmId) : kept;
    }
}
