package io.assent.token.stored;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Makes {@link StoredUserConsent}. */
public final class StoredUserConsentFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new StoredUserConsent(
                session,
                new UserConsentRows(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }

    @Override
    public String getId() {
        return "stored-user-consent";
    }
}
