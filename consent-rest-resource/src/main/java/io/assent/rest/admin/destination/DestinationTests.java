package io.assent.rest.admin.destination;

import io.assent.destination.EventDestination;
import io.assent.destination.SendResult;
import io.assent.rest.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tries destinations: a few at once on this node, each on a thread of its own, with no transaction open. */
public final class DestinationTests implements AutoCloseable {

    private static final int AT_ONCE = 2;
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, AT_ONCE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), DestinationTests::thread);

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "assent-destination-test");
        thread.setDaemon(true);
        thread.setContextClassLoader(DestinationTests.class.getClassLoader());
        return thread;
    }

    /**
     * Never waits. Where too many are tried already, the call ends with a problem.
     *
     * @param test sends, and needs no session for it
     */
    CompletionStage<SendResult> start(Supplier<SendResult> test) {
        try {
            return CompletableFuture.supplyAsync(test, threads)
                    .completeOnTimeout(
                            new SendResult.Later(Optional.empty(), "no result in time", true),
                            EventDestination.MAX_DURATION.toSeconds(),
                            TimeUnit.SECONDS);
        } catch (RejectedExecutionException busy) {
            throw Problem.tooManyCalls(
                            "This server tries %d destinations at once. Try again in some seconds.".formatted(AT_ONCE))
                    .toException(RETRY);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
