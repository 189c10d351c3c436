package io.assent.partner.end;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import io.assent.partner.revocation.RevocationStore;
import io.assent.partner.revocation.Revocations;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;

/** Makes {@link RevocationHandler}, and forgets the tokens of a removed realm. */
public final class RevocationHandlerFactory implements ClientDeliveryHandlerFactory {

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new RevocationHandler(session);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof RealmRemovedEvent removed) {
                RevocationStore.of(removed.getKeycloakSession())
                        .removeAll(removed.getRealm().getId());
            }
        });
    }

    @Override
    public String getId() {
        return Revocations.KIND;
    }
}
