package io.assent.push;

import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.Outbox;
import io.assent.request.ConsentRequest;
import io.assent.request.ConsentRequest.Journey;
import io.assent.request.ConsentRequestEvent.Asked;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Tells a customer of a new request that waits in the bank's app: one push to each device, left to the outbox in the
 * transaction that stores the request.
 */
final class PushNotifier implements AssentEventListener {

    private static final Logger LOG = Logger.getLogger(PushNotifier.class);

    private final KeycloakSession session;

    PushNotifier(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Asked asked && asked.request().journey().is(Journey.CIBA)) {
            notify(asked.request());
        }
    }

    private void notify(ConsentRequest request) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, request.parties().userId());
        Outbox outbox = session.getProvider(Outbox.class);
        Devices.of(session).list(request.parties().customer()).stream()
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
            return Optional.of(new PushComposer(session).compose(realm, user, request, device));
        } catch (RuntimeException notNow) {
            LOG.warnf(notNow, "Could not prepare the push of request %s to device %s", request.id(), device.id());
            return Optional.empty();
        }
    }
}
