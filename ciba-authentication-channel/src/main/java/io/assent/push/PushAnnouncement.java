package io.assent.push;

import io.assent.consent.ConsentRequest;
import io.assent.device.DeviceStore;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Announces a new consent request to the customer: one push to each device, through the outbox. */
public final class PushAnnouncement {

    private final DeviceStore devices;
    private final Outbox outbox;
    private final PushComposer pushes;

    public PushAnnouncement(KeycloakSession session) {
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
                                request.origin(),
                                request.id(),
                                device.id(),
                                request.expiresAt()),
                        pushes.compose(realm, user, request, device)));
    }
}
