package io.assent.outbox;

import java.time.Duration;
import org.keycloak.models.KeycloakSession;

/**
 * The delivery is never made, and the row is concluded. Told inside the transaction that concludes the row, once for
 * each row whose conclusion is committed: on the thread that made the attempt, or on the server's timer where nobody
 * came to make one in time. If that transaction is rolled back it is told again with the next one. A delivery that goes
 * with its owner, or with its realm, is not told of.
 *
 * @param session of that transaction; its context has no realm
 * @param detail for the operator
 * @param elapsed since the delivery was written
 */
public record DeliveryGivenUp(
        KeycloakSession session, Delivery delivery, int attempts, GivenUpReason reason, String detail, Duration elapsed)
        implements OutboxEvent {}
