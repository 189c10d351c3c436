package io.assent.push.sns;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import io.assent.push.vendor.SenderOptions;
import io.assent.push.vendor.VendorClient;
import io.assent.push.vendor.VendorPushSenderFactory;
import java.util.Optional;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The platform {@code sns}: Amazon SNS, to phones or to a topic. */
public final class SnsPushSenderFactory extends VendorPushSenderFactory {

    public SnsPushSenderFactory() {
        super("sns");
    }

    @Override
    protected Optional<? extends VendorClient> connect(SenderOptions options) {
        return SnsConfig.read(options).map(settings -> new SnsVendorClient(settings, options));
    }

    @Override
    protected void describe(ProviderConfigurationBuilder options) {
        options.property()
                .name(SnsConfig.ANDROID_APPLICATION_ARN)
                .type(STRING_TYPE)
                .helpText("The ARN of the platform application for FCM.")
                .add()
                .property()
                .name(SnsConfig.APPLE_APPLICATION_ARN)
                .type(STRING_TYPE)
                .helpText("The ARN of the platform application for APNs, or for its sandbox.")
                .add()
                .property()
                .name(SnsConfig.APPLE_SANDBOX)
                .type(BOOLEAN_TYPE)
                .helpText("Whether the platform application is for the sandbox of APNs. Default: as its ARN says.")
                .add()
                .property()
                .name(SnsConfig.TOPIC_ARN)
                .type(STRING_TYPE)
                .helpText("The ARN of a topic to which pushes are published instead of to phones.")
                .add()
                .property()
                .name(SnsConfig.REGION)
                .type(STRING_TYPE)
                .helpText("The AWS region. Default: the one in the ARNs.")
                .add()
                .property()
                .name(SnsConfig.ENDPOINT)
                .type(STRING_TYPE)
                .helpText("The URL of a server that gets the pushes instead of the region's: https, or this"
                        + " machine.")
                .add();
    }
}
