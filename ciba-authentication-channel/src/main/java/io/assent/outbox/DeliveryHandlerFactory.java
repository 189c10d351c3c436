package io.assent.outbox;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link DeliveryHandler} of one kind. Each kind has threads of its own, so that none waits for another. */
public interface DeliveryHandlerFactory extends ProviderFactory<DeliveryHandler> {

    /** How many deliveries to the same target are made at once: a slow one must not take all threads of its kind. */
    default int concurrencyPerTarget() {
        return Integer.MAX_VALUE;
    }
}
