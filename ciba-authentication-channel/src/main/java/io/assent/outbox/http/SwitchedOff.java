package io.assent.outbox.http;

import io.assent.offswitch.OffSwitch;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.Outbox;
import io.assent.outbox.Recipient;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientModel.ClientUpdatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * In place of an attempt, where the client is switched off: nobody is called, and the delivery waits for its switch.
 */
public record SwitchedOff(String peer) implements Attempt {

    /** It is tried at once when the client is on again; this is for a node that has not heard of that yet. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    /** Empty where the client is on. */
    public static Optional<SwitchedOff> of(ClientModel client) {
        return OffSwitch.of(client).isOff()
                ? Optional.of(new SwitchedOff(ClientEndpoint.name(client)))
                : Optional.empty();
    }

    /**
     * From now on, what waits for a client is due at once when the client is switched on, or is set otherwise while it
     * is on.
     *
     * @param endpoint where deliveries of the kind go; a client that has none is passed over
     */
    public static void watch(
            KeycloakSessionFactory factory,
            String kind,
            BiFunction<KeycloakSession, ClientModel, Optional<ClientEndpoint>> endpoint) {
        factory.register(event -> {
            if (event instanceof ClientUpdatedEvent updated
                    && !OffSwitch.of(updated.getUpdatedClient()).isOff()
                    && endpoint.apply(updated.getKeycloakSession(), updated.getUpdatedClient())
                            .isPresent()) {
                updated.getKeycloakSession()
                        .getProvider(Outbox.class)
                        .hasten(
                                new Recipient(kind, updated.getUpdatedClient().getId()),
                                ServerTime.now().plus(Outbox.UNTIL_CACHES_KNOW));
            }
        });
    }

    @Override
    public Sent send() {
        return Sent.of(new DeliveryResult.RetryLater(Optional.of(LOOK_AGAIN), "the client is switched off"));
    }
}
