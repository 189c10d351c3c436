package io.assent.push;

import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent.ConfirmationDue;
import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.limit.Burst;
import io.assent.limit.Burst.Waiting;
import io.assent.link.Links;
import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.outbox.Promise;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.Parties;
import java.time.Instant;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * Tells a customer of what waits in the bank's app: one push to each device, left to the outbox in the transaction in
 * which it comes to wait there. Of a {@link Burst} only the first is sent at once, and the request's row is its
 * promise.
 */
final class PushNotifier implements AssentEventListener {

    private final KeycloakSession session;
    private final Burst burst;

    PushNotifier(KeycloakSession session, Burst burst) {
        this.session = session;
        this.burst = burst;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Asked asked && asked.request().journey().is(Journey.CIBA)) {
            notify(asked);
        }
        if (event instanceof Asked asked && asked.request().journey().is(Journey.APP_LINK)) {
            notifyUnlessScanned(asked.request());
        }
        if (event instanceof Asked asked && asked.request().journey().is(Journey.AMENDMENT)) {
            notifyLater(asked.request());
        }
        if (event instanceof ConfirmationDue due) {
            notify(due.consent());
        }
    }

    private void notify(Asked asked) {
        ConsentRequest request = asked.request();
        Outbox outbox = session.getProvider(Outbox.class);
        Waiting waiting = PushHandler.waiting(request);
        if (burst.has(waiting, asked.before())) {
            reachable(request.parties())
                    .forEach(device -> outbox.enqueue(delivery(request, device), burst.end(waiting)));
        } else {
            outbox.promise(new Promise(PushHandlerFactory.KIND, request.parties(), request.id(), request.expiresAt()));
        }
    }

    /** Who scanned has the question before them; who did not waits for it now. */
    private void notifyUnlessScanned(ConsentRequest request) {
        Links.of(session)
                .find(request.parties().realmId(), request.journey().reference())
                .filter(link -> link.findClaim().isEmpty())
                .ifPresent(link -> notifyNow(request));
    }

    private void notifyNow(ConsentRequest request) {
        Outbox outbox = session.getProvider(Outbox.class);
        reachable(request.parties()).forEach(device -> outbox.enqueue(delivery(request, device)));
    }

    /** One of many that come at once: the outbox writes it when it is its turn, and does not try for weeks. */
    private void notifyLater(ConsentRequest request) {
        Outbox outbox = session.getProvider(Outbox.class);
        Instant until = ConfirmationPushHandler.useful(request.expiresAt());
        reachable(request.parties())
                .forEach(device -> outbox.enqueue(
                        new Delivery(PushHandlerFactory.KIND, request.parties(), request.id(), device.id(), until)));
    }

    private static Delivery delivery(ConsentRequest request, Device device) {
        return new Delivery(PushHandlerFactory.KIND, request.parties(), request.id(), device.id(), request.expiresAt());
    }

    private void notify(Consent consent) {
        Outbox outbox = session.getProvider(Outbox.class);
        Instant expiresAt = ConfirmationPushHandler.end(consent);
        reachable(consent.parties())
                .forEach(device -> outbox.enqueue(new Delivery(
                        ConfirmationPushHandlerFactory.KIND, consent.parties(), null, device.id(), expiresAt)));
    }

    private Stream<Device> reachable(Parties parties) {
        return Devices.of(session).list(parties.customer()).stream().filter(Device::isReachable);
    }
}
