package io.assent.push;

import io.assent.device.Device;
import io.assent.device.DeviceStore;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.Outbox;
import io.assent.request.ConsentRequest;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Announces a new consent request to the customer: one push to each device, through the outbox. */
public final class PushNotifier {

    private static final Logger LOG = Logger.getLogger(PushNotifier.class);

    private final DeviceStore devices;
    private final Outbox outbox;
    private final PushComposer pushes;

    public PushNotifier(KeycloakSession session) {
        devices = session.getProvider(DeviceStore.class);
        outbox = session.getProvider(Outbox.class);
        pushes = new PushComposer(session);
    }

    /** Belongs to the caller's transaction, which is the one that stores the request. */
    public void of(ConsentRequest request, RealmModel realm, UserModel user) {
        devices.list(realm, user).stream()
                .filter(device -> !device.disabled())
                .forEach(device -> outbox.enqueue(
                        new Delivery(
                                PushHandlerFactory.KIND,
                                request.parties(),
                                request.id(),
                                device.id(),
                                request.expiresAt()),
                        compose(request, realm, user, device)));
    }

    /**
     * Empty where it fails: whether a client can ask does not hang on a text or a sender, and the outbox tries again.
     */
    private Optional<Attempt> compose(ConsentRequest request, RealmModel realm, UserModel user, Device device) {
        try {
            return Optional.of(pushes.compose(realm, user, request, device));
        } catch (RuntimeException notNow) {
            LOG.warnf(notNow, "Could not prepare the push of request %s to device %s", request.id(), device.id());
            return Optional.empty();
        }
    }
}
