package io.assent.benchmark.channel;

import java.util.function.Consumer;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProviderFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;

/**
 * A channel that asks nobody. The answer comes through the stock callback, whose bearer token names the authentication
 * result: so that the load generator can make that token without any work of the server's, the result is called by the
 * request's {@code binding_message}.
 */
abstract class FloorChannelFactory implements AuthenticationChannelProviderFactory {

    /** All that this channel does for a request. */
    abstract Consumer<CIBAAuthenticationRequest> work(KeycloakSession session);

    @Override
    public final AuthenticationChannelProvider create(KeycloakSession session) {
        return new AuthenticationChannelProvider() {
            @Override
            public boolean requestAuthentication(CIBAAuthenticationRequest request, String infoUsedByAuthenticator) {
                request.setAuthResultId(request.getBindingMessage());
                work(session).accept(request);
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public final void init(Config.Scope config) {}

    @Override
    public final void postInit(KeycloakSessionFactory factory) {}

    @Override
    public final void close() {}
}
