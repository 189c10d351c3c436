package io.assent.consent.jpa;

import io.assent.consent.ConsentStore;
import io.assent.consent.ConsentStoreFactory;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;

/** Makes {@link JpaConsentStore}, and forgets what belongs to a removed realm. */
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
        factory.register(event -> {
            if (event instanceof RealmRemovedEvent removed) {
                create(removed.getKeycloakSession())
                        .removeAll(removed.getRealm().getId());
            }
        });
    }

    @Override
    public void close() {}
}
