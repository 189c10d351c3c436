package io.assent.partner.jpa;

import io.assent.partner.PartnerStore;
import io.assent.partner.PartnerStoreFactory;
import io.assent.server.Customer;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;

/** Makes {@link JpaPartnerStore}, and forgets what was seen of a removed realm or user. */
public final class JpaPartnerStoreFactory implements PartnerStoreFactory {

    @Override
    public PartnerStore create(KeycloakSession session) {
        return new JpaPartnerStore(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
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
        } else if (event instanceof UserRemovedEvent removed) {
            create(removed.getKeycloakSession()).removeAll(Customer.of(removed.getRealm(), removed.getUser()));
        }
    }

    @Override
    public void close() {}
}
