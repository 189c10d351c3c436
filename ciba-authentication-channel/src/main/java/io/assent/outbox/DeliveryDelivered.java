package io.assent.outbox;

import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/**
 * The other side took it, and the row is concluded. Told inside the transaction that concludes the row, once for each
 * row whose conclusion is committed: on the thread that made the attempt, or, where rows are acknowledged together, on
 * the one that does so, up to a tenth of a second later and many rows to a transaction. If that transaction is rolled
 * back (the database went away, another listener failed) it is told again with the next one.
 *
 * @param session of that transaction; its context has no realm
 * @param elapsed since the delivery was written
 */
public record DeliveryDelivered(KeycloakSession session, Delivery delivery, int attempts, Duration elapsed)
        implements OutboxEvent {}
