package io.assent.token.stored;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link StoredUserConsent}. */
public final class StoredUserConsentFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new StoredUserConsent(session);
    }

    @Override
    public String getId() {
        return "stored-user-consent";
    }
}
