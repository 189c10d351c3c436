package io.assent.monitoring.metrics;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryAttempted;
import io.assent.outbox.DeliveryDelivered;
import io.assent.outbox.DeliveryGivenUp;
import io.assent.outbox.DeliveryResult;
import io.assent.server.AfterCommit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/** Counts what comes of deliveries: each conclusion per client, once it is committed, and each attempt per peer. */
final class OutboxMeters {

    private final Meters meters;
    private final Sources sources;
    private final BoundedNames peers;

    /** @param peers who is called: vendors and clients */
    OutboxMeters(Meters meters, Sources sources, BoundedNames peers) {
        this.meters = meters;
        this.sources = sources;
        this.peers = peers;
    }

    void onEvent(ProviderEvent event) {
        if (event instanceof DeliveryAttempted attempted) {
            meters.attempt(
                    attempted.delivery().kind(),
                    peers.bound(attempted.peer()),
                    result(attempted.result()),
                    attempted.duration());
        } else if (event instanceof DeliveryDelivered delivered) {
            count(delivered.session(), delivered.delivery(), "delivered", Optional.of(delivered.elapsed()));
        } else if (event instanceof DeliveryGivenUp givenUp) {
            count(
                    givenUp.session(),
                    givenUp.delivery(),
                    givenUp.reason().name().toLowerCase(Locale.ROOT),
                    Optional.empty());
        }
    }

    private static String result(DeliveryResult result) {
        if (result instanceof DeliveryResult.Delivered) {
            return "taken";
        }
        return result instanceof DeliveryResult.Refused ? "refused" : "later";
    }

    private void count(KeycloakSession session, Delivery delivery, String result, Optional<Duration> elapsed) {
        sources.of(session, delivery.parties().realmId(), delivery.parties().clientId())
                .ifPresent(source -> new AfterCommit(session).run(List.of(source), of -> {
                    meters.delivery(of, delivery.kind(), result);
                    elapsed.ifPresent(time -> meters.deliveryTime(of, delivery.kind(), time));
                }));
    }
}
