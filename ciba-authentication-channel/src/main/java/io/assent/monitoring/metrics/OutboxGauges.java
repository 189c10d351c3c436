package io.assent.monitoring.metrics;

import io.assent.outbox.Outbox;
import io.assent.outbox.OutboxCounts;
import io.assent.server.ServerTime;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.timer.ScheduledTask;

/**
 * What waits in the outbox, of all nodes together: every node says the same, so an operator takes the greatest. Read
 * from the database in the time of the server, never when somebody looks; where nobody can look, not at all.
 */
final class OutboxGauges implements ScheduledTask {

    private final CompositeMeterRegistry registry;
    private final MultiGauge waiting;
    private final MultiGauge oldest;

    OutboxGauges(CompositeMeterRegistry registry) {
        this.registry = registry;
        waiting = MultiGauge.builder("assent.outbox.waiting")
                .description("Deliveries that are to be made, on all nodes together")
                .register(registry);
        oldest = MultiGauge.builder("assent.outbox.oldest")
                .description("How long the oldest of them has been waiting")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void run(KeycloakSession session) {
        if (registry.getRegistries().isEmpty()) {
            return;
        }
        Instant now = ServerTime.now();
        List<OutboxCounts> counts = session.getProvider(Outbox.class).counts(now).stream()
                .filter(count -> session.realms().getRealm(count.realmId()) != null)
                .toList();
        waiting.register(rows(session, counts, OutboxCounts::waiting), true);
        oldest.register(rows(session, counts, count -> age(count, now)), true);
    }

    private static double age(OutboxCounts count, Instant now) {
        return count.oldestWaiting()
                .map(since -> Duration.between(since, now).toMillis() / 1000.0)
                .orElse(0.0);
    }

    /** One that is empty by now has no row, and its series ends. */
    private static List<Row<?>> rows(
            KeycloakSession session, List<OutboxCounts> counts, ToDoubleFunction<OutboxCounts> value) {
        return counts.stream()
                .<Row<?>>map(count -> {
                    RealmModel realm = session.realms().getRealm(count.realmId());
                    return Row.of(Tags.of("realm", realm.getName(), "kind", count.kind()), value.applyAsDouble(count));
                })
                .toList();
    }

    @Override
    public String getTaskName() {
        return "assent-outbox-gauges";
    }
}
