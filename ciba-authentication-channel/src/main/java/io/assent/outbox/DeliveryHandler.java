package io.assent.outbox;

import java.time.Duration;
import java.util.Objects;
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

        /**
         * Who is called, as an operator knows them, such as {@code platform 'fcm'}. Stands in the log, at the head of a
         * reason and in metrics: so it names few, and nobody's device or person.
         */
        String peer();

        /** Sends. Runs with no transaction open and after the session of its preparation is closed; may take long. */
        Sent send();
    }

    /**
     * What an attempt came to.
     *
     * @param settlement what the transaction that concludes the row does besides, if anything; not done where the
     *     result is to try again, nor where another node has concluded the row meanwhile
     */
    record Sent(DeliveryResult result, Optional<Consumer<KeycloakSession>> settlement) {
        public Sent {
            Objects.requireNonNull(result);
            Objects.requireNonNull(settlement);
        }

        /** A result, and nothing to do besides. */
        public static Sent of(DeliveryResult result) {
            return new Sent(result, Optional.empty());
        }
    }
}
