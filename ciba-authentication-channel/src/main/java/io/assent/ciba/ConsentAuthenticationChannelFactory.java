package io.assent.ciba;

import io.assent.permission.PermissionCatalogue;
import io.assent.request.ConsentApp;
import io.assent.request.ConsentRequests;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProviderFactory;

/** Makes the {@link ConsentAuthenticationChannel}, which is the server's channel unless an option names another. */
public final class ConsentAuthenticationChannelFactory implements AuthenticationChannelProviderFactory {

    static final String ID = "assent";

    private static final Logger LOG = Logger.getLogger(ConsentAuthenticationChannelFactory.class);

    private final ConsentApp app = new ConsentApp();

    @Override
    public AuthenticationChannelProvider create(KeycloakSession session) {
        return new ConsentAuthenticationChannel(
                session, app, ConsentRequests.of(session), new PermissionCatalogue(session));
    }

    @Override
    public String getId() {
        return ID;
    }

    /** Above the stock HTTP channel's 0, so that no option is needed. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        String chosen =
                factory.getProviderFactory(AuthenticationChannelProvider.class).getId();
        if (!ID.equals(chosen)) {
            LOG.warnf(
                    "--spi-ciba-auth-channel--provider names '%s': no CIBA request will reach a customer's app, and none"
                            + " will be answered with a token. Remove the option, or set it to '%s'.",
                    chosen, ID);
        }
    }

    @Override
    public void close() {}
}
