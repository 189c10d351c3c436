package io.assent.outbox.http;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandlerFactory;

/** Makes the handler of a kind of delivery that is posted to a {@link ClientEndpoint}. */
public interface ClientDeliveryHandlerFactory extends DeliveryHandlerFactory {

    /** The client, whatever it is told of. */
    @Override
    default String target(Delivery delivery) {
        return delivery.parties().clientId();
    }

    /** One client's server that does not answer leaves the other threads to the other clients. */
    @Override
    default int concurrencyPerTarget() {
        return 2;
    }
}
