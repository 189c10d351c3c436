package io.assent.outbox.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryAttempted;
import io.assent.outbox.DeliveryDelayed;
import io.assent.outbox.DeliveryHandler.Preparation;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.OutboxEvent;
import io.assent.outbox.jpa.InMemoryRows.Concluded;
import io.assent.outbox.jpa.InMemoryRows.Delayed;
import io.assent.outbox.lane.Backoff;
import io.assent.outbox.lane.Bulkhead;
import io.assent.server.LogLines;
import io.assent.server.OperatorLog;
import io.assent.server.ServerTime;
import io.assent.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.models.KeycloakSession;

@Timeout(120)
class OutboxDispatcherTest {

    private static final Sent TAKEN = Sent.of(new DeliveryResult.Delivered());
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private static final int CAPACITY = 3;

    private final InMemoryRows rows = new InMemoryRows();
    private final List<OutboxEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger attempts = new AtomicInteger();
    private final LogLines lines = LogLines.of(OutboxLog.class.getName());
    private final Bulkhead lane = new Bulkhead(Tasks.KIND, 1, CAPACITY, 1);
    private final OutboxDispatcher dispatcher = new OutboxDispatcher(
            rows,
            events::add,
            new OutboxLog(),
            new Backoff(() -> 0),
            Tasks.LEASE,
            Map.of(Tasks.KIND, lane),
            Delivery::target,
            Traces.none());

    @AfterEach
    void close() {
        dispatcher.close();
        lines.close();
    }

    @Test
    void whatWasPromisedIsMadeAtOnceAndHasNoRowBefore() {
        work(Tasks.fresh(counting(TAKEN)));

        assertThat(attempts).hasValue(1);
        assertThat(rows.written).isEmpty();
        assertThat(rows.preparedAnew).isEmpty();
    }

    @Test
    void whatWasPromisedAndHasBeenWaitingIsWrittenAndPreparedAnew() {
        OutboxTask task = Tasks.waited(counting(TAKEN), Duration.ofSeconds(2));

        work(task);

        assertThat(attempts).hasValue(0);
        assertThat(rows.written).containsExactly(task);
        assertThat(rows.preparedAnew).containsExactly(task.written());
        assertThat(rows.concluded)
                .containsExactly(new Concluded(task.written(), Conclusion.obsolete("nothing"), Optional.empty()));
    }

    @Test
    void whatWasPromisedAndSomebodyElseWroteIsLeftToThem() {
        OutboxTask task = Tasks.waited(counting(TAKEN), Duration.ofSeconds(2));
        rows.lose(task);

        work(task);

        assertThat(attempts).hasValue(0);
        assertThat(rows.preparedAnew).isEmpty();
        assertThat(rows.concluded).isEmpty();
    }

    @Test
    void whatWasPromisedAndCannotBeWrittenIsLeftToWhoFindsIt() {
        rows.fail(1);

        work(Tasks.waited(counting(TAKEN), Duration.ofSeconds(2)));

        assertThat(attempts).hasValue(0);
        assertThat(rows.delayed).isEmpty();
        assertThat(rows.concluded).isEmpty();
    }

    @Test
    void whatIsLoggedDuringAnAttemptHasTheRequestsId() {
        List<Optional<Object>> logged = Collections.synchronizedList(new ArrayList<>());
        Supplier<Sent> logging = () -> {
            logged.add(Optional.ofNullable(MDC.get(OperatorLog.REQUEST_ID)));
            return TAKEN;
        };

        work(Tasks.fresh(logging), Tasks.unkept(logging));

        assertThat(logged).containsExactly(Optional.of("owner"), Optional.empty());
    }

    @Test
    void whatWasTakenWaitsToBeAcknowledgedWithOthers() {
        OutboxTask task = Tasks.fresh(counting(TAKEN));

        work(task);

        assertThat(rows.batches).containsExactly(List.of(task));
        assertThat(rows.concluded).containsExactly(new Concluded(task, Conclusion.delivered(), Optional.empty()));
    }

    @Test
    void whatIsToBeStoredWithADeliveryIsStoredInTheTransactionThatConcludesItsRow() {
        Optional<Consumer<KeycloakSession>> settlement = Optional.of(session -> {});
        OutboxTask task = Tasks.fresh(counting(new Sent(new DeliveryResult.Delivered(), settlement)));

        work(task);

        assertThat(rows.batches).isEmpty();
        assertThat(rows.concluded).containsExactly(new Concluded(task, Conclusion.delivered(), settlement));
    }

