package io.assent.cloudevent;

import io.assent.destination.DestinationChanged;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.DeliveryHandlerFactory;
import io.assent.outbox.Outbox;
import io.assent.server.ServerTime;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;

/** Makes {@link EventHandler}, and follows changes of destinations and the removal of a realm. */
public final class EventHandlerFactory implements DeliveryHandlerFactory {

    public static final String KIND = "event";

    private final DestinationHealth health = new DestinationHealth();

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new EventHandler(session, health);
    }

    @Override
    public String getId() {
        return KIND;
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof RealmRemovedEvent removed) {
                EventStore.of(removed.getKeycloakSession())
                        .removeOfRealm(removed.getRealm().getId());
            } else if (event instanceof DestinationChanged changed
                    && changed.destination().isOn()) {
                changed.session()
                        .getProvider(Outbox.class)
                        .hasten(
                                EventQueue.recipient(changed.destination().id()),
                                ServerTime.now().plus(Outbox.UNTIL_CACHES_KNOW));
            }
        });
    }

    /** The destination. */
    @Override
    public String target(Delivery delivery) {
        return delivery.parties().clientId();
    }

    /** One that does not answer leaves the other threads to the other destinations. */
    @Override
    public int concurrencyPerTarget() {
        return 4;
    }
}
