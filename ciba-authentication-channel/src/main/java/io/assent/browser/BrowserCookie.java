package io.assent.browser;

import io.assent.link.Browser;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.NewCookie.SameSite;
import java.util.Optional;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.utils.SecureContextResolver;

/**
 * The cookie by which a {@link Browser} is known again, as long as it is open. It outlives the server's own login
 * session, so that a login that is begun anew is still that of the same browser. No script reads it, and no page of
 * anybody else's has it sent but by leading the customer here.
 */
public final class BrowserCookie {

    private final KeycloakSession session;

    private BrowserCookie(KeycloakSession session) {
        this.session = session;
    }

    /** That of the call that the session is for. */
    public static BrowserCookie of(KeycloakSession session) {
        return new BrowserCookie(session);
    }

    /** The browser that calls; empty where it is not known. */
    public Optional<Browser> find() {
        KeptCookie kept = kept();
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(kept.name());
        return Optional.ofNullable(session.getAttribute(Browser.COOKIE, Browser.class))
                .or(() -> Optional.ofNullable(cookie)
                        .map(Cookie::getValue)
                        .flatMap(Browser::of)
                        .map(browser -> kept.in(realmId(), browser)));
    }

    /** The browser that calls; one that is not known is told a cookie in the answer to this call. */
    public Browser findOrNew() {
        return find().orElseGet(this::unknown);
    }

    private Browser unknown() {
        Browser unknown = Browser.unknown();
        KeptCookie kept = kept();
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(kept.name())
                        .value(unknown.cookie())
                        .path(kept.path())
                        .secure(kept.ofHost() || SecureContextResolver.isSecureContext(session))
                        .httpOnly(true)
                        .sameSite(SameSite.LAX)
                        .build());
        Browser browser = kept.in(realmId(), unknown);
        // asked again in the same call, it is the same one
        session.setAttribute(Browser.COOKIE, browser);
        return browser;
    }

    private KeptCookie kept() {
        KeycloakContext context = session.getContext();
        return KeptCookie.of(
                context.getUri().getBaseUri(),
                AuthenticationManager.getRealmCookiePath(context.getRealm(), context.getUri()));
    }

    private String realmId() {
        return session.getContext().getRealm().getId();
    }
}
