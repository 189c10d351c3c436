package io.assent.outbox.jpa;

import io.assent.outbox.jpa.OutboxRows.Promised;
import io.assent.outbox.lane.PackThreads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks up what was promised, right after the commit: what comes while it looks is looked up together the next time.
 * What it has no room for, and what it fails at, is left to {@link ForgottenPromises}.
 */
final class PromiseKeeper implements AutoCloseable {

    private static final int MOST_AT_ONCE = 50;

    private final OutboxRows rows;
    private final Consumer<OutboxTask> dispatch;
    private final OutboxLog log;
    private final BlockingQueue<Promised> waiting;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(new PackThreads("promises"));
    private final AtomicBoolean running = new AtomicBoolean();

    /** @param capacity how many may wait */
    PromiseKeeper(OutboxRows rows, Consumer<OutboxTask> dispatch, OutboxLog log, int capacity) {
        this.rows = rows;
        this.dispatch = dispatch;
        this.log = log;
        waiting = new ArrayBlockingQueue<>(capacity);
    }

    /** Never blocks. */
    void keep(Promised promised) {
        if (waiting.offer(promised)) {
            wake();
        } else {
            log.noRoom(promised);
        }
    }

    private void wake() {
        if (running.compareAndSet(false, true)) {
            try {
                executor.execute(this::work);
            } catch (RejectedExecutionException shutDown) {
                running.set(false);
            }
        }
    }

    private void work() {
        List<Promised> some = new ArrayList<>(MOST_AT_ONCE);
        try {
            while (waiting.drainTo(some, MOST_AT_ONCE) > 0) {
                some.stream()
                        .collect(Collectors.groupingBy(
                                one -> one.promise().parties().realmId(), LinkedHashMap::new, Collectors.toList()))
                        .forEach(this::prepare);
                some.clear();
            }
        } finally {
            // also after an Error: what comes next is worked on by another thread
            running.set(false);
        }
        if (!waiting.isEmpty()) {
            wake();
        }
    }

    private void prepare(String realmId, List<Promised> some) {
        try {
            rows.prepare(realmId, some).forEach(dispatch);
        } catch (RuntimeException failed) {
            log.notKept(some, failed);
        }
    }

    /** What waits is left to another node, or to this one's next start. */
    @Override
    public void close() {
        waiting.clear();
        executor.shutdownNow();
    }
}
