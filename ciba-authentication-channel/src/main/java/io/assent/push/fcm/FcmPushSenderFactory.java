package io.assent.push.fcm;

import io.assent.push.PushSender;
import io.assent.push.PushSenderFactory;
import io.assent.push.SendResult;
import io.assent.push.SendTimeouts;
import io.assent.push.SenderOptions;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The platform {@code fcm}: Firebase Cloud Messaging. Not available without its settings. */
public final class FcmPushSenderFactory implements PushSenderFactory {

    private static final String ID = "fcm";
    private static final PushSender UNAVAILABLE =
            (device, push) -> SendResult.RetryLater.because("this node has no settings for the platform " + ID);

    private FcmClient client;

    @Override
    public PushSender create(KeycloakSession session) {
        return client == null ? UNAVAILABLE : client.sender();
    }

    @Override
    public boolean availableIn(KeycloakSession session, RealmModel realm) {
        return client != null;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        SenderOptions options = new SenderOptions(ID, config);
        client = FcmConfig.read(options)
                .map(settings -> new FcmClient(settings, options))
                .orElse(null);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        ProviderConfigurationBuilder builder = ProviderConfigurationBuilder.create()
                .property()
                .name(FcmConfig.SERVICE_ACCOUNT)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The path of the JSON key of a service account that may send messages.")
                .add()
                .property()
                .name(FcmConfig.APPLICATION_DEFAULT_CREDENTIALS)
                .type(ProviderConfigProperty.BOOLEAN_TYPE)
                .defaultValue(false)
                .helpText("Whether to take Google's application default credentials instead.")
                .add()
                .property()
                .name(FcmConfig.PROJECT_ID)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The id of the Firebase project. Default: the one that the credentials name.")
                .add()
                .property()
                .name(FcmConfig.ENDPOINT)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The URL of a server to send to instead of FCM: https, or this machine.")
                .add();
        return SendTimeouts.describe(builder).build();
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
