package io.assent.sandbox.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A page that listens. */
final class Listener implements Flow.Subscriber<OutboundSseEvent> {

    private final BlockingQueue<OutboundSseEvent> events = new LinkedBlockingQueue<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long reads;
    private volatile Flow.Subscription subscription;

    /** @param reads how many events the page reads before it hangs */
    Listener(long reads) {
        this.reads = reads;
    }

    OutboundSseEvent next() throws InterruptedException {
        OutboundSseEvent event = events.poll(5, TimeUnit.SECONDS);
        assertThat(event).as("an event within 5 s").isNotNull();
        return event;
    }

    OutboundSseEvent nextData() throws InterruptedException {
        OutboundSseEvent event = next();
        return event.getData() == null ? nextData() : event;
    }

    boolean ended() throws InterruptedException {
        return ended.await(5, TimeUnit.SECONDS);
    }

    void leave() {
        try {
            assertThat(subscribed.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        subscription.cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription made) {
        subscription = made;
        if (reads > 0) {
            made.request(reads);
        }
        subscribed.countDown();
    }

    @Override
    public void onNext(OutboundSseEvent event) {
        events.add(event);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {
        ended.countDown();
    }
}
