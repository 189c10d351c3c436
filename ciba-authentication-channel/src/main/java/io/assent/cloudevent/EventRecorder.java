package io.assent.cloudevent;

import io.assent.consent.ConsentEvent;
import io.assent.destination.CloudEvent;
import io.assent.destination.Destination;
import io.assent.destination.Destinations;
import io.assent.request.ConsentRequestEvent;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Keeps an event for each destination of the realm that is on, in the transaction of what happened: neither is
 * committed without the other. Where all are off it is counted all the same, so that a receiver sees the gap. Where the
 * realm has no destination, nothing is written, nor read of the database.
 */
final class EventRecorder implements AssentEventListener {

    private final KeycloakSession session;
    private final EventTimes times;

    EventRecorder(KeycloakSession session, EventTimes times) {
        this.session = session;
        this.times = times;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof ConsentRequestEvent ofRequest) {
            new RequestOccurrences(data()).of(ofRequest, ServerTime.now()).ifPresent(this::record);
        } else if (event instanceof ConsentEvent ofConsent) {
            new ConsentOccurrences(data()).of(ofConsent, ServerTime.now()).ifPresent(this::record);
        }
    }

    private EventData data() {
        return new EventData(parties -> Optional.ofNullable(session.realms().getRealm(parties.realmId()))
                .map(realm -> realm.getClientById(parties.clientId()))
                .map(ClientModel::getClientId));
    }

    private void record(Occurrence occurrence) {
        RealmModel realm = session.realms().getRealm(occurrence.parties().realmId());
        if (realm == null) {
            return;
        }
        Destinations destinations = Destinations.of(session, realm);
        if (!destinations.areThere()) {
            return;
        }
        Instant now = ServerTime.now();
        int sequence = EventStore.of(session).nextSequence(occurrence.subject());
        String id = UUID.randomUUID().toString();
        EventQueue queue = EventQueue.of(session);
        for (Destination destination : destinations.on()) {
            String source = destination.source().orElseGet(() -> EventData.source(realm));
            CloudEvent event = occurrence.event(id, source, sequence, destination.hasCustomerId());
            queue.add(new KeptEventEntity(realm.getId(), destination.id(), event, now, times), sequence == 1, now);
        }
    }
}
