package io.assent.browser;

import io.assent.server.Base64Url;
import io.assent.server.Sha256;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.utils.SecureContextResolver;

/**
 * The cookie {@value #NAME} by which a browser is known again, as long as it is open: {@value #BYTES} random bytes in
 * base64url, which no script of a page can read. It outlives the server's own login session, so that a login that is
 * begun anew is still that of the same browser. Of it nothing is stored but its SHA-256.
 */
public final class BrowserCookie {

    public static final String NAME = "ASSENT_BROWSER";

    private static final int BYTES = 16;

    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{22}");

    /** That this call made it, so that a second question in the same call gets the same answer. */
    private static final String MADE = BrowserCookie.class.getName();

    private final KeycloakSession session;

    private BrowserCookie(KeycloakSession session) {
        this.session = session;
    }

    public static BrowserCookie of(KeycloakSession session) {
        return new BrowserCookie(session);
    }

    /** The hash of the cookie that the call brought, as {@link Sha256#base64Url}; empty where it brought none. */
    public Optional<String> hash() {
        Cookie cookie =
                session.getContext().getRequestHeaders().getCookies().get(NAME);
        return Optional.ofNullable(cookie)
                .map(Cookie::getValue)
                .filter(value -> VALUE.matcher(value).matches())
                .or(() -> Optional.ofNullable(session.getAttribute(MADE, String.class)))
                .map(Sha256::base64Url);
    }

    /** The same; a browser that has none gets one with the answer to this call. */
    public String hashOrNew() {
        return hash().orElseGet(this::made);
    }

    private String made() {
        String value = Base64Url.random(BYTES);
        KeycloakContext context = session.getContext();
        RealmModel realm = context.getRealm();
        context.getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(NAME)
                        .value(value)
                        .path(AuthenticationManager.getRealmCookiePath(realm, context.getUri()))
                        .secure(SecureContextResolver.isSecureContext(session))
                        .httpOnly(true)
                        .sameSite(SameSite.LAX)
                        .build());
        session.setAttribute(MADE, value);
        return Sha256.base64Url(value);
    }
}
