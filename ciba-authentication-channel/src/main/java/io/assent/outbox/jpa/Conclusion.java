package io.assent.outbox.jpa;

import io.assent.outbox.DeliveryDelivered;
import io.assent.outbox.DeliveryGivenUp;
import io.assent.outbox.GivenUpReason;
import io.assent.outbox.OutboxEvent;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/** How a row ends: what is stored of it, and what listeners are told. */
sealed interface Conclusion {

    OutboxStatus status();

    /** What the row says about it, or {@code null} for nothing. */
    String reason();

    /** How many attempts the row does not know of yet: the one that ends it, if one does. */
    int newAttempts();

    OutboxEvent event(KeycloakSession session, OutboxTask task, Instant now);

    static Conclusion delivered() {
        return new Delivered();
    }

    static Conclusion refused(String reason) {
        return new GivenUp(GivenUpReason.REFUSED, reason);
    }

    static Conclusion expired() {
        return new GivenUp(GivenUpReason.EXPIRED, OutboxStatus.EXPIRED);
    }

    static Conclusion obsolete(String reason) {
        return new GivenUp(GivenUpReason.OBSOLETE, reason);
    }

    /** The other side took it. */
    record Delivered() implements Conclusion {

        @Override
        public OutboxStatus status() {
            return OutboxStatus.DELIVERED;
        }

        @Override
        public String reason() {
            return null;
        }

        @Override
        public int newAttempts() {
            return 1;
        }

        @Override
        public OutboxEvent event(KeycloakSession session, OutboxTask task, Instant now) {
            return new DeliveryDelivered(session, task.delivery(), task.attempts() + newAttempts(), task.age(now));
        }
    }

    /** It is not sent any more. */
    record GivenUp(GivenUpReason why, String reason) implements Conclusion {

        @Override
        public OutboxStatus status() {
            return why == GivenUpReason.REFUSED ? OutboxStatus.FAILED : OutboxStatus.CLOSED;
        }

        @Override
        public int newAttempts() {
            return why == GivenUpReason.REFUSED ? 1 : 0;
        }

        @Override
        public OutboxEvent event(KeycloakSession session, OutboxTask task, Instant now) {
            String detail =
                    why == GivenUpReason.EXPIRED ? task.progress().lastReason().orElse(reason) : reason;
            return new DeliveryGivenUp(
                    session, task.delivery(), task.attempts() + newAttempts(), why, detail, task.age(now));
        }
    }
}
