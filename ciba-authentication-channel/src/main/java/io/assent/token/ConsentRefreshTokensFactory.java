package io.assent.token;

import io.assent.consent.Consents;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProviderFactory;

/** Makes {@link ConsentRefreshTokens}. */
public final class ConsentRefreshTokensFactory implements RefreshTokenProviderFactory {

    @Override
    public RefreshTokenProvider create(KeycloakSession session) {
        return new ConsentRefreshTokens(session, Consents.of(session));
    }

    @Override
    public String getId() {
        return "assent-consent";
    }

    /** Above the stock provider's 0. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
