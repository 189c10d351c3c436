package io.assent.push.sns;

import io.assent.push.PushSender;
import io.assent.push.PushSenderFactory;
import io.assent.push.SendResult;
import io.assent.push.SendTimeouts;
import io.assent.push.SenderOptions;
import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The platform {@code sns}: Amazon SNS, to phones or to a topic. Not available without its settings. */
public final class SnsPushSenderFactory implements PushSenderFactory {

    private static final String ID = "sns";
    private static final PushSender UNAVAILABLE =
            (device, push) -> SendResult.RetryLater.because("this node has no settings for the platform " + ID);

    private SnsConnection connection;
    private boolean toPhones;

    @Override
    public PushSender create(KeycloakSession session) {
        return connection == null ? UNAVAILABLE : connection.sender();
    }

    @Override
    public boolean availableIn(KeycloakSession session, RealmModel realm) {
        return connection != null;
    }

    /** So that the endpoint is there before the first push. A topic knows no devices. */
    @Override
    public boolean registersDevices() {
        return toPhones;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        SenderOptions options = new SenderOptions(ID, config);
        Optional<SnsConfig> settings = SnsConfig.read(options);
        toPhones = settings.map(SnsConfig::destination)
                .filter(SnsConfig.Destination.Phones.class::isInstance)
                .isPresent();
        connection =
                settings.map(present -> new SnsConnection(present, options)).orElse(null);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        ProviderConfigurationBuilder builder = ProviderConfigurationBuilder.create()
                .property()
                .name(SnsConfig.ANDROID_APPLICATION_ARN)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The ARN of the platform application for FCM.")
                .add()
                .property()
                .name(SnsConfig.APPLE_APPLICATION_ARN)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The ARN of the platform application for APNs, or for its sandbox.")
                .add()
                .property()
                .name(SnsConfig.APPLE_SANDBOX)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .helpText("Whether that is for the sandbox of APNs. Default: as its ARN says.")
                .add()
                .property()
                .name(SnsConfig.TOPIC_ARN)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The ARN of a topic to publish to instead of phones.")
                .add()
                .property()
                .name(SnsConfig.REGION)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The AWS region. Default: the one in the ARNs.")
                .add()
                .property()
                .name(SnsConfig.ENDPOINT)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The URL of a server to send to instead of the region's: https, or this machine.")
                .add();
        return SendTimeouts.describe(builder).build();
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
