package io.assent.cloudevent;

import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.outbox.Recipient;
import io.assent.server.Parties;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Leaves to the outbox what is next for a destination, of each subject one at a time: the next one when the one before
 * is taken, or dead. Belongs to the caller's transaction.
 */
final class EventQueue {

    /** An event is about no client and no customer of whom the outbox would have to know. */
    private static final String NOBODY = "-";

    /** Not the outbox but the event says when its time is over: what follows it has to be looked for. */
    private static final Duration FOR_EVER = Duration.ofDays(3_660);

    private final EventStore store;
    private final Outbox outbox;

    private EventQueue(EventStore store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    static EventQueue of(KeycloakSession session) {
        return new EventQueue(EventStore.of(session), session.getProvider(Outbox.class));
    }

    /** Whom the outbox knows a destination as. */
    static Recipient recipient(String destinationId) {
        return new Recipient(EventHandlerFactory.KIND, destinationId);
    }

    /** An event of which the subject's number was just taken. */
    void add(KeptEventEntity event, boolean firstEver, Instant now) {
        boolean alone =
                firstEver || store.first(event.destinationId(), event.subject()).isEmpty();
        store.add(event);
        if (alone) {
            enqueue(event.realmId(), event.destinationId(), event.id(), now);
        }
    }

    /** The destination took it. */
    void taken(Head head, Instant now) {
        store.lock(head.destinationId(), head.subject());
        store.remove(head.id());
        next(head, now);
    }

    /** It is not sent any more, unless staff want it. */
    void died(Head head, String reason, Instant now) {
        store.lock(head.destinationId(), head.subject());
        store.bury(head.id(), reason, now);
        next(head, now);
    }

    /** @return whether there is such an event in the realm: now it waits, or did before */
    boolean resend(String realmId, String id, Instant now) {
        Optional<KeptEventEntity> found =
                store.find(id).filter(event -> event.realmId().equals(realmId));
        found.ifPresent(event -> {
            store.lock(event.destinationId(), event.subject());
            boolean alone = store.first(event.destinationId(), event.subject()).isEmpty();
            if (store.revive(event, now) && alone) {
                enqueue(realmId, event.destinationId(), id, now);
            }
        });
        return found.isPresent();
    }

    /** The destination is gone, and with it all that is kept for it. */
    void removeAll(String destinationId) {
        store.removeOfDestination(destinationId);
        outbox.drop(recipient(destinationId));
    }

    private void next(Head head, Instant now) {
        store.first(head.destinationId(), head.subject())
                .ifPresent(id -> enqueue(head.realmId(), head.destinationId(), id, now));
    }

    private void enqueue(String realmId, String destinationId, String id, Instant now) {
        outbox.enqueue(new Delivery(
                EventHandlerFactory.KIND, new Parties(realmId, destinationId, NOBODY), null, id, now.plus(FOR_EVER)));
    }

    /** The first of a subject's events that wait for a destination. */
    record Head(String id, String realmId, String destinationId, Subject subject) {

        static Head of(KeptEventEntity event) {
            return new Head(event.id(), event.realmId(), event.destinationId(), event.subject());
        }
    }
}
