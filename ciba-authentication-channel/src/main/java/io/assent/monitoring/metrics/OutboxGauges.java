package io.assent.monitoring.metrics;

import io.assent.outbox.Outbox;
import io.assent.outbox.OutboxCounts;
import io.assent.server.ServerTime;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Realms and kinds of which something has waited since this node's start. Touched by the timer's thread alone. */
    private final Set<Tags> seen = new HashSet<>();

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
        Map<Tags, OutboxCounts> counts = new HashMap<>();
        for (OutboxCounts count : session.getProvider(Outbox.class).counts(now)) {
            RealmModel realm = session.realms().getRealm(count.realmId());
            if (realm != null) {
                counts.put(Tags.of("realm", realm.getName(), "kind", count.kind()), count);
            }
        }
        seen.addAll(counts.keySet());
        waiting.register(rows(counts, OutboxCounts::waiting), true);
        oldest.register(rows(counts, count -> count.age(now).toMillis() / 1000.0), true);
    }

    /** Where nothing waits any more it is none: a series that ends would leave what it said last. */
    private List<Row<?>> rows(Map<Tags, OutboxCounts> counts, ToDoubleFunction<OutboxCounts> value) {
        return seen.stream()
                .<Row<?>>map(
                        tags -> Row.of(tags, counts.containsKey(tags) ? value.applyAsDouble(counts.get(tags)) : 0.0))
                .toList();
    }

    @Override
    public String getTaskName() {
        return "assent-outbox-gauges";
    }
}
