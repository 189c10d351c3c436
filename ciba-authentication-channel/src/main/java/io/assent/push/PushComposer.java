package io.assent.push;

import io.assent.consent.Consent;
import io.assent.device.Device;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.push.Push.Type;
import io.assent.server.Customer;
import io.assent.text.Languages;
import io.assent.text.Texts;
import java.time.Instant;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Makes the attempt to tell one device that there is something for its customer to look at. */
public final class PushComposer {

    private final KeycloakSession session;

    public PushComposer(KeycloakSession session) {
        this.session = session;
    }

    /** @param requestId of a request that waits for the customer's answer until then */
    Attempt compose(RealmModel realm, UserModel user, String requestId, Instant expiresAt, Device device) {
        return compose(
                realm,
                user,
                device,
                texts -> new Push(
                        Type.CONSENT_REQUESTED,
                        requestId,
                        realm.getName(),
                        expiresAt,
                        texts.find("consent.push.title").orElse("Your approval is needed"),
                        texts.find("consent.push.body").orElse("Open the app to see who asks and for what.")));
    }

    Attempt compose(RealmModel realm, UserModel user, Consent consent, Instant expiresAt, Device device) {
        return compose(
                realm,
                user,
                device,
                texts -> new Push(
                        Type.CONFIRMATION_DUE,
                        consent.id(),
                        realm.getName(),
                        expiresAt,
                        texts.find("consent.push.confirm.title").orElse("Is this still all right?"),
                        texts.find("consent.push.confirm.body")
                                .orElse("Open the app to confirm or end a company's access.")));
    }

    /** @param push makes the push of the texts in the device's language */
    public Attempt compose(RealmModel realm, UserModel user, Device device, Function<Texts, Push> push) {
        Customer customer = Customer.of(realm, user);
        PushSender sender = session.getProvider(PushSender.class, device.platform());
        if (sender == null) {
            return new DeviceAttempt(
                    customer, device, () -> PushResult.RetryLater.because("this node has no such push sender"));
        }
        Push message = push.apply(Texts.of(session, realm, new Languages(realm).choose(device.locale(), user)));
        return new DeviceAttempt(customer, device, () -> sender.send(device, message));
    }
}
