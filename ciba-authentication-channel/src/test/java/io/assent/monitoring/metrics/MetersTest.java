package io.assent.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.monitoring.metrics.Meters.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetersTest {

    private static final Source ACME = new Source("bank", "acme");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);

    @Test
    void eachClientHasItsOwnCount() {
        meters.request(ACME, "ciba", "asked");
        meters.request(ACME, "ciba", "asked");
        meters.request(new Source("bank", "orbit"), "ciba", "asked");

        assertThat(registry.get("assent.requests")
                        .tags("realm", "bank", "client", "acme", "journey", "ciba", "step", "asked")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aTimeIsCountedInBucketsFromAServersToACustomers() {
        meters.requestTime(ACME, "ciba", "approved", Duration.ofSeconds(42));

        assertThat(registry.get("assent.requests.time").timer().takeSnapshot().histogramCounts())
                .extracting(bucket -> Duration.ofNanos((long) bucket.bucket()).toMillis(), bucket -> bucket.count())
                .contains(
                        org.assertj.core.groups.Tuple.tuple(15_000L, 0.0),
                        org.assertj.core.groups.Tuple.tuple(60_000L, 1.0));
    }

    @Test
    void aRefreshIsCountedInBucketsOfAServer() {
        meters.refresh(ACME, Duration.ofMillis(42));

        assertThat(registry.get("assent.refreshes")
                        .tags("realm", "bank", "client", "acme")
                        .timer()
                        .takeSnapshot()
                        .histogramCounts())
                .extracting(bucket -> Duration.ofNanos((long) bucket.bucket()).toMillis(), bucket -> bucket.count())
                .contains(org.assertj.core.groups.Tuple.tuple(25L, 0.0), org.assertj.core.groups.Tuple.tuple(50L, 1.0));
    }

    @Test
    void aRefusedCallIsCountedByItsProblem() {
        meters.callRefused(ACME, "not-found");

        assertThat(registry.get("assent.calls.refused")
                        .tags("realm", "bank", "client", "acme", "problem", "not-found")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void nothingIsThereBeforeItHappens() {
        assertThat(registry.getMeters()).isEmpty();
    }
}
