package io.assent.push.device;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryResult;
import io.assent.push.Push;
import io.assent.push.PushComposer;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells a device, as the last thing, that it is none of its customer's any more. Then nobody knows how to reach it. */
final class FarewellHandler implements DeliveryHandler {

    private final KeycloakSession session;
    private final Devices devices;
    private final PushComposer pushes;

    FarewellHandler(KeycloakSession session, Devices devices, PushComposer pushes) {
        this.session = session;
        this.devices = devices;
        this.pushes = pushes;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        UserModel user = session.users().getUserById(realm, delivery.parties().userId());
        if (user == null) {
            return new Preparation.Obsolete("the customer is gone");
        }
        return devices.gone(delivery.parties().customer(), delivery.target())
                .<Preparation>map(device -> new Preparation.Ready(
                        new LastAttempt(attempt(realm, user, device, delivery), delivery.target())))
                .orElseGet(() -> new Preparation.Obsolete("the device was told"));
    }

    private Attempt attempt(RealmModel realm, UserModel user, Device device, Delivery delivery) {
        return pushes.compose(
                realm,
                user,
                device,
                texts -> new Push(
                        Push.Type.DEVICE_REMOVED,
                        device.id(),
                        realm.getName(),
                        delivery.expiresAt(),
                        texts.find("consent.push.removed.title").orElse("This device was removed"),
                        texts.find("consent.push.removed.body")
                                .orElse(
                                        "It gets no more requests from your bank. If that was not you, tell your bank.")));
    }

    /** Whatever comes of it, unless it is to be made again, what reaches the device is forgotten. */
    private record LastAttempt(Attempt push, String goneId) implements Attempt {

        @Override
        public String peer() {
            return push.peer();
        }

        @Override
        public Sent send() {
            Sent sent = push.send();
            Consumer<KeycloakSession> forget = own -> Devices.of(own).forgetGone(goneId);
            return sent.result() instanceof DeliveryResult.RetryLater
                    ? sent
                    : new Sent(
                            sent.result(),
                            Optional.of(sent.settlement()
                                    .map(before -> before.andThen(forget))
                                    .orElse(forget)));
        }
    }
}