    @Test
    void aRowThatIsNotKeptIsConcludedAtOnce() {
        OutboxTask task = Tasks.unkept(counting(TAKEN));

        work(task);

        assertThat(rows.batches).isEmpty();
        assertThat(rows.concluded).containsExactly(new Concluded(task, Conclusion.delivered(), Optional.empty()));
    }

    @Test
    void whatIsRefusedIsGivenUpWithWhatIsToBeStoredOfIt() {
        Optional<Consumer<KeycloakSession>> settlement = Optional.of(session -> {});
        OutboxTask task = Tasks.fresh(counting(new Sent(new DeliveryResult.Refused("address unknown"), settlement)));

        work(task);

        assertThat(rows.concluded)
                .containsExactly(new Concluded(task, Conclusion.refused("address unknown"), settlement));
        assertThat(lines.all())
                .singleElement()
                .asString()
                .startsWith("WARN The letter " + task.id())
                .contains("failed for good: the post: address unknown");
    }

    @Test
    void whatFailsIsTriedAgainAfterABackoffThatGrows() {
        rows.handle(() -> new Preparation.Ready(Tasks.attempt(counting(later(Optional.empty())))));
        OutboxTask task = Tasks.retried(3, A_MINUTE);
        Instant before = ServerTime.now();

        work(task);

        Delayed delayed = rows.delayed.get(0);
        assertThat(delayed.nextAttemptAt())
                .isBetween(before.plusSeconds(8), ServerTime.now().plusSeconds(8));
        assertThat(delayed.reason()).isEqualTo("the post: on strike");
        assertThat(rows.concluded).isEmpty();
        assertThat(events)
                .last()
                .isEqualTo(new DeliveryDelayed(task.delivery(), 4, "the post: on strike", delayed.nextAttemptAt()));
    }

    @Test
    void theOtherSideSaysWhenToTryAgain() {
        Instant before = ServerTime.now();

        work(Tasks.fresh(counting(later(Optional.of(Duration.ofSeconds(17))))));

        assertThat(rows.delayed.get(0).nextAttemptAt())
                .isBetween(before.plusSeconds(17), ServerTime.now().plusSeconds(17));
    }

    @Test
    void nothingIsTriedLaterThanThereIsUseInIt() {
        OutboxTask task = Tasks.fresh(counting(later(Optional.of(Duration.ofHours(1)))));

        work(task);

        assertThat(rows.delayed.get(0).nextAttemptAt())
                .isEqualTo(task.delivery().expiresAt());
    }

    @Test
    void whatAnotherNodeHasTakenOverIsNotToldAsDelayed() {
        OutboxTask task = Tasks.fresh(counting(later(Optional.empty())));
        rows.lose(task);

        work(task);

        assertThat(rows.delayed).isEmpty();
        assertThat(events).hasOnlyElementsOfType(DeliveryAttempted.class);
    }

    @Test
    void whoeverCannotBeReachedIsToldOfOnceAMinuteByNameAndReason() {
        rows.handle(() -> new Preparation.Ready(Tasks.attempt(counting(later(Optional.empty())))));

        work(Tasks.retried(0, A_MINUTE), Tasks.retried(0, A_MINUTE));

        assertThat(attempts).hasValue(2);
        assertThat(lines.all()).singleElement().asString().startsWith("WARN Could not deliver to the post: on strike.");
    }

    @Test
    void whatExpiredIsGivenUpUnattemptedAndToldOfWithTheLastReason() {
        rows.handle(() -> new Preparation.Ready(Tasks.attempt(counting(TAKEN))));
        OutboxTask task = Tasks.retried(9, Duration.ZERO);

        work(task);

        assertThat(attempts).hasValue(0);
        assertThat(rows.concluded).containsExactly(new Concluded(task, Conclusion.expired(), Optional.empty()));
        assertThat(lines.all())
                .singleElement()
                .asString()
                .startsWith("WARN The letter " + task.id())
                .contains("expired undelivered after 9 attempts. The last: the post: no stamp.");
    }

