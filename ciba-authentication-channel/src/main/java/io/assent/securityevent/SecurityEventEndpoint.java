package io.assent.securityevent;

import io.assent.outbox.http.ClientEndpoint;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Where a client wants Security Event Tokens pushed to: its attribute {@value #ATTRIBUTE}. */
final class SecurityEventEndpoint {

    static final String ATTRIBUTE = "consent.security-event-url";

    /** Empty where it wants none. Also of one that is switched off. */
    static Optional<ClientEndpoint> find(KeycloakSession session, ClientModel client) {
        return Optional.ofNullable(client)
                .map(found -> found.getAttribute(ATTRIBUTE))
                .map(String::trim)
                .filter(url -> !url.isEmpty())
                .map(url -> ClientEndpoint.of(session, client, "security event URL", url));
    }

    private SecurityEventEndpoint() {}
}
