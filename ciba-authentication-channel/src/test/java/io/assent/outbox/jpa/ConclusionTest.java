package io.assent.outbox.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.outbox.DeliveryDelivered;
import io.assent.outbox.DeliveryGivenUp;
import io.assent.outbox.GivenUpReason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConclusionTest {

    private final OutboxTask task = Tasks.retried(2, Duration.ofMinutes(1));
    private final Duration age = Duration.ofSeconds(8);
    private final Instant now = task.progress().writtenAt().plus(age);

    @Test
    void aDeliveryCountsItsLastAttempt() {
        Conclusion delivered = Conclusion.delivered();

        assertThat(delivered.status()).isEqualTo(OutboxStatus.DELIVERED);
        assertThat(delivered.reason()).isNull();
        assertThat(delivered.event(null, task, now)).isEqualTo(new DeliveryDelivered(null, task.delivery(), 3, age));
    }

    @Test
    void aRefusalIsAFailureOfTheLastAttempt() {
        Conclusion refused = Conclusion.refused("address unknown");

        assertThat(refused.status()).isEqualTo(OutboxStatus.FAILED);
        assertThat(refused.reason()).isEqualTo("address unknown");
        assertThat(refused.event(null, task, now))
                .isEqualTo(
                        new DeliveryGivenUp(null, task.delivery(), 3, GivenUpReason.REFUSED, "address unknown", age));
    }

    @Test
    void anExpiryIsStoredAsSuchAndToldWithWhatTheLastAttemptCameTo() {
        Conclusion expired = Conclusion.expired();

        assertThat(expired.status()).isEqualTo(OutboxStatus.CLOSED);
        assertThat(expired.reason()).isEqualTo("expired");
        assertThat(expired.event(null, task, now))
                .isEqualTo(new DeliveryGivenUp(
                        null, task.delivery(), 2, GivenUpReason.EXPIRED, "the post: no stamp", age));
    }

    @Test
    void whatThereIsNoUseInIsClosed() {
        Conclusion obsolete = Conclusion.obsolete("answered");

        assertThat(obsolete.status()).isEqualTo(OutboxStatus.CLOSED);
        assertThat(obsolete.reason()).isEqualTo("answered");
        assertThat(obsolete.event(null, task, now))
                .isEqualTo(new DeliveryGivenUp(null, task.delivery(), 2, GivenUpReason.OBSOLETE, "answered", age));
    }
}