    @Test
    void whatThereIsNoUseInAnyMoreIsGivenUpInSilence() {
        rows.handle(() -> new Preparation.Obsolete("answered"));
        OutboxTask task = Tasks.retried(1, A_MINUTE);

        work(task);

        assertThat(rows.concluded)
                .containsExactly(new Concluded(task, Conclusion.obsolete("answered"), Optional.empty()));
        assertThat(lines.all()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void whatAnotherNodeHasTakenOverIsNotAttempted() {
        rows.handle(() -> new Preparation.Ready(Tasks.attempt(counting(TAKEN))));
        OutboxTask task = Tasks.retried(1, A_MINUTE);
        rows.lose(task);

        work(task);

        assertThat(attempts).hasValue(0);
        assertThat(rows.concluded).isEmpty();
        assertThat(rows.delayed).isEmpty();
    }

    @Test
    void everyAttemptIsToldWithWhoWasCalledAndWhatCameOfIt() {
        OutboxTask task = Tasks.fresh(counting(TAKEN));

        work(task);

        assertThat(events).singleElement().isInstanceOfSatisfying(DeliveryAttempted.class, attempted -> {
            assertThat(attempted.delivery()).isEqualTo(task.delivery());
            assertThat(attempted.attempts()).isEqualTo(1);
            assertThat(attempted.peer()).isEqualTo(Tasks.PEER);
            assertThat(attempted.result()).isEqualTo(new DeliveryResult.Delivered());
            assertThat(attempted.duration()).isBetween(Duration.ZERO, Duration.ofSeconds(10));
        });
    }

    @Test
    void aHandlerThatFailsCostsNothingButTime() {
        rows.handle(() -> {
            throw new UnsupportedOperationException("a fault of the handler's");
        });
        OutboxTask task = Tasks.retried(0, A_MINUTE);

        work(task);

        assertThat(rows.delayed).singleElement().satisfies(delayed -> {
            assertThat(delayed.task()).isEqualTo(task);
            assertThat(delayed.reason()).isEqualTo("UnsupportedOperationException");
        });
    }

    @Test
    void aRowThatCannotEvenBeGivenBackIsLeftToItsLease() {
        rows.fail(Integer.MAX_VALUE);
        rows.handle(() -> new Preparation.Obsolete("answered"));

        work(Tasks.retried(0, A_MINUTE));
        rows.fail(0);

        assertThat(rows.concluded).isEmpty();
        assertThat(rows.delayed).isEmpty();
    }

    @Test
    void whatThereIsNoRoomForIsLeftToItsLease() {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch prepared = new CountDownLatch(CAPACITY);
        rows.handle(() -> {
            prepared.countDown();
            return new Preparation.Obsolete("answered");
        });
        OutboxTask running = Tasks.fresh(() -> {
            started.countDown();
            await(answer);
            return TAKEN;
        });
        List<OutboxTask> waiting = IntStream.range(0, CAPACITY)
                .mapToObj(number -> Tasks.retried(1, A_MINUTE, "target " + number))
                .toList();
        OutboxTask leftOver = Tasks.retried(1, A_MINUTE, "another target");

        dispatcher.dispatch(running);
        await(started);
        assertThat(dispatcher.room(Tasks.KIND)).isEqualTo(CAPACITY);
        waiting.forEach(dispatcher::dispatch);
        assertThat(dispatcher.room(Tasks.KIND)).isZero();
        dispatcher.dispatch(leftOver);
        answer.countDown();
        await(prepared);
        dispatcher.close();

        assertThat(rows.preparedAnew).containsExactlyElementsOf(waiting);
        assertThat(rows.concluded).extracting(Concluded::task).contains(running).doesNotContain(leftOver);
    }

    /** Works on tasks, one after the other, and returns when all is concluded. */
    private void work(OutboxTask... tasks) {
        for (OutboxTask task : tasks) {
            CountDownLatch done = new CountDownLatch(1);
            dispatcher.dispatch(task);
            whenThereIsRoom(task, done::countDown);
            await(done);
        }
        dispatcher.close();
    }

    /** What ran last may still be about to make room. */
    private void whenThereIsRoom(OutboxTask task, Runnable work) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!lane.execute(task.delivery().target(), work)) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private Supplier<Sent> counting(Sent sent) {
        return () -> {
            attempts.incrementAndGet();
            return sent;
        };
    }

    private static Sent later(Optional<Duration> after) {
        return Sent.of(new DeliveryResult.RetryLater(after, "on strike"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
