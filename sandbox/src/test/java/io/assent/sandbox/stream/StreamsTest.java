package io.assent.sandbox.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.sandbox.stream.StreamKey.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private static final StreamKey PHONE = new StreamKey(Topic.PUSHES, "bank", "token");

    private final Streams streams = new Streams(2, Duration.ofMinutes(1));

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void aPageIsToldAtOnceThatItIsConnected() throws InterruptedException {
        assertThat(listen(streams, PHONE).next().getComment()).isEqualTo("connected");
    }

    @Test
    void anEventReachesEveryPageWithItsKey() throws InterruptedException {
        Listener one = listen(streams, PHONE);
        Listener other = listen(streams, PHONE);

        assertThat(streams.send(PHONE, Event.of("push", "{}"))).isTrue();

        assertThat(one.nextData().getName()).isEqualTo("push");
        assertThat(other.nextData().getData()).isEqualTo("{}");
    }

    @Test
    void anEventReachesNoPageOfAnotherTokenRealmOrTopic() throws InterruptedException {
        Listener listener = listen(streams, PHONE);

        assertThat(streams.send(new StreamKey(Topic.PUSHES, "bank", "other"), Event.of("push", "1")))
                .isFalse();
        assertThat(streams.send(new StreamKey(Topic.PUSHES, "other", "token"), Event.of("push", "2")))
                .isFalse();
        assertThat(streams.send(new StreamKey(Topic.NOTIFICATIONS, "bank", "token"), Event.of("push", "3")))
                .isFalse();
        streams.send(PHONE, Event.of("push", "4"));

        assertThat(listener.nextData().getData()).isEqualTo("4");
    }

    @Test
    void withoutAPageNothingIsSent() {
        assertThat(streams.send(PHONE, Event.of("push", "{}"))).isFalse();
    }

    @Test
    void aPageThatIsGoneIsNotSentTo() throws InterruptedException {
        listen(streams, PHONE).leave();

        assertSoon(() -> !streams.send(PHONE, Event.of("push", "{}")));
    }

    @Test
    void aPageThatDoesNotReadIsGivenUp() {
        Listener stuck = new Listener(0);
        streams.open(PHONE).orElseThrow().subscribe(stuck);

        boolean sent = true;
        for (int event = 0; event < 100 && sent; event++) {
            sent = streams.send(PHONE, Event.of("push", "{}"));
        }

        assertThat(sent).isFalse();
    }

    @Test
    void noMoreStreamsAreOpenThanAllowed() {
        listen(streams, PHONE);
        listen(streams, PHONE);

        assertThat(streams.open(PHONE)).isEmpty();
    }

    @Test
    void aPageThatLeavesMakesRoomForAnother() throws InterruptedException {
        Listener first = listen(streams, PHONE);
        listen(streams, PHONE);
        first.leave();

        assertSoon(() -> streams.open(PHONE).isPresent());
    }

    @Test
    void aStreamThatNobodyEverReadsMakesRoom() throws InterruptedException {
        try (Streams impatient = new Streams(1, Duration.ofMillis(1))) {
            impatient.open(PHONE);

            assertSoon(() -> impatient.open(PHONE).isPresent());
        }
    }

    @Test
    void aPageHearsThatItIsStillConnected() throws InterruptedException {
        try (Streams lively = new Streams(1, Duration.ofMillis(20))) {
            Listener listener = listen(lively, PHONE);
            listener.next();

            assertThat(listener.next().getComment()).isEqualTo("still here");
        }
    }

    @Test
    void closingEndsEveryStreamAndOpensNone() throws InterruptedException {
        Listener listener = listen(streams, PHONE);

        streams.close();

        assertThat(listener.ended()).isTrue();
        assertThat(streams.open(PHONE)).isEmpty();
        assertThat(streams.send(PHONE, Event.of("push", "{}"))).isFalse();
    }

    @Test
    void aKeyDoesNotShowItsToken() {
        assertThat(new StreamKey(Topic.PUSHES, "bank", "s3cr3t")).asString().doesNotContain("s3cr3t");
    }

    /** A page's leaving is noticed on the streams' own thread. */
    private static void assertSoon(BooleanSupplier holds) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(5);
        boolean held = holds.getAsBoolean();
        while (!held && Instant.now().isBefore(deadline)) {
            Thread.sleep(5);
            held = holds.getAsBoolean();
        }
        assertThat(held).as("holds within 5 s").isTrue();
    }

    private static Listener listen(Streams streams, StreamKey key) {
        Listener listener = new Listener(Long.MAX_VALUE);
        streams.open(key).orElseThrow().subscribe(listener);
        return listener;
    }
}
