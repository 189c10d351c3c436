package io.assent.cloudevent;

import io.assent.destination.CloudEvent;
import io.assent.server.Position;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What destinations of a realm have not taken, for its staff. Belongs to the caller's transaction. */
public final class DeadLetters {

    private final KeycloakSession session;
    private final String realmId;

    private DeadLetters(KeycloakSession session, String realmId) {
        this.session = session;
        this.realmId = realmId;
    }

    public static DeadLetters of(KeycloakSession session, RealmModel realm) {
        return new DeadLetters(session, realm.getId());
    }

    /**
     * The dead ones, newest first.
     *
     * @param destinationId of one destination alone
     * @param max how many at the most
     */
    public List<DeadLetter> list(Optional<String> destinationId, Optional<Position> after, int max) {
        return EventStore.of(session).dead(realmId, destinationId, after, max).stream()
                .map(DeadLetter::of)
                .toList();
    }

    /**
     * Has one sent again, for as long as when it was new, and after what else of its subject is being sent. Safe to
     * repeat while it waits.
     *
     * @return whether there is such an event, dead or waiting
     */
    public boolean resend(String id) {
        return EventQueue.of(session).resend(realmId, id, ServerTime.now());
    }

    /** By the destination's id; one for which nothing is kept has none. Reads all that is kept for the realm. */
    public Map<String, Backlog> backlogs() {
        return EventStore.of(session).backlogs(realmId);
    }

    /** What is kept for a destination goes, dead or waiting. */
    public void removeAll(String destinationId) {
        EventQueue.of(session).removeAll(destinationId);
    }

    /**
     * An event that was given up.
     *
     * @param id of it at this destination
     * @param eventId what receivers know it by
     * @param since when it was to be sent
     */
    public record DeadLetter(
            String id,
            String eventId,
            String destinationId,
            String type,
            String subject,
            String sequence,
            Instant since,
            Instant diedAt,
            String reason) {

        static DeadLetter of(KeptEventEntity event) {
            CloudEvent content = event.event();
            return new DeadLetter(
                    event.id(),
                    content.id(),
                    event.destinationId(),
                    content.type(),
                    content.subject(),
                    content.sequence(),
                    event.createdAt(),
                    event.diedAt().orElse(event.createdAt()),
                    event.reason().orElse(""));
        }

        /** Its place in the list. */
        public Position position() {
            return new Position(diedAt, id);
        }
    }

    /**
     * What is kept for a destination.
     *
     * @param waiting how many are to be sent
     * @param oldestWaiting since when the oldest of these is
     * @param dead how many were given up
     */
    public record Backlog(long waiting, Optional<Instant> oldestWaiting, long dead) {

        public static final Backlog NONE = new Backlog(0, Optional.empty(), 0);
    }
}
