package io.assent.push;

import io.assent.consent.Consent;
import io.assent.consent.ConsentEvent.ConfirmationDue;
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
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Tells a customer of what waits in the bank's app: one push to each device, left to the outbox in the transaction in
 * which it comes to wait there.
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
        if (event instanceof ConfirmationDue due) {
            notify(due.consent());
        }
    }

    private void notify(ConsentRequest request) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, request.parties().userId());
        Outbox outbox = session.getProvider(Outbox.class);
        reachable(request.parties())
                .forEach(device -> outbox.enqueue(
                        new Delivery(
                                PushHandlerFactory.KIND,
                                request.parties(),
                                request.id(),
                                device.id(),
                                request.expiresAt()),
                        compose(request, realm, user, device)));
    }

    private void notify(Consent consent) {
        Outbox outbox = session.getProvider(Outbox.class);
        Instant expiresAt = ServerTime.now().plus(ConfirmationPushHandler.USEFUL);
        reachable(consent.parties())
                .forEach(device -> outbox.enqueue(new Delivery(
                        ConfirmationPushHandlerFactory.KIND, consent.parties(), null, device.id(), expiresAt)));
    }

    private Stream<Device> reachable(Parties parties) {
        return Devices.of(session).list(parties.customer()).stream().filter(Device::isReachable);
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
