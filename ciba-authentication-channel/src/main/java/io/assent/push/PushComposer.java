package io.assent.push;

import io.assent.device.Device;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.request.ConsentRequest;
import io.assent.text.Languages;
import io.assent.text.Texts;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Makes the attempt to tell one device that its customer is asked something. */
final class PushComposer {

    private final KeycloakSession session;

    PushComposer(KeycloakSession session) {
        this.session = session;
    }

    Attempt compose(RealmModel realm, UserModel user, ConsentRequest request, Device device) {
        PushSender sender = session.getProvider(PushSender.class, device.platform());
        if (sender == null) {
            return new DeviceAttempt(
                    request.parties().customer(),
                    device,
                    () -> PushResult.RetryLater.because("this node has no such push sender"));
        }
        Texts texts = Texts.of(session, realm, new Languages(realm).choose(device.locale(), user));
        Push push = new Push(
                Push.CONSENT_REQUESTED,
                request.id(),
                realm.getName(),
                request.expiresAt(),
                texts.find("consent.push.title").orElse("Your approval is needed"),
                texts.find("consent.push.body").orElse("Open the app to see who asks and for what."));
        return new DeviceAttempt(request.parties().customer(), device, () -> sender.send(device, push));
    }
}
