package io.assent.claim;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.IDToken;

/**
 * The ID token that this server call is about to issue, kept from the moment at which the client policies see it for
 * the code that knows what was granted. The server encodes it after that.
 */
public final class IdTokenInProgress {

    private static final String ATTRIBUTE = IdTokenInProgress.class.getName();

    /** @param token or {@code null} where there is none */
    public static void keepIn(KeycloakSession session, IDToken token) {
        session.setAttribute(ATTRIBUTE, new Shown(token));
    }

    /** Whether it was shown, or that there is none: else there may be one that nobody sees. */
    public static boolean isShown(KeycloakSession session) {
        return session.getAttribute(ATTRIBUTE, Shown.class) != null;
    }

    public static Optional<IDToken> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, Shown.class)).map(Shown::token);
    }

    /** @param token or {@code null} */
    private record Shown(IDToken token) {}

    private IdTokenInProgress() {}
}
