package io.assent.device.attestation.android;

import io.assent.device.attestation.DeviceAttestationSpi;
import io.assent.device.attestation.DeviceAttestationVerifier;
import io.assent.device.attestation.DeviceAttestationVerifierFactory;
import io.assent.server.OperatorLog;
import io.assent.server.ProviderOptions;
import io.assent.server.ServerTime;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Makes {@link AndroidKeyVerifier}, with the roots that the operator trusts. */
public final class AndroidKeyVerifierFactory implements DeviceAttestationVerifierFactory {

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(AndroidKeyVerifierFactory.class));

    private AndroidKeyVerifier verifier = new AndroidKeyVerifier(Roots.NONE, ServerTime::now, LOG, Roots.OPTION);

    @Override
    public DeviceAttestationVerifier create(KeycloakSession session) {
        return verifier;
    }

    @Override
    public String getId() {
        return AndroidKeyVerifier.FORMAT;
    }

    @Override
    public void init(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(DeviceAttestationSpi.NAME, AndroidKeyVerifier.FORMAT, config);
        verifier = new AndroidKeyVerifier(Roots.read(options), ServerTime::now, LOG, options.name(Roots.OPTION));
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(Roots.OPTION)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The path of a PEM file with the root certificates of key attestations, such as those"
                        + " that Google publishes. Without it no attestation of this format is accepted.")
                .add()
                .build();
    }
}
