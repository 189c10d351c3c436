package io.assent.monitoring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.monitoring.metrics.Meters.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Metrics cost a journey next to nothing. */
class MetersCostTest {

    /** Less than the server's processor time of a journey through stock Keycloak's own channel. */
    private static final Duration JOURNEY = Duration.ofMillis(10);

    private static final int JOURNEYS = 20_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Meters meters = new Meters(new SimpleMeterRegistry());

    @Test
    void allMetersOfAJourneyCostLessThanAFiftiethOfIt() {
        play();
        long before = THREADS.getCurrentThreadCpuTime();
        play();
        long each = (THREADS.getCurrentThreadCpuTime() - before) / JOURNEYS;

        System.out.printf("Meters of a journey: %.1f µs of processor time%n", each / 1000.0);
        assertThat(each).isPositive().isLessThan(JOURNEY.toNanos() / 50);
    }

    private void play() {
        for (int journey = 0; journey < JOURNEYS; journey++) {
            Source source = new Source("bank", "client-" + journey % 200);
            Duration since = Duration.ofMillis(journey);
            meters.request(source, "ciba", "asked");
            meters.attempt("push", "platform 'fcm'", "Delivered", since);
            meters.delivery(source, "push", "delivered");
            meters.deliveryTime(source, "push", since);
            for (String step : new String[] {"opened", "approved", "redeemed"}) {
                meters.request(source, "ciba", step);
                meters.requestTime(source, "ciba", step, since);
            }
            meters.attempt("ping", "client", "Delivered", since);
            meters.delivery(source, "ping", "delivered");
            meters.deliveryTime(source, "ping", since);
            meters.consent(source, "granted", "customer");
            meters.refresh(source, since);
        }
    }
}
