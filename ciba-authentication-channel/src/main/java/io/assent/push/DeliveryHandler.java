package io.assent.push;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/** Knows how to make one kind of {@link Delivery}. */
public interface DeliveryHandler extends Provider {

    /**
     * Looks up what is to be sent, in a short transaction on a background thread.
     *
     * @param realm the delivery's, which is also the session's
     */
    Preparation prepare(RealmModel realm, Delivery delivery);

    @Override
    default void close() {}

    /** What there is to send. */
    sealed interface Preparation {

        /** This. */
        record Ready(Attempt attempt) implements Preparation {}

        /**
         * Nothing any more.
         *
         * @param reason why, for the operator
         */
        record Obsolete(String reason) implements Preparation {}
    }

    /** One attempt at a delivery, with all that it needs. */
    interface Attempt {

        /** Sends. Runs with no transaction open and after the session of its preparation is closed; may take long. */
        SendResult send();

        /** Draws the conclusions, in the transaction that closes the row; not called where it is tried again. */
        default void settle(KeycloakSession session, SendResult result) {}
    }
}
