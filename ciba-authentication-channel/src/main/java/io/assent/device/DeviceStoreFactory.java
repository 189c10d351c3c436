package io.assent.device;

import java.util.Set;
import org.keycloak.provider.ProviderFactory;

/** Makes the {@link DeviceStore} of a session. */
public interface DeviceStoreFactory extends ProviderFactory<DeviceStore> {

    /** The platforms that the operator lets customers register devices for; empty for all but those for trials. */
    Set<String> allowedPlatforms();
}
