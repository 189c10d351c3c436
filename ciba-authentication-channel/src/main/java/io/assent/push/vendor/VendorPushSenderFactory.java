package io.assent.push.vendor;

import io.assent.device.Device;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushSender;
import io.assent.push.PushSenderFactory;
import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * A platform that is a vendor's. It is available where its settings are: they are read and checked once, at the
 * server's start, and nothing of the vendor's SDK is touched without them.
 */
public abstract class VendorPushSenderFactory implements PushSenderFactory {

    private final String id;
    private VendorClient connection;

    protected VendorPushSenderFactory(String id) {
        this.id = id;
    }

    /**
     * Sets the SDK up.
     *
     * @return empty where nothing is set: the platform is not used
     * @throws IllegalArgumentException if the settings make no sense; its message says what to set
     */
    protected abstract Optional<? extends VendorClient> connect(SenderOptions options);

    /** Describes the options that are this vendor's alone. */
    protected abstract void describe(ProviderConfigurationBuilder options);

    /** Without settings, rows of this platform wait for a node that has them. */
    @Override
    public final PushSender create(KeycloakSession session) {
        return connection == null ? this::unavailable : connection.sender();
    }

    private PushResult unavailable(Device device, Push push) {
        return PushResult.RetryLater.because("this node has no settings for the platform " + id);
    }

    @Override
    public final boolean isAvailable(KeycloakSession session, RealmModel realm) {
        return connection != null;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final void init(Config.Scope config) {
        connection = connect(new SenderOptions(id, config)).orElse(null);
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {}

    @Override
    public final List<ProviderConfigProperty> getConfigMetadata() {
        ProviderConfigurationBuilder options = ProviderConfigurationBuilder.create();
        describe(options);
        return SendTimeouts.describe(options).build();
    }

    @Override
    public final void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
