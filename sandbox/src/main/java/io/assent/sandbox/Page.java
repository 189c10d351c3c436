package io.assent.sandbox;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;

/** A file of the sandbox's pages. What is not listed here is not served, whatever else is on the class path. */
enum Page {
    PORTAL("portal.html", Type.HTML),
    PHONE("phone.html", Type.HTML),
    TPP("tpp.html", Type.HTML),
    DEMO("demo.html", Type.HTML),
    SANDBOX_CSS("sandbox.css", Type.CSS),
    PORTAL_CSS("portal.css", Type.CSS),
    PHONE_CSS("phone.css", Type.CSS),
    TPP_CSS("tpp.css", Type.CSS),
    DEMO_CSS("demo.css", Type.CSS),
    PORTAL_JS("portal.js", Type.JAVASCRIPT),
    PHONE_JS("phone.js", Type.JAVASCRIPT),
    TPP_JS("tpp.js", Type.JAVASCRIPT),
    DEMO_JS("demo.js", Type.JAVASCRIPT),
    DEMO_STORY_JS("demo-story.js", Type.JAVASCRIPT),
    APP_LINK_JS("app-link.js", Type.JAVASCRIPT),
    BALANCES_JS("balances.js", Type.JAVASCRIPT),
    BANK_API_JS("bank-api.js", Type.JAVASCRIPT),
    CLOCK_JS("clock.js", Type.JAVASCRIPT),
    CODE_FLOW_JS("code-flow.js", Type.JAVASCRIPT),
    CONSENT_VIEW_JS("consent-view.js", Type.JAVASCRIPT),
    CONTENT_HASH_JS("content-hash.js", Type.JAVASCRIPT),
    DEVICE_JS("device.js", Type.JAVASCRIPT),
    ELEMENTS_JS("elements.js", Type.JAVASCRIPT),
    ENCODING_JS("encoding.js", Type.JAVASCRIPT),
    EVENT_STREAM_JS("event-stream.js", Type.JAVASCRIPT),
    FINGER_JS("finger.js", Type.JAVASCRIPT),
    IDENTITY_JS("identity.js", Type.JAVASCRIPT),
    LINK_VIEW_JS("link-view.js", Type.JAVASCRIPT),
    LOGIN_JS("login.js", Type.JAVASCRIPT),
    NEW_CLIENT_JS("new-client.js", Type.JAVASCRIPT),
    PARTNER_VIEW_JS("partner-view.js", Type.JAVASCRIPT),
    PAYMENT_JS("payment.js", Type.JAVASCRIPT),
    PROBLEM_JS("problem.js", Type.JAVASCRIPT),
    REALM_JS("realm.js", Type.JAVASCRIPT),
    DETAIL_VIEW_JS("detail-view.js", Type.JAVASCRIPT),
    REQUEST_VIEW_JS("request-view.js", Type.JAVASCRIPT),
    SCANNER_JS("scanner.js", Type.JAVASCRIPT),
    SIGNED_DECISION_JS("signed-decision.js", Type.JAVASCRIPT),
    TPP_BANK_JS("tpp-bank.js", Type.JAVASCRIPT),
    TPP_CLIENT_JS("tpp-client.js", Type.JAVASCRIPT),
    WORDS_JS("words.js", Type.JAVASCRIPT),
    WORDS_DE_JS("words-de.js", Type.JAVASCRIPT),
    WORDS_EN_JS("words-en.js", Type.JAVASCRIPT);

    /** Everything comes from this server, in files of its own; the portal has the other pages in frames. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'self'";

    private final String file;
    private final String mediaType;

    Page(String file, String mediaType) {
        this.file = file;
        this.mediaType = mediaType;
    }

    /** The file that HTML pages load under this name. */
    static Optional<Page> asset(String file) {
        return Arrays.stream(values())
                .filter(page -> !page.mediaType.equals(Type.HTML))
                .filter(page -> page.file.equals(file))
                .findFirst();
    }

    Response toResponse(KeycloakSession session) {
        // The server would replace the policy by the realm's, which is made for Keycloak's own pages.
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        return Response.ok(content(), mediaType)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "SAMEORIGIN")
                .header("X-Robots-Tag", "none")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    byte[] content() {
        try (InputStream content = Page.class.getResourceAsStream("assets/" + file)) {
            if (content == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Type {
        static final String HTML = "text/html;charset=UTF-8";
        static final String CSS = "text/css;charset=UTF-8";
        static final String JAVASCRIPT = "text/javascript;charset=UTF-8";
    }
}
