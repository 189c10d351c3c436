package io.assent.push;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads and the queue of one kind of delivery, and how many of them one target may take. */
final class Lane implements AutoCloseable {

    private final ThreadPoolExecutor executor;
    private final int perTarget;
    private final ConcurrentMap<String, Integer> inFlight = new ConcurrentHashMap<>();

    /**
     * @param threads how many deliveries are made at once
     * @param capacity how many may wait for their turn
     * @param perTarget how many are made at once to the same target
     */
    Lane(String kind, int threads, int capacity, int perTarget) {
        this.perTarget = perTarget;
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(capacity), work -> {
                    Thread thread = new Thread(work, "assent-" + kind + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(Lane.class.getClassLoader());
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Never blocks. @return whether there was room for it */
    boolean execute(Runnable work) {
        try {
            executor.execute(work);
            return true;
        } catch (RejectedExecutionException fullOrShutDown) {
            return false;
        }
    }

    /** How many more there is room for. */
    int room() {
        return executor.getQueue().remainingCapacity();
    }

    /** @return whether the target may take one more thread; if so, {@link #leave} gives it back */
    boolean enter(String target) {
        boolean[] entered = new boolean[1];
        inFlight.compute(target, (any, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < perTarget;
            return entered[0] ? Integer.valueOf(now + 1) : count;
        });
        return entered[0];
    }

    void leave(String target) {
        inFlight.computeIfPresent(target, (any, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
