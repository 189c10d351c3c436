package io.assent.device.jpa;

import io.assent.device.DeviceStore;
import io.assent.device.DeviceStoreFactory;
import io.assent.server.Customer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderEvent;

/** Makes {@link JpaDeviceStore}, and forgets the devices of a removed realm or user. */
public final class JpaDeviceStoreFactory implements DeviceStoreFactory {

    private static final String ID = "jpa";
    private static final String PLATFORMS = "platforms";

    private Set<String> allowed = Set.of();

    @Override
    public DeviceStore create(KeycloakSession session) {
        return new JpaDeviceStore(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(),
                session.getKeycloakSessionFactory());
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        allowed = Stream.of(config.get(PLATFORMS, "").split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(this::forget);
    }

    @Override
    public Set<String> allowedPlatforms() {
        return allowed;
    }

    private void forget(ProviderEvent event) {
        if (event instanceof RealmRemovedEvent removed) {
            create(removed.getKeycloakSession()).removeAll(removed.getRealm().getId());
        } else if (event instanceof UserRemovedEvent removed) {
            create(removed.getKeycloakSession()).removeAll(Customer.of(removed.getRealm(), removed.getUser()));
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(PLATFORMS)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("The platforms that customers may register devices for, separated by commas."
                        + " Default: all push senders that are deployed, without log.")
                .add()
                .build();
    }

    @Override
    public void close() {}
}
