package io.assent.rest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.link.Link.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final Seen OPEN = new Seen(State.OPEN, Instant.EPOCH);
    private static final Seen CLAIMED = new Seen(State.CLAIMED, Instant.EPOCH);

    private final Waits waits = new Waits(2_000);
    private final Map<String, Seen> rows = new ConcurrentHashMap<>();
    private final List<Integer> looks = new CopyOnWriteArrayList<>();
    private final CountDownLatch looked = new CountDownLatch(1);
    private volatile boolean down;
    private final Sweep sweep = new Sweep(waits, this::read);

    @AfterEach
    void stop() {
        sweep.close();
    }

    @Test
    void whatHappensHereIsSeenAtOnce() throws Exception {
        CompletableFuture<Seen> answer = wait("one");
        rows.put("one", CLAIMED);

        sweep.changed("one");

        assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(CLAIMED);
    }

    @Test
    void whatHappensElsewhereIsSeenByTheSweep() throws Exception {
        CompletableFuture<Seen> answer = wait("one");
        sweep.start();
        rows.put("one", CLAIMED);

        assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(CLAIMED);
    }

    @Test
    void aStatementReadsFiveHundredLinks() throws Exception {
        List<CompletableFuture<Seen>> answers = new ArrayList<>();
        for (int link = 0; link < 1_100; link++) {
            answers.add(wait("link " + link));
        }
        rows.clear();
        sweep.start();

        for (CompletableFuture<Seen> answer : answers) {
            assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(Seen.OVER);
        }
        assertThat(looks.subList(0, 3)).containsExactly(500, 500, 100);
    }

    @Test
    void nothingIsReadForALinkThatNobodyWaitsFor() {
        sweep.changed("one");
        sweep.close();

        assertThat(looks).isEmpty();
    }

    @Test
    void aDatabaseThatWasAwayIsAskedAgain() throws Exception {
        CompletableFuture<Seen> answer = wait("one");
        down = true;
        sweep.changed("one");
        sweep.start();
        assertThat(looked.await(1, TimeUnit.MINUTES)).isTrue();
        rows.put("one", CLAIMED);
        down = false;

        assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(CLAIMED);
    }

    private CompletableFuture<Seen> wait(String link) {
        rows.put(link, OPEN);
        return waits.hold(link, OPEN, Duration.ofMinutes(10)).orElseThrow();
    }

    private Map<String, Seen> read(Collection<String> links) {
        looks.add(links.size());
        looked.countDown();
        if (down) {
            throw new IllegalStateException("down");
        }
        Map<String, Seen> found = new HashMap<>(rows);
        found.keySet().retainAll(links);
        return found;
    }
}
