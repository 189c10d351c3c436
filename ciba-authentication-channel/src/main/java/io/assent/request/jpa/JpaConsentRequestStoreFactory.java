package io.assent.request.jpa;

import io.assent.consent.ClientName;
import io.assent.limit.AskedNow;
import io.assent.lock.PartiesLock;
import io.assent.offswitch.OffSwitch;
import io.assent.request.ConsentApp;
import io.assent.request.ConsentRequestStore;
import io.assent.request.ConsentRequestStoreFactory;
import io.assent.request.ConsentRequests;
import io.assent.server.Customer;
import jakarta.persistence.EntityManager;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientModel.ClientRemovedEvent;
import org.keycloak.models.ClientModel.ClientUpdatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Wires {@link JpaConsentRequestStore}, forgets what belongs to a removed realm, client or user, and ends what waits of
 * a client that is switched off.
 */
public final class JpaConsentRequestStoreFactory implements ConsentRequestStoreFactory {

    private final ShownTexts texts = new ShownTexts();
    private final AskedNow askedNow = new AskedNow();
    private final ConsentApp app = new ConsentApp();

    @Override
    public ConsentRequestStore create(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return new JpaConsentRequestStore(
                em,
                PartiesLock.of(session),
                new RecentQuestionsQuery(session, em, askedNow),
                session.getKeycloakSessionFactory(),
                texts,
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

    private void follow(ProviderEvent event) {
        if (event instanceof RealmRemovedEvent removed) {
            create(removed.getKeycloakSession()).removeAll(removed.getRealm().getId());
        } else if (event instanceof ClientRemovedEvent removed) {
            ConsentRequests.of(removed.getKeycloakSession())
                    .clientRemoved(
                            removed.getClient().getRealm().getId(),
                            removed.getClient().getId());
        } else if (event instanceof ClientUpdatedEvent updated) {
            follow(updated.getKeycloakSession(), updated.getUpdatedClient());
        } else if (event instanceof UserRemovedEvent removed) {
            ConsentRequests.of(removed.getKeycloakSession())
                    .customerRemoved(Customer.of(removed.getRealm(), removed.getUser()));
        }
    }

    /** Whoever switched the client off: the console, the admin API, a registration, the pack. */
    private void follow(KeycloakSession session, ClientModel updated) {
        RealmModel realm = updated.getRealm();
        if (app.isIn(realm) && OffSwitch.of(updated).follow()) {
            ConsentRequests.of(session).clientSwitchedOff(realm.getId(), updated.getId());
            TakingBack.afterCommit(session);
            SecondLook.schedule(session, realm.getId(), updated.getId());
        }
    }

    @Override
    public void close() {}
}
