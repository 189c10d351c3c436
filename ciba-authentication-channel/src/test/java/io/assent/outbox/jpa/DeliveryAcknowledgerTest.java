package io.assent.outbox.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.server.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeliveryAcknowledgerTest {

    private final InMemoryRows rows = new InMemoryRows();

    @Test
    void rowsOfAMomentAreConcludedTogetherAHundredAtOnce() {
        List<OutboxTask> tasks = tasks(250);

        acknowledge(tasks);

        assertThat(rows.batches).extracting(List::size).containsExactly(100, 100, 50);
        assertThat(rows.concluded).extracting(InMemoryRows.Concluded::task).containsExactlyElementsOf(tasks);
        assertThat(rows.concluded)
                .allSatisfy(concluded -> assertThat(concluded.conclusion()).isEqualTo(Conclusion.delivered()));
    }

    @Test
    void whatIsAddedLaterIsConcludedToo() {
        OutboxTask first = task();
        OutboxTask second = task();
        try (DeliveryAcknowledger acknowledger = new DeliveryAcknowledger(rows, new OutboxLog())) {
            acknowledger.add(first);
            awaitConclusions(1);
            acknowledger.add(second);
            awaitConclusions(2);
        }

        assertThat(rows.batches).containsExactly(List.of(first), List.of(second));
    }

    @Test
    void aHiccupOfTheDatabaseRepeatsNoDelivery() {
        rows.fail(2);
        List<OutboxTask> tasks = tasks(3);

        acknowledge(tasks);

        assertThat(rows.batches).containsExactly(tasks);
    }

    @Test
    void whatCannotBeConcludedIsLeftToItsLeaseAndToldOf() {
        rows.fail(3);
        List<OutboxTask> tasks = tasks(150);
        try (LogLines lines = LogLines.of(OutboxLog.class.getName())) {
            acknowledge(tasks);

            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith("WARN 100 deliveries were made but could not be marked as delivered");
        }
        assertThat(rows.batches).containsExactly(tasks.subList(100, 150));
    }

    /** All in one moment, however slow the machine is. */
    private void acknowledge(List<OutboxTask> tasks) {
        try (DeliveryAcknowledger acknowledger =
                new DeliveryAcknowledger(rows, new OutboxLog(), Duration.ofSeconds(2))) {
            tasks.forEach(acknowledger::add);
        }
    }

    private void awaitConclusions(int count) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (rows.concluded.size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(rows.concluded).hasSize(count);
    }

    private static List<OutboxTask> tasks(int count) {
        return Stream.generate(DeliveryAcknowledgerTest::task).limit(count).toList();
    }

    private static OutboxTask task() {
        return Tasks.fresh(() -> Sent.of(new DeliveryResult.Delivered()));
    }
}
