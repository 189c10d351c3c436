package io.assent.push.fcm;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import io.assent.push.vendor.SenderOptions;
import io.assent.push.vendor.VendorClient;
import io.assent.push.vendor.VendorPushSenderFactory;
import java.util.Optional;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The platform {@code fcm}: Firebase Cloud Messaging. */
public final class FcmPushSenderFactory extends VendorPushSenderFactory {

    public FcmPushSenderFactory() {
        super("fcm");
    }

    @Override
    protected Optional<? extends VendorClient> connect(SenderOptions options) {
        return FcmConfig.read(options).map(settings -> new FcmVendorClient(settings, options));
    }

    @Override
    protected void describe(ProviderConfigurationBuilder options) {
        options.property()
                .name(FcmConfig.SERVICE_ACCOUNT)
                .type(STRING_TYPE)
                .helpText("The path of the JSON key file of a service account that may send messages.")
                .add()
                .property()
                .name(FcmConfig.APPLICATION_DEFAULT_CREDENTIALS)
                .type(BOOLEAN_TYPE)
                .defaultValue(false)
                .helpText("Whether to use Google's application default credentials instead.")
                .add()
                .property()
                .name(FcmConfig.PROJECT_ID)
                .type(STRING_TYPE)
                .helpText("The id of the Firebase project. Default: the one that the credentials name.")
                .add()
                .property()
                .name(FcmConfig.ENDPOINT)
                .type(STRING_TYPE)
                .helpText("The URL of a server that gets the pushes instead of FCM: https, or this machine.")
                .add();
    }
}
