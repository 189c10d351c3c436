package io.assent.cloudevent;

import io.assent.cloudevent.DestinationHealth.Pause;
import io.assent.cloudevent.EventQueue.Head;
import io.assent.destination.Destination;
import io.assent.destination.Destinations;
import io.assent.destination.EventDestinationFactory;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.Outbox;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Sends the first of a subject's events that wait for a destination. */
final class EventHandler implements DeliveryHandler {

    /** How soon a setting that somebody corrects is looked at again. */
    private static final Duration UNTIL_IT_IS_SET = Duration.ofMinutes(1);

    private final KeycloakSession session;
    private final DestinationHealth health;

    EventHandler(KeycloakSession session, DestinationHealth health) {
        this.session = session;
        this.health = health;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        KeptEventEntity event = EventStore.of(session).find(delivery.target()).orElse(null);
        if (event == null || event.state() == EventState.DEAD) {
            return new Preparation.Obsolete("the event was taken, removed, or is dead");
        }
        Destinations destinations = Destinations.of(session, realm);
        Destination destination = destinations.byId(event.destinationId()).orElse(null);
        if (destination == null) {
            return withoutDestination(realm, event);
        }
        Head head = Head.of(event);
        String peer = peer(realm, destination);
        Instant now = ServerTime.now();
        if (!now.isBefore(event.expiresAt())) {
            return new Preparation.Ready(Verdict.dead(peer, head));
        }
        if (destination.flaw().isPresent()) {
            return new Preparation.Ready(Verdict.later(peer, UNTIL_IT_IS_SET, "the destination is not set right"));
        }
        if (!destination.isOn()) {
            return leftAlone(peer, destination, unset(destination, now), "the destination is switched off");
        }
        Optional<EventDestinationFactory> factory = destinations.factory(destination.type());
        if (factory.isEmpty()) {
            return leftAlone(peer, destination, unset(destination, now), "this server has no destinations of its type");
        }
        Optional<Pause> pause = health.pause(destination, now);
        if (pause.isPresent()) {
            return leftAlone(peer, destination, pause.get(), "the destination is down");
        }
        return new Preparation.Ready(new EventAttempt(
                peer,
                head,
                event.event(),
                factory.get().create(session, destination.settings()),
                destination,
                health,
                session.getKeycloakSessionFactory()));
    }

    private Pause unset(Destination destination, Instant now) {
        return health.leaveAlone(destination, now.plus(UNTIL_IT_IS_SET), now);
    }

    /** The first one that finds it so parks the others. What is held now is not parked, and looks again. */
    private Preparation leftAlone(String peer, Destination destination, Pause pause, String reason) {
        if (pause.isNew()) {
            session.getProvider(Outbox.class).park(EventQueue.recipient(destination.id()), pause.until());
        }
        return new Preparation.Ready(
                Verdict.later(peer, Duration.between(ServerTime.now(), pause.lookAgainAt()), reason));
    }

    /** It may be that this node alone does not know it: of a change elsewhere caches hear a moment later. */
    private Preparation withoutDestination(RealmModel realm, KeptEventEntity event) {
        EventStore events = EventStore.of(session);
        if (events.hasDestination(event.destinationId())) {
            return new Preparation.Ready(Verdict.later(
                    "a destination of realm '%s'".formatted(realm.getName()),
                    UNTIL_IT_IS_SET,
                    "this node does not know the destination yet"));
        }
        EventQueue.of(session).removeAll(event.destinationId());
        return new Preparation.Obsolete("the destination is gone");
    }

    private static String peer(RealmModel realm, Destination destination) {
        return "destination '%s' of realm '%s'".formatted(destination.nameOrId(), realm.getName());
    }

    /** What comes of an event without anybody being called. */
    private record Verdict(String peer, Sent sent) implements Attempt {

        static Verdict dead(String peer, Head head) {
            String reason = "its time was over";
            return new Verdict(
                    peer, new Sent(new DeliveryResult.Refused(reason), Optional.of(also -> EventQueue.of(also)
                            .died(head, reason, ServerTime.now()))));
        }

        static Verdict later(String peer, Duration after, String reason) {
            return new Verdict(peer, Sent.of(new DeliveryResult.RetryLater(Optional.of(after), reason)));
        }

        @Override
        public Sent send() {
            return sent;
        }
    }
}
