package io.assent.link.jpa;

import io.assent.link.LinkStore;
import io.assent.link.LinkStoreFactory;
import io.assent.server.Customer;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel.ClientRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;

/** Makes {@link JpaLinkStore}, and forgets the links of a removed realm, client or user. */
public final class JpaLinkStoreFactory implements LinkStoreFactory {

    @Override
    public LinkStore create(KeycloakSession session) {
        return new JpaLinkStore(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(),
                session.getKeycloakSessionFactory());
    }

    @Override
    public String getId() {
        return "jpa";
    }

    @Override
    public void init(Config.Scope config) {}

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
    public void close() {}
}
