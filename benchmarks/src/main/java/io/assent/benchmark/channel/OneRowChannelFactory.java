package io.assent.benchmark.channel;

import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProviderFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * The floor of anything that survives a restart: a channel that inserts one row in the request's transaction, and asks
 * nobody. The answer comes through the stock callback, whose bearer token names the authentication result: so that the
 * load generator can make that token without any work of the server's, the result is called by the request's
 * {@code binding_message}.
 */
public final class OneRowChannelFactory implements AuthenticationChannelProviderFactory {

    @Override
    public AuthenticationChannelProvider create(KeycloakSession session) {
        return new AuthenticationChannelProvider() {
            @Override
            public boolean requestAuthentication(CIBAAuthenticationRequest request, String infoUsedByAuthenticator) {
                request.setAuthResultId(request.getBindingMessage());
                session.getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .persist(new RowEntity(session.getContext().getRealm().getId(), request));
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return "benchmark-one-row";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
