package io.assent.destination;

import io.assent.api.PublicApi;
import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.component.ComponentFactory;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Makes the {@link EventDestination}s of one type, its id. A destination is a component of its realm: Keycloak keeps
 * its settings, exports them, removes them with the realm, and never reads a secret back.
 *
 * <p>What is costly to make, such as a connection that stays open, is the factory's, by the component's id.
 */
@PublicApi
public interface EventDestinationFactory extends ComponentFactory<EventDestination, EventDestination> {

    /** For what is sent next with these settings. Called in a short transaction. */
    @Override
    EventDestination create(KeycloakSession session, ComponentModel settings);

    /** What is to be set, in text each; a secret is one by {@code secret(true)}. */
    @Override
    List<ProviderConfigProperty> getConfigProperties();

    /**
     * Checks what this type is to be set; what all types have in common is right then.
     *
     * @throws ComponentValidationException which says what is to be set otherwise, without repeating a value
     */
    void validate(KeycloakSession session, RealmModel realm, ComponentModel settings)
            throws ComponentValidationException;

    /** Whoever sets it: staff, an admin by Keycloak's own API, an import. Not for a type to override. */
    @Override
    default void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel settings)
            throws ComponentValidationException {
        Optional<String> flaw = Destinations.of(session, realm).flaw(settings);
        if (flaw.isPresent()) {
            throw new ComponentValidationException(flaw.get());
        }
        validate(session, realm, settings);
    }

    /** Tells {@link DestinationChanged}; who overrides this calls it. */
    @Override
    default void onUpdate(KeycloakSession session, RealmModel realm, ComponentModel before, ComponentModel after) {
        session.getKeycloakSessionFactory().publish(new DestinationChanged(session, realm, new Destination(after)));
    }

    @Override
    default void init(Config.Scope config) {}

    @Override
    default void postInit(KeycloakSessionFactory factory) {}

    @Override
    default void close() {}
}
