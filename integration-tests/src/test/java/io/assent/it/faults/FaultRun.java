package io.assent.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** The journeys through one fault, one for each customer. */
final class FaultRun {

    private final String fault;
    private final FaultyCluster cluster;
    private final List<Journey> journeys;
    private final Failures failures;
    private final ExecutorService threads;
    private final Random random = new Random(5);

    FaultRun(String fault, FaultyCluster cluster, List<Journey> journeys, Failures failures, ExecutorService threads) {
        this.fault = fault;
        this.cluster = cluster;
        this.journeys = journeys;
        this.failures = failures;
        this.threads = threads;
    }

    /** Takes all journeys a stage further, all at the same time. */
    void all(Consumer<Journey> stage) {
        List<CompletableFuture<Void>> going = journeys.stream()
                .map(journey -> CompletableFuture.runAsync(() -> stage.accept(journey), threads))
                .toList();
        List<Throwable> failed = new ArrayList<>();
        for (CompletableFuture<Void> one : going) {
            try {
                one.join();
            } catch (CompletionException e) {
                failed.add(e.getCause());
            }
        }
        assertThat(failed).as("%s: failed journeys", fault).isEmpty();
    }

    CompletableFuture<Void> inBackground(Consumer<Journey> stage) {
        return CompletableFuture.runAsync(() -> all(stage));
    }

    /** A whole journey that begins somewhen within a time, with a customer who takes a while. */
    void whole(Journey journey, Duration within) {
        pause(within);
        journey.ask();
        pause(Duration.ofSeconds(3));
        journey.decide();
        journey.fetch();
    }

    void awaitTokens(int number) {
        Eventually.within(
                Duration.ofSeconds(120),
                "tokens",
                () -> journeys.stream().filter(Journey::hasTokens).count() >= number);
    }

    /** Judges all journeys, and what is in the database beside them. */
    void settle() {
        Map<Journey.End, Integer> ends = new ConcurrentSkipListMap<>();
        all(journey -> ends.merge(journey.settle(cluster.database()), 1, Integer::sum));
        int tokens = ends.getOrDefault(Journey.End.TOKENS, 0);
        int lost = ends.getOrDefault(Journey.End.TOKENS_LOST, 0);
        int redeemed = cluster.report(
                "| %s | %d | %d | %d | %d | %d | %d | %d | %s |"
                        .formatted(
                                fault,
                                journeys.size(),
                                journeys.stream().filter(Journey::approves).count(),
                                tokens,
                                lost,
                                ends.getOrDefault(Journey.End.DENIED, 0),
                                ends.getOrDefault(Journey.End.EXPIRED, 0),
                                journeys.stream().mapToInt(Journey::askedAgain).sum(),
                                failures.summary()),
                tokens + lost);
        assertThat(cluster.database().rows("SELECT count(*) FROM consent_request WHERE status = 'REDEEMED'"))
                .as("no request is redeemed that no TPP polled for")
                .isEqualTo(List.of(List.of(String.valueOf(redeemed))));
    }

    private void pause(Duration most) {
        long millis;
        synchronized (random) {
            millis = random.nextLong(most.toMillis());
        }
        Eventually.after(Instant.now().plusMillis(millis));
    }
}
