package io.assent.token;

import io.assent.consent.Consent;
import io.assent.server.AssentEvent;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * A consent's tokens ended: with the consent, or because the client had it changed and got others. Told within the
 * transaction in which they end; not where the client or the customer is gone, whose tokens went with them.
 *
 * @param sessions what of Keycloak's sessions ended; empty where they had ended before
 */
public record TokensEnded(Consent consent, Set<EndedSession> sessions) implements AssentEvent {

    public TokensEnded {
        Objects.requireNonNull(consent);
        sessions = Set.copyOf(sessions);
    }

    /**
     * The session of the client in one login of the customer.
     *
     * @param id the user session's, which is the {@code sid} of its tokens
     * @param issuer the {@code iss} of its tokens
     */
    public record EndedSession(String id, String issuer) {
        public EndedSession {
            Objects.requireNonNull(id);
            Objects.requireNonNull(issuer);
        }

        static Optional<EndedSession> find(UserSessionModel login, ClientModel client) {
            AuthenticatedClientSessionModel session = login.getAuthenticatedClientSessionByClient(client.getId());
            return Optional.ofNullable(session)
                    .map(found -> found.getNote(OIDCLoginProtocol.ISSUER))
                    .map(issuer -> new EndedSession(login.getId(), issuer));
        }
    }
}
