package io.assent.push;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.limit.Burst;
import io.assent.limit.Burst.Waiting;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.request.ConsentRequests;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells one device that its customer is asked something, if that is still so. */
final class PushHandler implements DeliveryHandler {

    /** A newer one is among the newest. */
    private static final int MOST_WAITING = 20;

    private final KeycloakSession session;
    private final ConsentRequests requests;
    private final Devices devices;
    private final PushComposer pushes;
    private final Burst burst;

    PushHandler(KeycloakSession session, ConsentRequests requests, Devices devices, PushComposer pushes, Burst burst) {
        this.session = session;
        this.requests = requests;
        this.devices = devices;
        this.pushes = pushes;
        this.burst = burst;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        UserModel user = session.users().getUserById(realm, delivery.parties().userId());
        if (user == null) {
            return new Preparation.Obsolete("the customer is gone");
        }
        ConsentRequest request =
                requests.find(delivery.parties().customer(), delivery.ownerId()).orElse(null);
        if (request == null || request.status() != ConsentRequestStatus.PENDING) {
            return new Preparation.Obsolete("answered");
        }
        Instant now = ServerTime.now();
        if (request.lapsed(now)) {
            return new Preparation.Obsolete("its time is over: it was asked again, or the client was switched off");
        }
        List<Waiting> waiting =
                requests.list(delivery.parties().customer(), Filter.PENDING, Optional.empty(), MOST_WAITING).stream()
                        .filter(other -> other.journey().is(Journey.CIBA))
                        .map(PushHandler::waiting)
                        .toList();
        if (request.journey().is(Journey.CIBA) && burst.isToldByAnother(waiting(request), waiting, now)) {
            return new Preparation.Obsolete("told by the push of a newer request");
        }
        return devices.find(delivery.parties().customer(), delivery.target())
                .filter(Device::isReachable)
                .<Preparation>map(device -> new Preparation.Ready(pushes.compose(realm, user, request, device)))
                .orElseGet(() -> new Preparation.Obsolete("the device is gone or disabled"));
    }

    static Waiting waiting(ConsentRequest request) {
        return new Waiting(request.id(), request.createdAt(), request.expiresAt());
    }
}
