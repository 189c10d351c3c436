package io.assent.outbox.jpa;

import io.assent.outbox.DeliveryHandler.Preparation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;

/** Rows whose leases are held until they are concluded, given back, or lost. */
final class InMemoryRows implements OutboxRows {

    record Concluded(OutboxTask task, Conclusion conclusion, Optional<Consumer<KeycloakSession>> settlement) {}

    record Delayed(OutboxTask task, Instant nextAttemptAt, String reason) {}

    final List<Concluded> concluded = Collections.synchronizedList(new ArrayList<>());
    final List<Delayed> delayed = Collections.synchronizedList(new ArrayList<>());
    final List<List<OutboxTask>> batches = Collections.synchronizedList(new ArrayList<>());
    final List<OutboxTask> preparedAnew = Collections.synchronizedList(new ArrayList<>());
    final List<OutboxTask> written = Collections.synchronizedList(new ArrayList<>());
    final List<List<Promised>> looks = Collections.synchronizedList(new ArrayList<>());
    private Function<Promised, List<OutboxTask>> toPrepare = promised -> List.of();
    private final Set<String> released = Collections.synchronizedSet(new HashSet<>());
    private Supplier<Preparation> handler = () -> new Preparation.Obsolete("nothing");
    private volatile int failures;

    /** What the kind's handler says from now on. */
    void handle(Supplier<Preparation> answer) {
        handler = answer;
    }

    /** What there is to send of a promise from now on. */
    void promise(Function<Promised, List<OutboxTask>> tasks) {
        toPrepare = tasks;
    }

    /** The next so many changes fail, as they do while the database is away. */
    void fail(int times) {
        failures = times;
    }

    /** Another node takes the row over. */
    void lose(OutboxTask task) {
        released.add(task.id());
    }

    @Override
    public List<OutboxTask> prepare(String realmId, List<Promised> promised) {
        failIfAway();
        looks.add(List.copyOf(promised));
        return promised.stream().flatMap(one -> toPrepare.apply(one).stream()).toList();
    }

    @Override
    public boolean write(OutboxTask task) {
        failIfAway();
        return !released.contains(task.id()) && written.add(task);
    }

    @Override
    public Optional<Preparation> prepare(OutboxTask task) {
        preparedAnew.add(task);
        return released.contains(task.id()) ? Optional.empty() : Optional.of(handler.get());
    }

    @Override
    public void conclude(OutboxTask task, Conclusion conclusion, Optional<Consumer<KeycloakSession>> settlement) {
        failIfAway();
        if (released.add(task.id())) {
            concluded.add(new Concluded(task, conclusion, settlement));
        }
    }

    @Override
    public void concludeAll(List<OutboxTask> tasks, Conclusion conclusion) {
        failIfAway();
        batches.add(List.copyOf(tasks));
        tasks.forEach(task -> conclude(task, conclusion, Optional.empty()));
    }

    @Override
    public boolean delay(OutboxTask task, Instant nextAttemptAt, String reason) {
        failIfAway();
        if (!released.add(task.id())) {
            return false;
        }
        return delayed.add(new Delayed(task, nextAttemptAt, reason));
    }

    @Override
    public List<OutboxTask> claimExpired(int max) {
        return List.of();
    }

    private synchronized void failIfAway() {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("the database is away");
        }
    }
}
