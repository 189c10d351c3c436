package io.assent.rest.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Properties;
import org.keycloak.Config;
import org.keycloak.common.util.HtmlUtils;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.theme.Theme;
import org.keycloak.urls.UrlType;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.SecureContextResolver;

/**
 * Where the page is, and what it looks like: what Keycloak tells its own console.
 *
 * @param realm whose staff log in
 * @param darkModeClass what makes it dark where the browser prefers that; empty where the realm wants none
 * @param cryptoUrl what stands in for the browser's own cryptography, which it has in secure contexts alone; or empty
 */
record Surroundings(
        String serverBaseUrl,
        String adminBaseUrl,
        String realm,
        String masterRealm,
        String clientId,
        String darkModeClass,
        String logoUrl,
        String iconUrl,
        String styleUrl,
        String cryptoUrl) {

    private static final String COMMON = "/common/keycloak/vendor/";

    static Surroundings of(KeycloakSession session, RealmModel realm) {
        URI server = session.getContext().getUri(UrlType.FRONTEND).getBaseUri();
        URI admin = session.getContext().getUri(UrlType.ADMIN).getBaseUri();
        String themes = Urls.themeRoot(admin).getPath();
        try {
            Theme theme = session.theme().getTheme(Theme.Type.ADMIN);
            Properties look = theme.getProperties();
            String ofTheme = themes + "/admin/" + theme.getName();
            boolean isDarkAllowed =
                    Boolean.parseBoolean(look.getProperty("darkMode")) && realm.getAttribute("darkMode", Boolean.TRUE);
            return new Surroundings(
                    withoutSlash(server),
                    withoutSlash(admin),
                    realm.getName(),
                    Config.getAdminRealm(),
                    Constants.ADMIN_CONSOLE_CLIENT_ID,
                    isDarkAllowed ? look.getProperty("kcDarkModeClass", "") : "",
                    ofTheme + own(look.getProperty("logo"), "/logo.svg"),
                    ofTheme + own(look.getProperty("favIcon"), "/favicon.svg"),
                    themes + COMMON + "patternfly-v5/patternfly.min.css",
                    SecureContextResolver.isSecureContext(session)
                            ? ""
                            : themes + COMMON + "web-crypto-shim/web-crypto-shim.js");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a theme has elsewhere is not loaded from there. */
    private static String own(String path, String otherwise) {
        return path != null && path.startsWith("/") ? path : otherwise;
    }

    private static String withoutSlash(URI uri) {
        return uri.toString().replaceFirst("/+$", "");
    }

    /** Everything comes from this server, in files of its own. PatternFly has small pictures within its style. */
    String contentSecurityPolicy() {
        return "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
                + "connect-src 'self' " + UriUtils.getOrigin(serverBaseUrl) + "; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    String writtenInto(String template) {
        try {
            return template.replace("@style@", HtmlUtils.escapeAttribute(styleUrl))
                    .replace("@icon@", HtmlUtils.escapeAttribute(iconUrl))
                    .replace("@surroundings@", HtmlUtils.escapeAttribute(JsonSerialization.writeValueAsString(this)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
