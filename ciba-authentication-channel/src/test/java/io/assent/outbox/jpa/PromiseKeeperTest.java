package io.assent.outbox.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.outbox.Promise;
import io.assent.outbox.jpa.OutboxRows.Promised;
import io.assent.server.LogLines;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PromiseKeeperTest {

    private static final int CAPACITY = 120;

    private final InMemoryRows rows = new InMemoryRows();
    private final List<OutboxTask> dispatched = Collections.synchronizedList(new ArrayList<>());
    private final LogLines lines = LogLines.of(OutboxLog.class.getName());
    private final PromiseKeeper keeper = new PromiseKeeper(rows, dispatched::add, new OutboxLog(), CAPACITY);

    @AfterEach
    void close() {
        keeper.close();
        lines.close();
    }

    @Test
    void whatIsPromisedIsDispatchedAsItWasPrepared() {
        OutboxTask task = Tasks.retried(0, Duration.ofMinutes(1));
        rows.promise(any -> List.of(task, task));

        keeper.keep(promised("one"));

        awaitDispatched(2);
        assertThat(dispatched).containsExactly(task, task);
    }

    @Test
    void whatComesWhileItLooksIsLookedUpTogether() throws InterruptedException {
        CountDownLatch go = lookAtTheFirst();

        IntStream.range(0, 60).forEach(number -> keeper.keep(promised("later " + number)));
        go.countDown();

        awaitDispatched(61);
        assertThat(rows.looks).extracting(List::size).containsExactly(1, 50, 10);
    }

    @Test
    void whatThereIsNoRoomForIsLeftToWhoFindsItAndHoldsNobodyUp() throws InterruptedException {
        CountDownLatch go = lookAtTheFirst();

        IntStream.range(0, CAPACITY + 7).forEach(number -> keeper.keep(promised("later " + number)));
        go.countDown();

        awaitDispatched(1 + CAPACITY);
        keeper.keep(promised("last"));
        awaitDispatched(2 + CAPACITY);
        assertThat(dispatched).hasSize(2 + CAPACITY);
        assertThat(lines.all()).singleElement().asString().startsWith("WARN Requests come faster than");
    }

    @Test
    void aLookThatFailsIsToldOfAndTheNextIsMade() {
        OutboxTask task = Tasks.retried(0, Duration.ofMinutes(1));
        rows.promise(any -> List.of(task));
        rows.fail(1);

        keeper.keep(promised("lost"));
        awaitUntil(() -> !lines.all().isEmpty());
        keeper.keep(promised("next"));

        awaitDispatched(1);
        assertThat(lines.all())
                .singleElement()
                .asString()
                .startsWith("WARN Could not look up how to make the first deliveries of 1 requests");
    }

    @Test
    void oneRealmThatFailsHoldsUpNoOther() {
        OutboxTask task = Tasks.retried(0, Duration.ofMinutes(1));
        rows.promise(promised -> {
            if (promised.promise().parties().realmId().equals("broken")) {
                throw new IllegalStateException("its users are away");
            }
            return List.of(task);
        });

        keeper.keep(promised("broken", "lost"));
        keeper.keep(promised("realm", "made"));

        awaitDispatched(1);
        assertThat(rows.looks).hasSize(2);
    }

    @Test
    void anErrorStopsNothingThatComesLater() {
        OutboxTask task = Tasks.retried(0, Duration.ofMinutes(1));
        rows.promise(promised -> {
            if (promised.promise().ownerId().equals("bad")) {
                throw new NoClassDefFoundError("a sender's");
            }
            return List.of(task);
        });

        keeper.keep(promised("bad"));
        awaitUntil(() -> !rows.looks.isEmpty());
        keeper.keep(promised("good"));
        while (dispatched.isEmpty()) {
            // what came while the thread died waits for the next
            keeper.keep(promised("another"));
            Thread.onSpinWait();
        }

        assertThat(dispatched.get(0)).isEqualTo(task);
    }

    /** Promises one, and returns while it is looked at. @return what the look waits for */
    private CountDownLatch lookAtTheFirst() throws InterruptedException {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        OutboxTask task = Tasks.retried(0, Duration.ofMinutes(1));
        rows.promise(promised -> {
            looking.countDown();
            await(go);
            return List.of(task);
        });
        keeper.keep(promised("first"));
        looking.await();
        return go;
    }

    private void awaitDispatched(int most) {
        awaitUntil(() -> dispatched.size() >= most);
    }

    /** The test's timeout is the limit. */
    private static void awaitUntil(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static Promised promised(String owner) {
        return promised("realm", owner);
    }

    private static Promised promised(String realm, String owner) {
        return new Promised(
                new Promise(
                        Tasks.KIND,
                        new Parties(realm, "client", "customer"),
                        owner,
                        ServerTime.now().plusSeconds(60)),
                ServerTime.now(),
                Optional.empty());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
