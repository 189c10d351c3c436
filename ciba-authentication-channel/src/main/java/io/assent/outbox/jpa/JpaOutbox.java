package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.Outbox;
import io.assent.outbox.OutboxCounts;
import io.assent.outbox.Promise;
import io.assent.outbox.Recipient;
import io.assent.outbox.jpa.OutboxRows.Promised;
import io.assent.server.AfterCommit;
import io.assent.server.ServerTime;
import io.assent.trace.TracePlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/**
 * Writes deliveries as rows in the caller's transaction, and hands them to this node's {@link OutboxDispatcher} right
 * after commit. Whatever becomes of this node, the rows are there for the {@link OutboxPoller} of any.
 */
final class JpaOutbox implements Outbox {

    private final KeycloakSession session;
    private final OutboxStore store;
    private final OutboxDispatcher dispatcher;
    private final PromiseKeeper keeper;
    private final Duration leaseLength;

    JpaOutbox(
            KeycloakSession session,
            OutboxStore store,
            OutboxDispatcher dispatcher,
            PromiseKeeper keeper,
            Duration leaseLength) {
        this.session = session;
        this.store = store;
        this.dispatcher = dispatcher;
        this.keeper = keeper;
        this.leaseLength = leaseLength;
    }

    @Override
    public void enqueue(Delivery delivery) {
        Instant now = ServerTime.now();
        OutboxTask task = store.add(delivery, Lease.from(now, leaseLength), now);
        new AfterCommit(session).run(List.of(task), dispatcher::dispatch);
    }

    @Override
    public void promise(Promise promise) {
        Promised promised = new Promised(promise, ServerTime.now(), TracePlace.current());
        new AfterCommit(session).run(List.of(promised), keeper::keep);
    }

    @Override
    public void enqueue(Delivery delivery, Instant notBefore) {
        store.addFor(notBefore, delivery, ServerTime.now());
    }

    @Override
    public void resend(String id, Instant takenBefore) {
        store.resend(id, takenBefore, ServerTime.now());
    }

    @Override
    public void park(Recipient recipient, Instant until) {
        store.park(recipient, until);
    }

    @Override
    public void move(Recipient recipient, Instant parkedUntil, Instant due) {
        store.move(recipient, parkedUntil, due);
    }

    @Override
    public void hasten(Recipient recipient, Instant due) {
        store.hasten(recipient, due);
    }

    @Override
    public void drop(Recipient recipient) {
        store.drop(recipient);
    }

    @Override
    public List<OutboxCounts> counts(Instant givenUpSince) {
        return store.counts(givenUpSince);
    }

    @Override
    public void close() {}
}
