package io.assent.outbox.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.id.OrderedId;
import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.jpa.PromisedRows.Row;
import io.assent.server.ServerTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PromisedRowTest {

    private final OutboxTask task = Tasks.fresh(() -> Sent.of(new DeliveryResult.Delivered()));
    private final Instant now = ServerTime.now();

    @Test
    void whatIsDeliveredIsClosedAndHeldByNobody() {
        Row row = Row.concluded(task, Conclusion.delivered(), now);

        assertThat(row.status()).isEqualTo(OutboxStatus.DELIVERED);
        assertThat(row.attempts()).isEqualTo(1);
        assertThat(row.closedAt()).contains(now);
        assertThat(row.lease()).isNull();
    }

    @Test
    void whatHasToWaitIsLeasedByWhoPromisedIt() {
        Row row = Row.leased(task);

        assertThat(row.status()).isEqualTo(OutboxStatus.WAITING);
        assertThat(row.attempts()).isZero();
        assertThat(row.lease()).isEqualTo(task.lease().id());
        assertThat(row.nextAttemptAt()).isEqualTo(task.lease().until());
        assertThat(row.closedAt()).isEmpty();
    }

    @Test
    void aReasonIsNoLongerThanItsColumn() {
        Row refused = Row.concluded(task, Conclusion.refused("x".repeat(300)), now);
        Row delayed = Row.delayed(task, now, "x".repeat(300));

        assertThat(refused.reason()).hasSize(255);
        assertThat(delayed.reason()).hasSize(255);
    }

    @Test
    void theIdFollowsFromWhatIsPromisedToWhomAndBeginsAsItsOwners() {
        String owner = OrderedId.next();
        Delivery promised = promised(owner, "one device");

        assertThat(OutboxTask.idOf(promised))
                .isEqualTo(OutboxTask.idOf(promised(owner, "one device")))
                .isNotEqualTo(OutboxTask.idOf(promised(owner, "another one")))
                .startsWith(owner.substring(0, 13))
                .hasSize(36);
    }

    private static Delivery promised(String owner, String target) {
        return new Delivery(Tasks.KIND, Tasks.PARTIES, owner, target, Instant.EPOCH);
    }
}
