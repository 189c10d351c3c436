package io.assent.token;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link TokenEnder}. */
public final class TokenEnderFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new TokenEnder(session);
    }

    @Override
    public String getId() {
        return "token-ender";
    }
}
