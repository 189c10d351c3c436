package io.assent.push.device;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.push.Push;
import io.assent.push.PushComposer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells one device that something happened to another of its customer's. */
final class NoticeHandler implements DeliveryHandler {

    private final KeycloakSession session;
    private final Devices devices;
    private final PushComposer pushes;

    NoticeHandler(KeycloakSession session, Devices devices, PushComposer pushes) {
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
        return devices.find(delivery.parties().customer(), delivery.target())
                .filter(Device::isReachable)
                .<Preparation>map(device -> new Preparation.Ready(pushes.compose(
                        realm,
                        user,
                        device,
                        texts -> new Push(
                                Push.Type.DEVICES_CHANGED,
                                device.id(),
                                realm.getName(),
                                delivery.expiresAt(),
                                texts.find("consent.push.devices.title").orElse("One of your devices changed"),
                                texts.find("consent.push.devices.body")
                                        .orElse("Open the app to see whether it was you.")))))
                .orElseGet(() -> new Preparation.Obsolete("the device is gone or disabled"));
    }
}
