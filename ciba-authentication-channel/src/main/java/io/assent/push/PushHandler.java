package io.assent.push;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequestStatus;
import io.assent.request.ConsentRequests;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells one device that its customer is asked something, if that is still so. */
final class PushHandler implements DeliveryHandler {

    private final KeycloakSession session;
    private final ConsentRequests requests;
    private final Devices devices;
    private final PushComposer pushes;

    PushHandler(KeycloakSession session, ConsentRequests requests, Devices devices, PushComposer pushes) {
        this.session = session;
        this.requests = requests;
        this.devices = devices;
        this.pushes = pushes;
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
        return devices.find(delivery.parties().customer(), delivery.target())
                .filter(Device::isReachable)
                .<Preparation>map(device -> new Preparation.Ready(pushes.compose(realm, user, request, device)))
                .orElseGet(() -> new Preparation.Obsolete("the device is gone or disabled"));
    }
}
