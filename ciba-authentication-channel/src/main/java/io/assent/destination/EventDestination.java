package io.assent.destination;

import io.assent.api.PublicApi;
import java.time.Duration;
import org.keycloak.provider.Provider;

/** Takes events to where one destination of a realm has them. */
@PublicApi
public interface EventDestination extends Provider {

    /** Longer than any one may take. */
    Duration MAX_DURATION = Duration.ofSeconds(20);

    /**
     * Sends one event, as itself and once. Runs with no transaction open and after the session that this was made with
     * is closed; events of different subjects are sent by many threads at once, those of one subject in their order.
     */
    SendResult send(CloudEvent event);

    @Override
    default void close() {}
}
