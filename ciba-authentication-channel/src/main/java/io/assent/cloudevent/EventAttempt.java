package io.assent.cloudevent;

import io.assent.cloudevent.DestinationHealth.Move;
import io.assent.cloudevent.EventQueue.Head;
import io.assent.destination.CloudEvent;
import io.assent.destination.Destination;
import io.assent.destination.Destinations;
import io.assent.destination.EventDestination;
import io.assent.destination.SendResult;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.Outbox;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Sends one event to one destination. */
record EventAttempt(
        String peer,
        Head head,
        CloudEvent event,
        EventDestination destination,
        Destination asSet,
        DestinationHealth health,
        KeycloakSessionFactory sessions)
        implements Attempt {

    private static final Logger LOG = Logger.getLogger(EventAttempt.class);

    @Override
    public Sent send() {
        SendResult result = destination.send(event);
        Instant now = ServerTime.now();
        health.note(asSet, head.subject(), result, now).ifPresent(this::move);
        if (result instanceof SendResult.Taken) {
            return new Sent(new DeliveryResult.Delivered(), Optional.of(session -> EventQueue.of(session)
                    .taken(head, ServerTime.now())));
        }
        if (result instanceof SendResult.Refused refused) {
            return new Sent(new DeliveryResult.Refused(refused.reason()), Optional.of(session -> EventQueue.of(session)
                    .died(head, refused.reason(), ServerTime.now())));
        }
        if (result instanceof SendResult.Gone gone) {
            switchOff(gone.reason());
            return Sent.of(DeliveryResult.RetryLater.because(gone.reason()));
        }
        SendResult.Later later = (SendResult.Later) result;
        return Sent.of(new DeliveryResult.RetryLater(later.after().map(DestinationHealth::bounded), later.reason()));
    }

    private void move(Move move) {
        try {
            KeycloakModelUtils.runJobInTransaction(sessions, session -> session.getProvider(Outbox.class)
                    .move(EventQueue.recipient(head.destinationId()), move.parkedUntil(), move.due()));
        } catch (RuntimeException databaseGone) {
            LOG.debugf(databaseGone, "Events for the %s stay parked until %s", peer, move.parkedUntil());
        }
    }

    private void switchOff(String reason) {
        KeycloakModelUtils.runJobInTransaction(sessions, session -> {
            RealmModel realm = session.realms().getRealm(head.realmId());
            if (realm != null) {
                session.getContext().setRealm(realm);
                Destinations.of(session, realm).switchOff(asSet, ServerTime.now(), reason);
            }
        });
        LOG.errorf("The %s is switched off: %s. It gets no new events. Switch it on again when it works", peer, reason);
    }
}
