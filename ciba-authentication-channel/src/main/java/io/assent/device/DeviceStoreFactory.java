package io.assent.device;

import org.keycloak.provider.ProviderFactory;

/** Makes the {@link DeviceStore} of a session. */
public interface DeviceStoreFactory extends ProviderFactory<DeviceStore> {}
