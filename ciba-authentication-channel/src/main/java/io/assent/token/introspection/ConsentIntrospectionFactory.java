package io.assent.token.introspection;

import io.assent.consent.Consents;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/** Puts {@link ConsentIntrospection} in the place of the stock provider, in every realm and with no setting. */
public final class ConsentIntrospectionFactory extends AccessTokenIntrospectionProviderFactory {

    @Override
    public TokenIntrospectionProvider create(KeycloakSession session) {
        return new ConsentIntrospection(session, new IntrospectedConsent(session, Consents.of(session)));
    }

    /** Above the stock provider's 0. */
    @Override
    public int order() {
        return 1;
    }
}
