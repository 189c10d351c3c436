package io.assent.report.jpa;

import io.assent.server.OperatorLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The thread that writes this node's signs of life. It has nothing else to do: Keycloak's timer has one thread for all
 * tasks, and one that is slow there would read as downtime.
 */
final class NodeThread implements AutoCloseable {

    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(NodeThread.class));

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "assent-signs-of-life");
        thread.setDaemon(true);
        return thread;
    });

    /** Writes now and then again and again, also after a write that failed. */
    void start(Runnable write, Duration interval) {
        // after a jump of the clock none is made up for
        thread.scheduleWithFixedDelay(() -> tryTo(write), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void tryTo(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException notNow) {
            OPERATOR.warn(
                    "sign of life",
                    ("The sign of life of this node could not be written: %s. It is retried. The reports"
                                    + " count minutes without one as downtime.")
                            .formatted(notNow.getClass().getSimpleName()));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
