package io.assent.push;

import io.assent.outbox.DeliveryDelivered;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import io.assent.server.Parties;
import org.keycloak.provider.ProviderEvent;

/** What happens to a push, told within the transaction in which it happens. */
public sealed interface PushEvent extends AssentEvent {

    /**
     * A vendor took the push of a request. Whether it reached the phone, nobody says.
     *
     * @param parties the customer, and the client that asked
     * @param deviceId the device that it was sent to
     */
    record Sent(Parties parties, String requestId, String deviceId) implements PushEvent {}

    /** Passes on what the outbox tells of deliveries, where it is about a push. */
    static void tell(ProviderEvent event) {
        if (event instanceof DeliveryDelivered delivered
                && delivered.delivery().kind().equals(PushHandlerFactory.KIND)) {
            AssentEventListener.tell(
                    delivered.session(),
                    new Sent(
                            delivered.delivery().parties(),
                            delivered.delivery().ownerId(),
                            delivered.delivery().target()));
        }
    }
}
