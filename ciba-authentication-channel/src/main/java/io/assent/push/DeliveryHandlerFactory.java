package io.assent.push;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link DeliveryHandler} of one kind. */
public interface DeliveryHandlerFactory extends ProviderFactory<DeliveryHandler> {}
