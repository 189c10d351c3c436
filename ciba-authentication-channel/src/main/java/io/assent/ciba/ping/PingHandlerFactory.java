package io.assent.ciba.ping;

import io.assent.outbox.DeliveryHandler;
import io.assent.outbox.http.ClientDeliveryHandlerFactory;
import io.assent.server.OperatorLog;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Wires {@link PingHandler}. */
public final class PingHandlerFactory implements ClientDeliveryHandlerFactory {

    static final String KIND = "ping";

    private final OperatorLog operator = new OperatorLog(Logger.getLogger(PingHandler.class));

    @Override
    public DeliveryHandler create(KeycloakSession session) {
        return new PingHandler(session, PingStore.of(session), operator);
    }

    @Override
    public String getId() {
        return KIND;
    }
}
