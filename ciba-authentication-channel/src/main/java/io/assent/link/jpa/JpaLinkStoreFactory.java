package io.assent.link.jpa;

import io.assent.link.LinkSpi;
import io.assent.link.LinkStore;
import io.assent.link.LinkStoreFactory;
import io.assent.link.OpenRate;
import io.assent.server.Customer;
import io.assent.server.ProviderOptions;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel.ClientRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderEvent;

/** Makes {@link JpaLinkStore}, and forgets the links of a removed realm, client or user. */
public final class JpaLinkStoreFactory implements LinkStoreFactory {

    private static final String ID = "jpa";
    private static final String OPENED_PER_MINUTE = "opened-per-minute";
    private static final int MOST_PER_MINUTE = 1_000_000;

    private OpenRate openRate;

    @Override
    public LinkStore create(KeycloakSession session) {
        return new JpaLinkStore(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(),
                session.getKeycloakSessionFactory());
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public OpenRate openRate() {
        return openRate;
    }

    @Override
    public void init(Config.Scope config) {
        openRate = new OpenRate(new ProviderOptions(LinkSpi.NAME, ID, config)
                .number(OPENED_PER_MINUTE, OpenRate.DEFAULT_PER_MINUTE, 1, MOST_PER_MINUTE));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(this::forget);
    }

    private void forget(ProviderEvent event) {
        if (event instanceof RealmRemovedEvent removed) {
            create(removed.getKeycloakSession()).removeAll(removed.getRealm().getId());
        } else if (event instanceof ClientRemovedEvent removed) {
            create(removed.getKeycloakSession())
                    .removeAll(
                            removed.getClient().getRealm().getId(),
                            removed.getClient().getId());
        } else if (event instanceof UserRemovedEvent removed) {
            create(removed.getKeycloakSession()).removeAll(Customer.of(removed.getRealm(), removed.getUser()));
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(OPENED_PER_MINUTE)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(OpenRate.DEFAULT_PER_MINUTE)
                .helpText("The number of login pages for the app that one client can open at one node in a"
                        + " minute, for customers who are not known yet. All clients of a realm together can open"
                        + " five times as many. Further customers are asked to try again.")
                .add()
                .build();
    }

    @Override
    public void close() {}
}
