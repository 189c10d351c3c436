package io.assent.outbox;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Makes the {@link DeliveryHandler} of one kind. Each kind has threads of its own, so that none waits for another. */
public interface DeliveryHandlerFactory extends ProviderFactory<DeliveryHandler> {

    /** Who is reached: of deliveries to the same one, {@link #concurrencyPerTarget} are made at once. */
    default String target(Delivery delivery) {
        return delivery.target();
    }

    /** How many deliveries to the same target are made at once: a slow one must not take all threads of its kind. */
    default int concurrencyPerTarget() {
        return Integer.MAX_VALUE;
    }

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
