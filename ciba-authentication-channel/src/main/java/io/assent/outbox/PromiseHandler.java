package io.assent.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Knows how to make deliveries of which a row of another table is the {@link Promise}. */
public interface PromiseHandler extends DeliveryHandler {

    /** @param kind whose factory is a {@link PromiseHandlerFactory} */
    static PromiseHandler of(KeycloakSession session, String kind) {
        return (PromiseHandler) session.getProvider(DeliveryHandler.class, kind);
    }

    /**
     * Looks up what there is to send, for many at once, in a short transaction on a background thread.
     *
     * @param realm all promises', which is also the session's
     * @return what can be sent; a target that is left out for now is among the {@link #forgotten} later
     */
    List<FirstAttempt> prepare(RealmModel realm, List<Promise> promises);

    /**
     * What was promised in some time, there is still use in, and is not in the outbox: where a node died, or had no
     * room. Asked again and again, on all nodes, about times that overlap.
     *
     * @param from when the owner was written, at the earliest
     * @param to when it was written, before that
     * @param most so many at the most, the oldest first
     */
    List<Forgotten> forgotten(Instant from, Instant to, int most);

    /** A delivery and how to attempt it for the first time. */
    record FirstAttempt(Delivery delivery, Attempt attempt) {
        public FirstAttempt {
            Objects.requireNonNull(delivery);
            Objects.requireNonNull(attempt);
        }
    }

    /**
     * A delivery that was promised.
     *
     * @param promisedAt when
     */
    record Forgotten(Delivery delivery, Instant promisedAt) {
        public Forgotten {
            Objects.requireNonNull(delivery);
            Objects.requireNonNull(promisedAt);
        }
    }
}
