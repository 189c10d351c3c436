package io.assent.outbox.jpa;

import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.OutboxSpi;
import io.assent.server.ProviderOptions;
import java.time.Duration;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * How the outbox works. Read and checked once, at start.
 *
 * @param threads how many deliveries of a kind (pushes, pings, registrations) are made at once
 * @param capacity how many of a kind may wait in memory for their turn, and how many promises; more wait in the
 *     database
 * @param lease how long a node may work on a row before others may; longer than the longest send
 * @param sweepInterval how often each node looks for rows that are due
 */
record OutboxConfig(int threads, int capacity, Duration lease, Duration sweepInterval) {

    private static final String THREADS = "threads";
    private static final String CAPACITY = "capacity";
    private static final String LEASE = "lease-seconds";
    private static final String SWEEP_INTERVAL = "sweep-interval-seconds";

    private static final int DEFAULT_THREADS = 16;
    private static final int DEFAULT_CAPACITY = 1_000;
    private static final int DEFAULT_LEASE = 30;
    private static final int DEFAULT_SWEEP_INTERVAL = 1;

    private static final int LEAST_LEASE = (int) Attempt.MAX_DURATION.toSeconds();
    private static final int MOST = 999_999;

    static OutboxConfig read(Config.Scope config) {
        ProviderOptions options = new ProviderOptions(OutboxSpi.NAME, JpaOutboxFactory.ID, config);
        return new OutboxConfig(
                options.number(THREADS, DEFAULT_THREADS, 1, MOST),
                options.number(CAPACITY, DEFAULT_CAPACITY, 1, MOST),
                Duration.ofSeconds(options.number(LEASE, DEFAULT_LEASE, LEAST_LEASE, MOST)),
                Duration.ofSeconds(options.number(SWEEP_INTERVAL, DEFAULT_SWEEP_INTERVAL, 1, MOST)));
    }

    static List<ProviderConfigProperty> metadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(THREADS)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_THREADS)
                .helpText("The number of deliveries of a kind (pushes, pings, logouts, ...) that are made at a time.")
                .add()
                .property()
                .name(CAPACITY)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_CAPACITY)
                .helpText("The number of deliveries of a kind that may wait in memory, and of requests whose pushes"
                        + " are still to be looked up. All others wait in the database.")
                .add()
                .property()
                .name(LEASE)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_LEASE)
                .helpText(
                        "The time after which another node may take over a push or ping. At least " + LEAST_LEASE + ".")
                .add()
                .property()
                .name(SWEEP_INTERVAL)
                .type(ProviderConfigProperty.INTEGER_TYPE)
                .defaultValue(DEFAULT_SWEEP_INTERVAL)
                .helpText("The interval at which each node looks for due pushes and pings.")
                .add()
                .build();
    }
}
