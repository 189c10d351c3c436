package io.assent.consent.jpa;

import io.assent.consent.ClientName;
import io.assent.consent.ConsentStore;
import io.assent.consent.ConsentStoreFactory;
import io.assent.consent.Consents;
import io.assent.lock.PartiesLock;
import io.assent.server.Customer;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel.ClientRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;

/** Makes {@link JpaConsentStore}, and follows what is removed. */
public final class JpaConsentStoreFactory implements ConsentStoreFactory {

    @Override
    public ConsentStore create(KeycloakSession session) {
        return new JpaConsentStore(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(),
                PartiesLock.of(session),
                parties -> ClientName.find(session, parties));
    }

    @Override
    public String getId() {
        return "jpa";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(this::follow);
    }

    /** A consent outlives its client and its customer as history, and goes with its realm. */
    private void follow(ProviderEvent event) {
        if (event instanceof RealmRemovedEvent removed) {
            create(removed.getKeycloakSession()).removeAll(removed.getRealm().getId());
        } else if (event instanceof ClientRemovedEvent removed) {
            Consents.of(removed.getKeycloakSession())
                    .clientRemoved(
                            removed.getClient().getRealm().getId(),
                            removed.getClient().getId());
        } else if (event instanceof UserRemovedEvent removed) {
            Consents.of(removed.getKeycloakSession())
                    .customerRemoved(Customer.of(removed.getRealm(), removed.getUser()));
        }
    }

    @Override
    public void close() {}
}
