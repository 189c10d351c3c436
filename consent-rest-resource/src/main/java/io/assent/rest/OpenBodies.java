package io.assent.rest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.keycloak.models.KeycloakSession;

/**
 * The bodies that are being read. Each holds a thread of the server until the last byte is there, so each has a time to
 * arrive in, and nobody has many at once. Most are there before anybody looks, and cost nothing here.
 */
public final class OpenBodies implements AutoCloseable {

    /** For 64 kB, over the worst of networks: the app's body is smaller than a packet. */
    public static final Duration USUAL_DEADLINE = Duration.ofSeconds(2);

    /** In the time that a body has; a device needs one at a time, and repeats a call now and then. */
    private static final int MOST_OF_ONE = 2;

    /** A third of the threads of the smallest server: the others go on with what has no body, or has it whole. */
    private static final int MOST = 16;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final String SERVED_BY = OpenBodies.class.getName();
    private static final String SENDER = SERVED_BY + ".sender";

    private final Duration deadline;
    private final Map<String, Integer> ofSenders = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();
    private final ScheduledThreadPoolExecutor watch;

    /** @param deadline how long a body may take to arrive as a whole */
    public OpenBodies(Duration deadline) {
        this.deadline = deadline;
        watch = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "assent-bodies");
            thread.setDaemon(true);
            return thread;
        });
        watch.setRemoveOnCancelPolicy(true);
    }

    /** Lets the bodies of a call be read here. */
    public void serve(KeycloakSession session) {
        session.setAttribute(SERVED_BY, this);
    }

    /** Says whose call it is, before its body is read. */
    public static void sentBy(KeycloakSession session, String sender) {
        session.setAttribute(SENDER, sender);
    }

    /**
     * Says that it is a call of the bank's own staff, of whom one may send many at once, as a program does: only the
     * number of all bodies counts.
     */
    public static void sentByStaff(KeycloakSession session) {
        sentBy(session, "staff " + UUID.randomUUID());
    }

    /**
     * Reads a body, or refuses it as a problem where it takes too long, or where there are too many already.
     *
     * @param most how many bytes to read at the most
     */
    static byte[] read(KeycloakSession session, InputStream body, int most) throws IOException {
        OpenBodies bodies = session.getAttribute(SERVED_BY, OpenBodies.class);
        String sender = session.getAttribute(SENDER, String.class);
        if (bodies == null || sender == null) {
            throw new IllegalStateException("a body of nobody is not read");
        }
        Reading reading = bodies.read(sender, body, most);
        if (reading instanceof Reading.Whole whole) {
            return whole.bytes();
        }
        if (reading instanceof Reading.Slow) {
            throw Problem.slowBody("A body arrives within " + bodies.deadline.toMillis() + " milliseconds.")
                    .toException();
        }
        throw (reading instanceof Reading.TooManyOfOne
                        ? Problem.tooManyCalls("At most " + MOST_OF_ONE + " bodies at once, each sent as a whole.")
                        : Problem.serverBusy("Nothing was done. Too many bodies arrive slowly."))
                .toException(RETRY);
    }

    Reading read(String sender, InputStream body, int most) throws IOException {
        int ofSender = ofSenders.merge(sender, 1, Integer::sum);
        int now = all.incrementAndGet();
        try {
            if (ofSender > MOST_OF_ONE) {
                return new Reading.TooManyOfOne();
            }
            return now > MOST ? new Reading.TooMany() : readInTime(body, most);
        } finally {
            all.decrementAndGet();
            ofSenders.computeIfPresent(sender, (any, open) -> open == 1 ? null : open - 1);
        }
    }

    private Reading readInTime(InputStream body, int most) throws IOException {
        Alarm alarm = new Alarm(Thread.currentThread());
        ScheduledFuture<?> set = watch.schedule(alarm, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return new Reading.Whole(body.readNBytes(most));
        } catch (IOException broken) {
            if (alarm.stop()) {
                return new Reading.Slow();
            }
            throw broken;
        } finally {
            alarm.stop();
            set.cancel(false);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    /** What came of reading a body. */
    sealed interface Reading {

        /** All of it, or as much as was to be read. */
        record Whole(byte[] bytes) implements Reading {}

        /** It took too long. */
        record Slow() implements Reading {}

        /** Its sender has too many others open; it was not read. */
        record TooManyOfOne() implements Reading {}

        /** All senders together have too many open; it was not read. */
        record TooMany() implements Reading {}
    }

    /** Wakes the thread that waits for a body, and never one that has gone on. */
    private static final class Alarm implements Runnable {

        private final Thread reader;
        private boolean stopped;
        private boolean rang;

        Alarm(Thread reader) {
            this.reader = reader;
        }

        @Override
        public synchronized void run() {
            if (!stopped) {
                rang = true;
                reader.interrupt();
            }
        }

        /** By the reader. @return whether it rang before */
        synchronized boolean stop() {
            if (!stopped && rang) {
                // what the alarm left behind, where the reader was just done
                Thread.interrupted();
            }
            stopped = true;
            return rang;
        }
    }
}
