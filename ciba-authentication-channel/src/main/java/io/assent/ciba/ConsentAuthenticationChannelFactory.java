package io.assent.ciba;

import io.assent.ciba.ping.PingHandlerFactory;
import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.permission.PermissionCatalogue;
import io.assent.push.PushNotifier;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestDecided;
import io.assent.request.ConsentRequestStore;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProvider;
import org.keycloak.protocol.oidc.grants.ciba.channel.AuthenticationChannelProviderFactory;
import org.keycloak.provider.ProviderEvent;

/** Wires the {@link ConsentAuthenticationChannel}, which is the server's channel unless an option names another. */
public final class ConsentAuthenticationChannelFactory implements AuthenticationChannelProviderFactory {

    static final String ID = "assent";

    private static final Logger LOG = Logger.getLogger(ConsentAuthenticationChannelFactory.class);

    @Override
    public AuthenticationChannelProvider create(KeycloakSession session) {
        return new ConsentAuthenticationChannel(
                session,
                session.getProvider(ConsentRequestStore.class),
                new PermissionCatalogue(session),
                new PushNotifier(session));
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
        factory.register(ConsentAuthenticationChannelFactory::ping);
    }

    /** The client's notification goes into the outbox with the answer itself: one can't be stored without the other. */
    private static void ping(ProviderEvent event) {
        if (event instanceof ConsentRequestDecided decided
                && decided.request().journey().name().equals(Journey.CIBA)) {
            KeycloakSession session = decided.session();
            RealmModel realm = session.getContext().getRealm();
            ClientModel client = realm.getClientById(decided.request().parties().clientId());
            if (client != null
                    && CibaConfig.CIBA_PING_MODE.equals(
                            realm.getCibaPolicy().getBackchannelTokenDeliveryMode(client))) {
                session.getProvider(Outbox.class)
                        .enqueue(new Delivery(
                                PingHandlerFactory.KIND,
                                decided.request().parties(),
                                decided.request().id(),
                                client.getId(),
                                decided.request().expiresAt()));
            }
        }
    }

    @Override
    public void close() {}
}
