package io.assent.device.attestation;

import io.assent.api.PublicApi;
import java.security.interfaces.ECPublicKey;
import org.keycloak.provider.Provider;

/** Verifies attestations of one format, which is its provider's id. Called within a transaction: it calls nobody. */
@PublicApi
public interface DeviceAttestationVerifier extends Provider {

    /**
     * Whether it was made for this key, in answer to this challenge, and by somebody whom the operator trusts.
     *
     * @param challenge as the app got it; 43 characters
     * @param key on the curve P-256
     * @return its format is this provider's id
     */
    AttestationResult verify(Attestation attestation, String challenge, ECPublicKey key);

    @Override
    default void close() {}
}
