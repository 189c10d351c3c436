package io.assent.push.device;

import io.assent.device.Device;
import io.assent.device.DeviceEvent;
import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/**
 * Sees to it that nothing happens to a device in silence: the customer's other devices are told, and so is one that is
 * gone; one that is to prove its push token gets a nonce. Left to the outbox in the transaction in which it happens.
 */
final class DeviceNotifier implements AssentEventListener {

    /** For how long there is a use in telling of it. */
    private static final Duration USEFUL = Duration.ofDays(7);

    private static final String NO_APP = "none";

    private final KeycloakSession session;

    DeviceNotifier(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof DeviceEvent.ProofDue due) {
            enqueue(ProofHandlerFactory.KIND, due, due.deviceId(), due.until());
        } else if (event instanceof DeviceEvent.FarewellDue due) {
            enqueue(FarewellHandlerFactory.KIND, due, due.goneId(), due.until());
        } else if (event instanceof DeviceEvent.Registered registered) {
            tellOthers(registered);
        } else if (event instanceof DeviceEvent.RegisteredAgain again) {
            tellOthers(again);
        } else if (event instanceof DeviceEvent.Moved moved) {
            tellOthers(moved);
        } else if (event instanceof DeviceEvent.Removed removed && removed.elsewhere()) {
            tellOthers(removed);
        } else if (event instanceof DeviceEvent.Lost lost) {
            tellOthers(lost);
        }
    }

    private void tellOthers(DeviceEvent event) {
        Instant expiresAt = ServerTime.now().plus(USEFUL);
        Devices.of(session).list(event.customer()).stream()
                .filter(Device::isReachable)
                .filter(device -> !device.id().equals(event.deviceId()))
                .forEach(device -> enqueue(NoticeHandlerFactory.KIND, event, device.id(), expiresAt));
    }

    private void enqueue(String kind, DeviceEvent event, String deviceId, Instant expiresAt) {
        Parties parties = new Parties(
                event.customer().realmId(), causer(event), event.customer().userId());
        session.getProvider(Outbox.class).enqueue(new Delivery(kind, parties, null, deviceId, expiresAt));
    }

    /** The app, in a call of which it happens. A device may be lost: staff may call by a client of another realm. */
    private String causer(DeviceEvent event) {
        return event instanceof DeviceEvent.Lost || event instanceof DeviceEvent.FarewellDue
                ? NO_APP
                : session.getContext().getClient().getId();
    }
}
