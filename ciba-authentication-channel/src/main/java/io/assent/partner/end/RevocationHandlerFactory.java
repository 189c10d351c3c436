package io.assent.partner.end;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import io.assent.partner.revocation.RevocationStore;
import io.assent.partner.revocation.Revocations;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.IdentityProviderRemovedEvent;
import org.keycloak.models.RealmModel.RealmRemovedEvent;

/** Makes {@link RevocationHandler}, and forgets the tokens of a removed realm or identity provider. */
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
            } else if (event instanceof IdentityProviderRemovedEvent removed) {
                // one that is made anew may be given the same id
                RevocationStore.of(removed.getKeycloakSession())
                        .removeAll(
                                removed.getRealm().getId(),
                                removed.getRemovedIdentityProvider().getInternalId());
            }
        });
    }

    @Override
    public String getId() {
        return Revocations.KIND;
    }
}
