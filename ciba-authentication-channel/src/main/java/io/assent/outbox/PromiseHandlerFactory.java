package io.assent.outbox;

import org.keycloak.models.KeycloakSession;

/** Makes the {@link PromiseHandler} of one kind. */
public interface PromiseHandlerFactory extends DeliveryHandlerFactory {

    @Override
    PromiseHandler create(KeycloakSession session);
}
