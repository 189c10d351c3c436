package io.assent.rest.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.assent.link.Link.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Seen OPEN = seen(State.OPEN);

    private final Waits waits = new Waits(5);

    @Test
    void aPageIsAnsweredWhenItsLinkIsInAnotherState() {
        CompletableFuture<Seen> one = held("one");
        CompletableFuture<Seen> two = held("two");

        waits.tell(waits.youngest(), List.of("one", "two"), Map.of("one", seen(State.CLAIMED), "two", OPEN));

        assertThat(one).isCompletedWithValue(seen(State.CLAIMED));
        assertThat(two).isNotDone();
        assertThat(waits.links()).containsExactly("two");
    }

    @Test
    void aLinkThatIsNoMoreIsOver() {
        CompletableFuture<Seen> one = held("one");

        waits.tell(waits.youngest(), List.of("one"), Map.of());

        assertThat(one).isCompletedWithValue(Seen.OVER);
    }

    @Test
    void whatWasNotLookedForIsNotOver() {
        CompletableFuture<Seen> one = held("one");

        waits.tell(waits.youngest(), List.of("two"), Map.of());

        assertThat(one).isNotDone();
    }

    @Test
    void aPageThatCameAfterTheLookKnowsMore() {
        long youngest = waits.youngest();
        CompletableFuture<Seen> one = held("one");

        waits.tell(youngest, List.of("one"), Map.of("one", seen(State.CLAIMED)));

        assertThat(one).isNotDone();
    }

    @Test
    void aPageIsToldWhatItKnowsWhenItsTimeIsOver() throws Exception {
        CompletableFuture<Seen> one =
                waits.hold("one", OPEN, Duration.ofMillis(1)).orElseThrow();

        assertThat(one.get(1, TimeUnit.MINUTES)).isEqualTo(OPEN);
        // its place is free a moment after it was told
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            while (waits.count() > 0) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void aPageThatGoesLeavesNothing() {
        held("one").cancel(true);

        assertThat(waits.count()).isZero();
        assertThat(waits.isFor("one")).isFalse();
        waits.tell(waits.youngest(), List.of("one"), Map.of("one", seen(State.CLAIMED)));
    }

    @Test
    void noMoreWaitThanMay() {
        for (int link = 0; link < 5; link++) {
            held("link " + link);
        }

        assertThat(waits.hold("one more", OPEN, LONG)).isEmpty();
        assertThat(waits.count()).isEqualTo(5);

        waits.tell(waits.youngest(), List.of("link 0"), Map.of());
        assertThat(waits.hold("one more", OPEN, LONG)).isPresent();
    }

    @Test
    void aFourthPageOfALinkDoesNotWait() {
        List<CompletableFuture<Seen>> three = List.of(held("one"), held("one"), held("one"));

        assertThat(waits.hold("one", OPEN, LONG)).isEmpty();
        assertThat(waits.count()).isEqualTo(3);

        three.get(1).cancel(true);
        held("one");
        waits.tell(waits.youngest(), List.of("one"), Map.of("one", seen(State.DENIED)));
        assertThat(three.get(0)).isCompletedWithValue(seen(State.DENIED));
        assertThat(waits.count()).isZero();
    }

    @Test
    void whenTheServerStopsAllAreAnsweredAndNoneWaits() {
        CompletableFuture<Seen> one = held("one");
        CompletableFuture<Seen> two = held("two");

        waits.end();

        assertThat(one).isCompletedWithValue(OPEN);
        assertThat(two).isCompletedWithValue(OPEN);
        assertThat(waits.count()).isZero();
        assertThat(waits.hold("one", OPEN, LONG)).isEmpty();
    }

    private CompletableFuture<Seen> held(String link) {
        Optional<CompletableFuture<Seen>> held = waits.hold(link, OPEN, LONG);
        assertThat(held).isPresent();
        return held.get();
    }

    private static Seen seen(State state) {
        return new Seen(state, Instant.EPOCH);
    }
}
