package io.assent.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls that are made at the same time. */
public final class AtOnce {

    /** Makes all calls in the same moment, and returns their results in the same order. */
    public static <T> List<T> all(List<Callable<T>> calls) throws InterruptedException, ExecutionException {
        CyclicBarrier barrier = new CyclicBarrier(calls.size());
        return all(
                calls.size(),
                calls.stream().map(call -> together(barrier, call)).toList());
    }

    /** Makes calls, no more at a time than there are threads, and returns their results in the same order. */
    public static <T> List<T> all(int threads, List<Callable<T>> calls)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(calls, 3, TimeUnit.MINUTES)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** A call that is made when the barrier's other parties are there. */
    public static <T> Callable<T> together(CyclicBarrier barrier, Callable<T> call) {
        return () -> {
            barrier.await(2, TimeUnit.MINUTES);
            return call.call();
        };
    }

    private AtOnce() {}
}
