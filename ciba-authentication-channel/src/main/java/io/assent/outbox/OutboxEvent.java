package io.assent.outbox;

import org.keycloak.provider.ProviderEvent;

/**
 * Something that happened to a delivery. Listen with {@code KeycloakSessionFactory.register} in a factory's
 * {@code postInit}; every node tells its own listeners of what it does itself.
 *
 * <p>A listener runs on the thread that does the work, one of the few that send or acknowledge, so that it must be
 * quick, and it is called by many threads at once. {@link DeliveryAttempted} and {@link DeliveryDelayed} come with no
 * transaction open. {@link DeliveryDelivered} and {@link DeliveryGivenUp} come inside the transaction that concludes
 * the row: what a listener writes with their session is committed with the conclusion, or not at all.
 *
 * <p>An exception of a listener never costs a delivery. It is logged; inside a conclusion it also undoes what all
 * listeners wrote there, and the row is concluded again without them.
 */
public sealed interface OutboxEvent extends ProviderEvent
        permits DeliveryAttempted, DeliveryDelayed, DeliveryDelivered, DeliveryGivenUp {

    Delivery delivery();

    /** How many attempts have been made, the one that this is about included. */
    int attempts();
}
