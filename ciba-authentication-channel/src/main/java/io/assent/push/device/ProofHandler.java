package io.assent.push.device;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.push.Push;
import io.assent.push.PushComposer;
import io.assent.push.PushSender;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Sends a device the nonce by which it proves its push token. It is made for the attempt and nowhere kept: each attempt
 * has another.
 */
final class ProofHandler implements DeliveryHandler {

    private final KeycloakSession session;
    private final Devices devices;
    private final PushComposer pushes;

    ProofHandler(KeycloakSession session, Devices devices, PushComposer pushes) {
        this.session = session;
        this.devices = devices;
        this.pushes = pushes;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        UserModel user = session.users().getUserById(realm, delivery.parties().userId());
        Optional<Device> device = user == null
                ? Optional.empty()
                : devices.find(delivery.parties().customer(), delivery.target());
        return device.filter(this::isProvable)
                .flatMap(proving -> devices.newNonce(delivery.parties().customer(), proving))
                .<Preparation>map(nonce -> new Preparation.Ready(pushes.compose(
                        realm,
                        user,
                        device.get(),
                        texts -> new Push(
                                Push.Type.DEVICE_PROOF,
                                delivery.target(),
                                realm.getName(),
                                delivery.expiresAt(),
                                texts.find("consent.push.proof.title").orElse("Your device is being set up"),
                                texts.find("consent.push.proof.body").orElse("Open the app to go on."),
                                Optional.of(nonce)))))
                .orElseGet(() -> new Preparation.Obsolete("nothing to prove"));
    }

    private boolean isProvable(Device device) {
        PushSender sender = session.getProvider(PushSender.class, device.platform());
        return sender != null && sender.reachesThePushToken();
    }
}
