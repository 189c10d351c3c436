package io.assent.push;

import io.assent.consent.ConsentRequest;
import io.assent.consent.ConsentRequestStore;
import io.assent.consent.ConsentStatus;
import io.assent.consent.Languages;
import io.assent.consent.Texts;
import io.assent.device.Device;
import io.assent.device.DeviceStore;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells one device that its customer is asked something. */
final class PushHandler implements DeliveryHandler {

    private static final Logger LOG = Logger.getLogger(PushHandler.class);

    private final KeycloakSession session;
    private final ConsentRequestStore requests;
    private final DeviceStore devices;

    PushHandler(KeycloakSession session, ConsentRequestStore requests, DeviceStore devices) {
        this.session = session;
        this.requests = requests;
        this.devices = devices;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        UserModel user = session.users().getUserById(realm, delivery.origin().userId());
        if (user == null) {
            return new Preparation.Obsolete("the customer is gone");
        }
        ConsentRequest request =
                requests.find(realm, user, delivery.requestId()).orElse(null);
        if (request == null || request.status() != ConsentStatus.PENDING) {
            return new Preparation.Obsolete("answered");
        }
        return devices.find(realm, user, delivery.target())
                .filter(device -> !device.disabled())
                .map(device -> prepare(realm, user, request, device))
                .orElseGet(() -> new Preparation.Obsolete("the device is gone or disabled"));
    }

    private Preparation prepare(RealmModel realm, UserModel user, ConsentRequest request, Device device) {
        PushSender sender = session.getProvider(PushSender.class, device.platform());
        if (sender == null) {
            LOG.warnf("No push sender for platform '%s' of device %s on this node", device.platform(), device.id());
            return new Preparation.Ready(
                    () -> SendResult.RetryLater.because("no push sender for the platform on this node"));
        }
        Texts texts = Texts.of(session, realm, new Languages(realm).choose(device.locale(), user));
        Push push = new Push(
                Push.CONSENT_REQUESTED,
                request.id(),
                realm.getName(),
                request.expiresAt(),
                texts.find("consent.push.title").orElse("Your approval is needed"),
                texts.find("consent.push.body").orElse("Open the app to see who asks and for what."));
        return new Preparation.Ready(
                new DeviceAttempt(realm.getId(), user.getId(), device, () -> sender.send(device, push)));
    }
}
