package io.assent.device.attestation;

import io.assent.api.PublicApi;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/**
 * Makes a {@link DeviceAttestationVerifier}. Its id is the format that an app names: at most 20 lower-case letters,
 * digits and hyphens.
 */
@PublicApi
public interface DeviceAttestationVerifierFactory extends ProviderFactory<DeviceAttestationVerifier> {

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
