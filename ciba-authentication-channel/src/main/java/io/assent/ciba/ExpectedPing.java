package io.assent.ciba;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * What the channel knows about a later ping, on its way to the endpoint, which alone sees the {@code auth_req_id}.
 *
 * @param requestId the consent request's id
 */
record ExpectedPing(String requestId, String clientNotificationToken) {

    private static final String ATTRIBUTE = ExpectedPing.class.getName();

    void keepIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    static Optional<ExpectedPing> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, ExpectedPing.class));
    }
}
