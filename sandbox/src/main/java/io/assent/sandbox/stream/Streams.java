package io.assent.sandbox.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The open streams of this node. One thread serves them all: an open stream costs a connection and a small buffer.
 *
 * <p>Known to this node alone, which is enough for development: a page and its customer meet on one node.
 */
public final class Streams implements AutoCloseable {

    /** How many pages may listen at once. */
    public static final int MAX_OPEN = 500;

    /** How often a page hears that it is still connected; what fails to be written is how a dead one is noticed. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Event STILL_HERE = Event.comment("still here");

    private final List<EventStream> open = new CopyOnWriteArrayList<>();
    private final int maxOpen;
    private final Duration grace;
    private final ScheduledExecutorService executor;

    public Streams() {
        this(MAX_OPEN, HEARTBEAT);
    }

    Streams(int maxOpen, Duration heartbeat) {
        this.maxOpen = maxOpen;
        this.grace = heartbeat;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "assent-sandbox-streams");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleAtFixedRate(this::beat, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Opens a stream, which begins when it is subscribed to.
     *
     * @return empty when too many are open, or all are closed
     */
    public synchronized Optional<Flow.Publisher<OutboundSseEvent>> open(StreamKey key) {
        forgetAbandoned();
        if (open.size() >= maxOpen || executor.isShutdown()) {
            return Optional.empty();
        }
        EventStream stream = new EventStream(key, executor);
        open.add(stream);
        return Optional.of(stream);
    }

    /**
     * Sends an event to every page that listens with this key.
     *
     * @return whether there was any
     */
    public boolean send(StreamKey key, Event event) {
        boolean sent = false;
        for (EventStream stream : open) {
            sent |= stream.hasKey(key) && stream.send(event);
        }
        return sent;
    }

    /** Ends all streams, so that their pages know at once. May be called again. */
    @Override
    public synchronized void close() {
        open.forEach(EventStream::close);
        open.clear();
        executor.shutdown();
    }

    private void beat() {
        forgetAbandoned();
        open.forEach(stream -> stream.send(STILL_HERE));
    }

    private void forgetAbandoned() {
        open.removeIf(stream -> stream.abandoned(grace));
    }
}
