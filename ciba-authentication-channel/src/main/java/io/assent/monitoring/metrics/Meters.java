package io.assent.monitoring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * The pack's counters and timers. A series exists from the first time that it counts. Where the server's metrics are
 * off nothing is kept.
 */
final class Meters {

    private static final String REALM = "realm";
    private static final String CLIENT = "client";
    private static final String JOURNEY = "journey";
    private static final String STEP = "step";
    private static final String KIND = "kind";
    private static final String REASON = "reason";
    private static final String RESULT = "result";

    /** From what a server takes to what a customer takes. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60),
        Duration.ofSeconds(120),
        Duration.ofSeconds(300)
    };

    /** From a server that is well to one that is not. */
    private static final Duration[] SERVER_BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterProvider<Counter> requests;
    private final MeterProvider<Timer> requestTime;
    private final MeterProvider<Counter> questionsRefused;
    private final MeterProvider<Counter> answersRefused;
    private final MeterProvider<Counter> consents;
    private final MeterProvider<Counter> deliveries;
    private final MeterProvider<Timer> deliveryTime;
    private final MeterProvider<Timer> attempts;
    private final MeterProvider<Counter> callsRefused;
    private final MeterProvider<Timer> refreshes;

    Meters(MeterRegistry registry) {
        requests = counter(registry, "assent.requests", "What happened to consent requests");
        requestTime = timer(registry, "assent.requests.time", "From the request to each of its later steps");
        questionsRefused =
                counter(registry, "assent.requests.refused", "Requests that were refused and reached no customer");
        answersRefused = counter(registry, "assent.answers.refused", "Answers to requests that were refused");
        consents = counter(registry, "assent.consents", "What happened to consents");
        deliveries = counter(registry, "assent.deliveries", "What came of pushes, pings and logouts");
        deliveryTime = timer(
                registry, "assent.deliveries.time", "From what is told to the moment at which the other side took it");
        attempts = timer(registry, "assent.attempts", "How long the other side took for one attempt at a delivery");
        callsRefused = counter(registry, "assent.calls.refused", "Calls of the pack's interfaces that were refused");
        refreshes = timer(
                registry,
                "assent.refreshes",
                "How long the server took to refresh the tokens of a consent, its commit included",
                SERVER_BUCKETS);
    }

    private static MeterProvider<Counter> counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).withRegistry(registry);
    }

    private static MeterProvider<Timer> timer(MeterRegistry registry, String name, String description) {
        return timer(registry, name, description, BUCKETS);
    }

    private static MeterProvider<Timer> timer(
            MeterRegistry registry, String name, String description, Duration[] buckets) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .withRegistry(registry);
    }

    /** @param step what happened to it */
    void request(Source source, String journey, String step) {
        requests.withTags(of(source).and(JOURNEY, journey, STEP, step)).increment();
    }

    /** @param since how long after it was asked it came to this step */
    void requestTime(Source source, String journey, String step, Duration since) {
        requestTime.withTags(of(source).and(JOURNEY, journey, STEP, step)).record(since);
    }

    void questionRefused(Source source, String journey, String reason) {
        questionsRefused
                .withTags(of(source).and(JOURNEY, journey, REASON, reason))
                .increment();
    }

    void answerRefused(Source source, String reason) {
        answersRefused.withTags(of(source).and(REASON, reason)).increment();
    }

    /** @param by whose doing it was */
    void consent(Source source, String step, String by) {
        consents.withTags(of(source).and(STEP, step, "by", by)).increment();
    }

    void delivery(Source source, String kind, String result) {
        deliveries.withTags(of(source).and(KIND, kind, RESULT, result)).increment();
    }

    void deliveryTime(Source source, String kind, Duration sinceWritten) {
        deliveryTime.withTags(of(source).and(KIND, kind)).record(sinceWritten);
    }

    /** @param peer who was called, within the bound of {@link BoundedNames} */
    void attempt(String kind, String peer, String result, Duration duration) {
        attempts.withTags(Tags.of(KIND, kind, "peer", peer, RESULT, result)).record(duration);
    }

    /** @param problem the name of its type */
    void callRefused(Source source, String problem) {
        callsRefused.withTags(of(source).and("problem", problem)).increment();
    }

    void refresh(Source source, Duration duration) {
        refreshes.withTags(of(source)).record(duration);
    }

    private static Tags of(Source source) {
        return Tags.of(REALM, source.realm(), CLIENT, source.client());
    }

    /**
     * Where something happened.
     *
     * @param realm the realm's name
     * @param client the OAuth {@code client_id}, within the bound of {@link BoundedNames}
     */
    record Source(String realm, String client) {}
}
