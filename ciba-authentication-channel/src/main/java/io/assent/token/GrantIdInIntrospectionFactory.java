package io.assent.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Puts {@link GrantIdInIntrospection} in the place of the stock provider, in every realm and with no setting. */
public final class GrantIdInIntrospectionFactory extends AccessTokenIntrospectionProviderFactory {

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new GrantIdInIntrospection(session);
    }

    /** Above the stock provider's 0. */
    @Override
    public int order() {
        return 1;
    }
}
