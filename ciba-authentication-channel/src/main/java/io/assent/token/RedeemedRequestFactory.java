package io.assent.token;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link RedeemedRequest}. */
public final class RedeemedRequestFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new RedeemedRequest(session);
    }

    @Override
    public String getId() {
        return "redeemed-request";
    }
}
