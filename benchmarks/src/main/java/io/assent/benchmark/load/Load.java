package io.assent.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A closed loop: each worker has a connection of its own and makes its next call when the last one is answered. */
public final class Load {

    /** A phase on a machine that is busy otherwise takes longer rather than say nothing. */
    private static final int FEWEST_CALLS = 20;

    private final List<Integer> ports;
    private final int workers;
    private final Duration time;
    private final int calls;

    /**
     * Bounded in both ways, whatever comes first, but for the first {@value #FEWEST_CALLS} calls.
     *
     * @param ports of the nodes, which the workers share out among them
     * @param calls how many calls all workers together make at the most
     */
    public Load(List<Integer> ports, int workers, Duration time, int calls) {
        this.ports = List.copyOf(ports);
        this.workers = workers;
        this.time = time;
        this.calls = calls;
    }

    /** Runs it, and returns what was measured. Whatever goes wrong in a call ends it. */
    public Sample run(Work work) throws InterruptedException {
        return Sample.of(List.of(measure(work)));
    }

    /** Runs it, and returns what is a part of what is measured. Whatever goes wrong in a call ends it. */
    public Sample.Run measure(Work work) throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CyclicBarrier start = new CyclicBarrier(workers + 1);
        List<Latencies> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            int worker = i;
            Latencies own = new Latencies();
            latencies.add(own);
            Thread thread = new Thread(
                    () -> {
                        try (Connection connection = new Connection(ports.get(worker % ports.size()))) {
                            start.await();
                            long end = System.nanoTime() + time.toNanos();
                            while (failure.get() == null && System.nanoTime() < end && made.getAndIncrement() < calls) {
                                long begun = System.nanoTime();
                                if (!work.once(worker, connection)) {
                                    break;
                                }
                                own.add(System.nanoTime() - begun);
                            }
                        } catch (IOException | RuntimeException | BrokenBarrierException | InterruptedException e) {
                            failure.compareAndSet(null, e);
                            start.reset();
                        }
                    },
                    "worker-" + i);
            threads.add(thread);
            thread.start();
        }
        long begun = begin(start, failure);
        for (Thread thread : threads) {
            thread.join();
        }
        long elapsed = System.nanoTime() - begun;
        Throwable failed = failure.get();
        if (failed instanceof IOException e) {
            throw new UncheckedIOException(e);
        }
        if (failed != null) {
            throw failed instanceof RuntimeException e ? e : new IllegalStateException(failed);
        }
        return new Sample.Run(Latencies.sorted(latencies), elapsed);
    }

    private static long begin(CyclicBarrier start, AtomicReference<Throwable> failure) throws InterruptedException {
        try {
            start.await();
        } catch (BrokenBarrierException e) {
            failure.compareAndSet(null, e);
        }
        return System.nanoTime();
    }

    /** One call, or one journey of several. */
    @FunctionalInterface
    public interface Work {

        /** @return whether there was anything left to do */
        boolean once(int worker, Connection connection) throws IOException, InterruptedException;
    }
}
