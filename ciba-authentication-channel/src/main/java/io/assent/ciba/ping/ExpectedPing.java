package io.assent.ciba.ping;

import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;

/**
 * What the channel knows about a later ping, on its way to the endpoint, which alone sees the {@code auth_req_id}.
 *
 * @param requestId the consent request's id
 */
public record ExpectedPing(String requestId, String clientNotificationToken) {

    private static final String ATTRIBUTE = ExpectedPing.class.getName();
    private static final String REFUSED = ATTRIBUTE + ".refused";

    /** CIBA Core 1.0, section 7.1: the syntax of a bearer token, as in RFC 6750, section 2.1. */
    private static final Pattern BEARER_TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /** Whether a ping could carry this client notification token. */
    public static boolean isWellFormed(String clientNotificationToken) {
        return BEARER_TOKEN.matcher(clientNotificationToken).matches();
    }

    public void keepIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    public static Optional<ExpectedPing> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, ExpectedPing.class));
    }

    /** Notes that the client's notification token is not well formed. */
    public static void refuseIn(KeycloakSession session) {
        session.setAttribute(REFUSED, true);
    }

    public static boolean isRefusedIn(KeycloakSession session) {
        return session.getAttribute(REFUSED) != null;
    }
}
