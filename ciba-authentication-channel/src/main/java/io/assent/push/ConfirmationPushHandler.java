package io.assent.push;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Tells one device that a consent is to be confirmed, if that is still so. A delivery names customer, client and
 * device: which of their consents it is about, its end says.
 */
final class ConfirmationPushHandler implements DeliveryHandler {

    /** For how long there is a use in telling it: once it is told, and once it should have been confirmed. */
    private static final Duration USEFUL = Duration.ofDays(7);

    private final KeycloakSession session;
    private final Consents consents;
    private final Devices devices;
    private final PushComposer pushes;

    ConfirmationPushHandler(KeycloakSession session, Consents consents, Devices devices, PushComposer pushes) {
        this.session = session;
        this.consents = consents;
        this.devices = devices;
        this.pushes = pushes;
    }

    @Override
    public Preparation prepare(RealmModel realm, Delivery delivery) {
        UserModel user = session.users().getUserById(realm, delivery.parties().userId());
        Optional<Consent> consent = awaited(delivery);
        if (user == null || consent.isEmpty()) {
            return new Preparation.Obsolete("confirmed, or ended");
        }
        return devices.find(delivery.parties().customer(), delivery.target())
                .filter(Device::isReachable)
                .<Preparation>map(device -> new Preparation.Ready(
                        pushes.compose(realm, user, consent.get(), useful(delivery.expiresAt()), device)))
                .orElseGet(() -> new Preparation.Obsolete("the device is gone or disabled"));
    }

    private Optional<Consent> awaited(Delivery delivery) {
        return consents.live(delivery.parties()).stream()
                .filter(Consent::isConfirmationAwaited)
                .filter(consent ->
                        end(consent).toEpochMilli() == delivery.expiresAt().toEpochMilli())
                .findFirst();
    }

    /** When there is no use any more in telling that this consent is to be confirmed. */
    static Instant end(Consent consent) {
        return consent.term().confirmBy().plus(USEFUL);
    }

    /** Until then, but for no longer than there is a use in telling what waits for weeks. */
    static Instant useful(Instant until) {
        Instant useful = ServerTime.now().plus(USEFUL);
        return useful.isBefore(until) ? useful : until;
    }
}
