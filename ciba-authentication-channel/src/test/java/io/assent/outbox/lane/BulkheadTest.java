package io.assent.outbox.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BulkheadTest {

    @Test
    void oneTargetLeavesTheOtherThreadsToTheOthers() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(20);
        try (Bulkhead lane = new Bulkhead("test", 4, 100, 2)) {
            for (int stuck = 0; stuck < 50; stuck++) {
                assertThat(lane.execute("silent", () -> await(answer))).isTrue();
            }
            for (int other = 0; other < 20; other++) {
                assertThat(lane.execute("other", others::countDown)).isTrue();
            }

            assertThat(others.await(5, TimeUnit.SECONDS)).isTrue();
            answer.countDown();
        }
    }

    @Test
    void oneTargetTakesNoMoreThanHalfOfTheRoom() {
        CountDownLatch answer = new CountDownLatch(1);
        try (Bulkhead lane = new Bulkhead("test", 4, 100, 2)) {
            int taken = 0;
            while (lane.execute("slow", () -> await(answer))) {
                taken++;
            }

            assertThat(taken).isEqualTo(52);
            // what its two threads were given may not have begun yet
            assertThat(lane.room()).isBetween(48, 50);
            assertThat(lane.execute("other", () -> {})).isTrue();
            answer.countDown();
        }
    }

    @Test
    void whatWaitsForItsTargetIsDoneInTheEnd() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(50);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Bulkhead lane = new Bulkhead("test", 8, 100, 2)) {
            for (int work = 0; work < 50; work++) {
                lane.execute("busy", () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    now.decrementAndGet();
                    all.countDown();
                });
            }

            assertThat(all.await(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void whatThereIsNoRoomForIsRefused() {
        CountDownLatch answer = new CountDownLatch(1);
        try (Bulkhead lane = new Bulkhead("test", 1, 3, Integer.MAX_VALUE)) {
            int taken = 0;
            while (lane.execute("target-" + taken, () -> await(answer))) {
                taken++;
            }

            assertThat(taken).isEqualTo(4);
            assertThat(lane.room()).isZero();
            answer.countDown();
        }
    }

    @Test
    void aClosedLaneTakesNothing() {
        Bulkhead lane = new Bulkhead("test", 1, 3, 1);
        lane.close();

        assertThat(lane.execute("target", () -> {})).isFalse();
        assertThat(lane.room()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
