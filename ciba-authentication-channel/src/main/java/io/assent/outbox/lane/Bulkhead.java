package io.assent.outbox.lane;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one kind of delivery. No target has more than its share of them: what is for a target that has enough
 * to do waits beside the queue, and holds up nothing that is for another. Nor has it more than half of the room for
 * what waits: the rest waits in the database, and leaves the sweep room for what is for others.
 */
public final class Bulkhead implements AutoCloseable {

    private static final int LAST_SENDS_SECONDS = 5;

    private final ThreadPoolExecutor executor;
    private final int capacity;
    private final int perTarget;
    private final Map<String, Target> targets = new HashMap<>();
    private int waiting;

    /**
     * @param threads how many deliveries are made at once
     * @param capacity how many may wait for their turn
     * @param perTarget how many are made at once to the same target
     */
    public Bulkhead(String kind, int threads, int capacity, int perTarget) {
        this.capacity = capacity;
        this.perTarget = perTarget;
        executor = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(capacity), new PackThreads(kind));
        executor.allowCoreThreadTimeOut(true);
    }

    /** Never blocks. @return whether there was room for it */
    public synchronized boolean execute(String name, Runnable work) {
        Target target = targets.computeIfAbsent(name, any -> new Target());
        if (target.running < perTarget) {
            return start(name, target, work);
        }
        if (waiting >= capacity || target.waiting.size() >= Math.max(1, capacity / 2)) {
            return false;
        }
        waiting++;
        return target.waiting.add(work);
    }

    private boolean start(String name, Target target, Runnable work) {
        try {
            target.running++;
            executor.execute(() -> {
                try {
                    work.run();
                } finally {
                    next(name, target);
                }
            });
            return true;
        } catch (RejectedExecutionException fullOrShutDown) {
            target.running--;
            forgetIfIdle(name, target);
            return false;
        }
    }

    private synchronized void next(String name, Target target) {
        target.running--;
        Runnable work = target.waiting.poll();
        if (work != null) {
            waiting--;
            // where there is no room for it, a sweep finds it
            start(name, target, work);
        }
        forgetIfIdle(name, target);
    }

    private void forgetIfIdle(String name, Target target) {
        if (target.running == 0 && target.waiting.isEmpty()) {
            targets.remove(name, target);
        }
    }

    /** How many more there is room for. */
    public synchronized int room() {
        return executor.isShutdown() ? 0 : Math.max(0, executor.getQueue().remainingCapacity() - waiting);
    }

    /** What is being sent may end; what waits is left to the sweep of another node, or of this one's next start. */
    @Override
    public void close() {
        executor.getQueue().clear();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_SENDS_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static final class Target {
        private int running;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
    }
}
