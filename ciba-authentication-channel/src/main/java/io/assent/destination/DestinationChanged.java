package io.assent.destination;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * A destination was set otherwise, by whatever way. Told inside the transaction that does so.
 *
 * @param destination as it is set now
 */
public record DestinationChanged(KeycloakSession session, RealmModel realm, Destination destination)
        implements ProviderEvent {}
