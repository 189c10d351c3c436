package io.assent.sandbox.stream;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** The stream to one page. The server subscribes once, and cancels when the page is gone. */
final class EventStream implements Flow.Publisher<OutboundSseEvent> {

    /** A page that is this many events behind does not read any more. */
    private static final int BUFFER = 16;

    private final StreamKey key;
    private final SubmissionPublisher<OutboundSseEvent> events;
    private final long openedAt = System.nanoTime();
    private volatile boolean begun;

    EventStream(StreamKey key, Executor executor) {
        this.key = key;
        this.events = new SubmissionPublisher<>(executor, BUFFER);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super OutboundSseEvent> subscriber) {
        events.subscribe(subscriber);
        begun = true;
        // The first bytes make the response's head go out: the page knows that nothing it asks for now is missed.
        send(Event.comment("connected"));
    }

    boolean hasKey(StreamKey other) {
        return key.equals(other);
    }

    /** Whether the event is on its way to a page that, as far as anybody can tell, is there. */
    boolean send(Event event) {
        if (!events.hasSubscribers()) {
            return false;
        }
        boolean accepted = events.offer(event, null) >= 0;
        if (!accepted) {
            close();
        }
        return accepted;
    }

    /** Whether the page is gone, or did not come within {@code grace}. */
    boolean abandoned(Duration grace) {
        return !events.hasSubscribers() && (begun || System.nanoTime() - openedAt > grace.toNanos());
    }

    void close() {
        events.close();
    }
}
