package io.assent.token.introspection;

import io.assent.consent.Consents;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.RefreshTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Puts {@link ConsentRefreshIntrospection} in the place of the stock provider, in every realm and with no setting. */
public final class ConsentRefreshIntrospectionFactory extends RefreshTokenIntrospectionProviderFactory {

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new ConsentRefreshIntrospection(session, new IntrospectedConsent(session, Consents.of(session)));
    }

    /** Above the stock provider's 0. */
    @Override
    public int order() {
        return 1;
    }
}
