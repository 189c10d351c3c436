package io.assent.ciba.request;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolver;
import org.keycloak.protocol.oidc.grants.ciba.resolvers.CIBALoginUserResolverFactory;

/** Makes {@link QuestionUserResolver}. */
public final class QuestionUserResolverFactory implements CIBALoginUserResolverFactory {

    @Override
    public CIBALoginUserResolver create(KeycloakSession session) {
        return new QuestionUserResolver(session);
    }

    @Override
    public String getId() {
        return "assent";
    }

    /** Above the stock resolver's 0. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
