package io.assent.consent.jpa;

import io.assent.consent.Actor;
import io.assent.consent.Consent;
import io.assent.consent.ConsentStore;
import io.assent.consent.ConsentStoreFactory;
import io.assent.server.Customer;
import io.assent.server.ServerTime;
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
        factory.register(this::follow);
    }

    /** A consent outlives its client and its customer as history, and goes with its realm. */
    private void follow(ProviderEvent event) {
        if (event instanceof RealmRemovedEvent removed) {
            create(removed.getKeycloakSession()).removeAll(removed.getRealm().getId());
        } else if (event instanceof ClientRemovedEvent removed) {
            create(removed.getKeycloakSession())
                    .endAllOfClient(
                            removed.getClient().getRealm().getId(),
                            removed.getClient().getId(),
                            new Consent.End(Actor.SYSTEM, ServerTime.now()));
        } else if (event instanceof UserRemovedEvent removed) {
            create(removed.getKeycloakSession())
                    .endAll(
                            Customer.of(removed.getRealm(), removed.getUser()),
                            new Consent.End(Actor.SYSTEM, ServerTime.now()));
        }
    }

    @Override
    public void close() {}
}
