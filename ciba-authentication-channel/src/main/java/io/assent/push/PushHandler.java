package io.assent.push;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.limit.Burst;
import io.assent.limit.Burst.Waiting;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Preparation;
import io.assent.outbox.Promise;
import io.assent.outbox.PromiseHandler;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequestStore.Filter;
import io.assent.request.ConsentRequests;
import io.assent.server.OperatorLog;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells one device that its customer is asked something, if that is still so. */
final class PushHandler implements PromiseHandler {

    /** A newer one is among the newest. */
    private static final int MOST_WAITING = 20;

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(PushHandler.class));

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
                .<Preparation>map(device ->
                        new Preparation.Ready(pushes.compose(realm, user, request.id(), request.expiresAt(), device)))
                .orElseGet(() -> new Preparation.Obsolete("the device is gone or disabled"));
    }

    @Override
    public List<FirstAttempt> prepare(RealmModel realm, List<Promise> promises) {
        Map<String, List<Device>> ofCustomer = devices.listCommitted(
                realm.getId(),
                promises.stream().map(promise -> promise.parties().userId()).collect(Collectors.toSet()));
        return promises.stream()
                .filter(promise -> ofCustomer.containsKey(promise.parties().userId()))
                .flatMap(promise ->
                        prepare(realm, promise, ofCustomer.get(promise.parties().userId())))
                .toList();
    }

    /** Empty where it fails: one customer, text or sender holds up none of the others, and the outbox tries again. */
    private Stream<FirstAttempt> prepare(RealmModel realm, Promise promise, List<Device> ofCustomer) {
        try {
            UserModel user =
                    session.users().getUserById(realm, promise.parties().userId());
            return user == null
                    ? Stream.empty()
                    : ofCustomer.stream()
                            .filter(Device::isReachable)
                            .map(device -> new FirstAttempt(
                                    promise.to(device.id()),
                                    pushes.compose(realm, user, promise.ownerId(), promise.expiresAt(), device)))
                            .toList()
                            .stream();
        } catch (RuntimeException notNow) {
            LOG.warn(
                    "compose",
                    ("Could not prepare the pushes of request %s: %s. They are retried. Check where the realm's users come"
                                    + " from, its texts and the push senders")
                            .formatted(promise.ownerId(), notNow.getClass().getSimpleName()));
            return Stream.empty();
        }
    }

    @Override
    public List<Forgotten> forgotten(Instant from, Instant to, int most) {
        return new ForgottenPushes(session).find(from, to, most);
    }

    static Waiting waiting(ConsentRequest request) {
        return new Waiting(request.id(), request.createdAt(), request.expiresAt());
    }
}
