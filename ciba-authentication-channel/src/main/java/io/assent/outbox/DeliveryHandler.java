package io.assent.outbox;

import io.assent.push.SendResult;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
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

        /** Longer than any one may take. */
        Duration MAX_DURATION = Duration.ofSeconds(20);

        /** Sends. Runs with no transaction open and after the session of its preparation is closed; may take long. */
        SendResult send();

        /** What the transaction that closes the row does besides, if anything; not asked where it is tried again. */
        default Optional<Consumer<KeycloakSession>> settlement(SendResult result) {
            return Optional.empty();
        }
    }
}
