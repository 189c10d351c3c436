package io.assent.push.device;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.push.DeviceAttempt;
import io.assent.push.PushSender;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Makes a newly registered device known to its vendor. */
final class RegistrationHandler implements DeliveryHandler {

    private final KeycloakSession session;
    private final Devices devices;

    RegistrationHandler(KeycloakSession session, Devices devices) {
        this.session = session;
        this.devices = devices;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        UserModel user = session.users().getUserById(realm, delivery.parties().userId());
        Device device = user == null
                ? null
                : devices.find(delivery.parties().customer(), delivery.target()).orElse(null);
        PushSender sender = device == null ? null : session.getProvider(PushSender.class, device.platform());
        if (sender == null || !device.isReachable()) {
            return new Preparation.Obsolete("the device is gone or disabled");
        }
        return new Preparation.Ready(
                new DeviceAttempt(delivery.parties().customer(), device, () -> sender.register(device)));
    }
}
