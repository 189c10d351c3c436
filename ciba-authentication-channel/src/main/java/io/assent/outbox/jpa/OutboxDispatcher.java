package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryAttempted;
import io.assent.outbox.DeliveryDelayed;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryHandler.Preparation;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.outbox.OutboxEvent;
import io.assent.outbox.lane.Backoff;
import io.assent.outbox.lane.Bulkhead;
import io.assent.server.ServerTime;
import io.assent.trace.LoggedRequest;
import io.assent.trace.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works on outbox rows that this node has claimed, and on what it promised, each kind in its own {@link Bulkhead}.
 * Where the lane is full or something unforeseen happens, the row's lease runs out and the {@link OutboxPoller} claims
 * it again; where there is no row yet, {@link ForgottenPromises} writes it.
 */
final class OutboxDispatcher implements AutoCloseable {

    /** How long nobody has to look again whether what was promised is still wanted. */
    private static final Duration FIRST_ATTEMPT_TTL = Duration.ofSeconds(1);

    private final OutboxRows rows;
    private final Consumer<OutboxEvent> listeners;
    private final OutboxLog log;
    private final Backoff backoff;
    private final Duration leaseLength;
    private final Map<String, Bulkhead> lanes;
    private final Function<Delivery, String> target;
    private final Traces traces;
    private final DeliveryAcknowledger acknowledger;

    /**
     * @param listeners is told of attempts and delays
     * @param lanes by kind of delivery
     * @param target whom a delivery reaches
     * @param traces does each attempt as a span
     */
    OutboxDispatcher(
            OutboxRows rows,
            Consumer<OutboxEvent> listeners,
            OutboxLog log,
            Backoff backoff,
            Duration leaseLength,
            Map<String, Bulkhead> lanes,
            Function<Delivery, String> target,
            Traces traces) {
        this.rows = rows;
        this.listeners = listeners;
        this.log = log;
        this.backoff = backoff;
        this.leaseLength = leaseLength;
        this.lanes = Map.copyOf(lanes);
        this.target = target;
        this.traces = traces;
        this.acknowledger = new DeliveryAcknowledger(rows, log);
    }

    Set<String> kinds() {
        return lanes.keySet();
    }

    /** How many more tasks of a kind there is room for. */
    int room(String kind) {
        return lanes.get(kind).room();
    }

    /** Never blocks. */
    void dispatch(OutboxTask task) {
        Bulkhead lane = lanes.get(task.delivery().kind());
        if (!lane.execute(target.apply(task.delivery()), () -> work(task))) {
            log.noRoom(task);
        }
    }

    private void work(OutboxTask task) {
        try (LoggedRequest logged = LoggedRequest.none()) {
            Optional.ofNullable(task.delivery().ownerId()).ifPresent(logged::is);
            if (task.hasRow() || isFresh(task)) {
                workOn(task);
            } else if (rows.write(task)) {
                workOn(task.written());
            }
        } catch (RuntimeException databaseGone) {
            log.unexpected(task, databaseGone);
        }
    }

    private void workOn(OutboxTask task) {
        try {
            if (task.first().isPresent()) {
                attempt(task, task.first().get());
            } else if (task.isExpired(ServerTime.now())) {
                rows.conclude(task, Conclusion.expired(), Optional.empty());
                log.expired(task);
            } else {
                rows.prepare(task).ifPresent(preparation -> follow(task, preparation));
            }
        } catch (RuntimeException unexpected) {
            log.unexpected(task, unexpected);
            giveBack(task, unexpected);
        }
    }

    /** What was prepared after the commit serves, unless it has been waiting. */
    private boolean isFresh(OutboxTask promised) {
        Instant prepared = promised.lease().until().minus(leaseLength);
        return ServerTime.now().isBefore(prepared.plus(FIRST_ATTEMPT_TTL));
    }

    private void follow(OutboxTask task, Preparation preparation) {
        if (preparation instanceof Preparation.Ready ready) {
            attempt(task, ready.attempt());
        } else if (preparation instanceof Preparation.Obsolete obsolete) {
            rows.conclude(task, Conclusion.obsolete(obsolete.reason()), Optional.empty());
            log.obsolete(task, obsolete.reason());
        }
    }

    private void attempt(OutboxTask task, Attempt attempt) {
        long start = System.nanoTime();
        Sent sent = traces.call("consent " + task.delivery().kind(), task.place(), step -> {
            Optional.ofNullable(task.delivery().ownerId()).ifPresent(step::request);
            step.of(task.delivery().parties()).attempt(task.attempts() + 1, attempt.peer());
            Sent made = attempt.send();
            step.result(made.result().getClass().getSimpleName());
            return made;
        });
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        listeners.accept(
                new DeliveryAttempted(task.delivery(), task.attempts() + 1, attempt.peer(), sent.result(), duration));
        conclude(task, attempt.peer(), sent);
    }

    private void conclude(OutboxTask task, String peer, Sent sent) {
        if (sent.result() instanceof DeliveryResult.RetryLater later) {
            Duration delay = later.after().map(backoff::spread).orElseGet(() -> backoff.after(task.attempts() + 1));
            log.delayed(task, peer, later.reason(), delay);
            delay(task, delay, OutboxLog.reason(peer, later.reason()));
        } else if (sent.result() instanceof DeliveryResult.Refused refused) {
            rows.conclude(task, Conclusion.refused(refused.reason()), sent.settlement());
            log.refused(task, peer, refused.reason());
        } else if (sent.settlement().isEmpty() && task.delivery().isKept()) {
            acknowledger.add(task);
        } else {
            rows.conclude(task, Conclusion.delivered(), sent.settlement());
        }
    }

    /** No later than there is use in it. */
    private void delay(OutboxTask task, Duration delay, String reason) {
        Instant next = ServerTime.now().plus(delay);
        Instant end = task.delivery().expiresAt();
        Instant due = next.isBefore(end) ? next : end;
        if (rows.delay(task, due, reason)) {
            listeners.accept(new DeliveryDelayed(task.delivery(), task.attempts() + 1, reason, due));
        }
    }

    private void giveBack(OutboxTask task, RuntimeException unexpected) {
        try {
            delay(
                    task,
                    backoff.after(task.attempts() + 1),
                    unexpected.getClass().getSimpleName());
        } catch (RuntimeException databaseToo) {
            log.notGivenBack(task, databaseToo);
        }
    }

    @Override
    public void close() {
        lanes.values().forEach(Bulkhead::close);
        acknowledger.close();
    }
}
