package io.assent.outbox.jpa;

import io.assent.outbox.Delivery;
import io.assent.outbox.DeliveryHandler.Attempt;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.jpa.OutboxTask.Progress;
import io.assent.server.Parties;
import io.assent.server.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Tasks to work on. */
final class Tasks {

    static final String KIND = "letter";
    static final Duration LEASE = Duration.ofSeconds(30);
    static final String PEER = "the post";

    static final Parties PARTIES = new Parties("realm", "client", "customer");
    private static final String TARGET = "target";
    private static final String LAST_REASON = "the post: no stamp";

    /** What was promised just now, with its first attempt. */
    static OutboxTask fresh(Supplier<Sent> send) {
        Instant now = ServerTime.now();
        return task(delivery("owner", now.plusSeconds(60)), now, 0, Optional.of(attempt(send)));
    }

    /** The same, that nothing will keep once it is concluded. */
    static OutboxTask unkept(Supplier<Sent> send) {
        Instant now = ServerTime.now();
        return task(delivery(null, now.plusSeconds(60)), now, 0, Optional.of(attempt(send)));
    }

    /** What was promised a while ago and has been waiting for its turn since. */
    static OutboxTask waited(Supplier<Sent> send, Duration wait) {
        Instant now = ServerTime.now();
        return task(delivery("owner", now.plusSeconds(60)), now.minus(wait), 0, Optional.of(attempt(send)));
    }

    /** A row that is to be tried again. */
    static OutboxTask retried(int attempts, Duration left) {
        return retried(attempts, left, TARGET);
    }

    /** The same to another target. */
    static OutboxTask retried(int attempts, Duration left, String target) {
        Instant now = ServerTime.now();
        return task(new Delivery(KIND, PARTIES, "owner", target, now.plus(left)), now, attempts, Optional.empty());
    }

    static Attempt attempt(Supplier<Sent> send) {
        return new Attempt() {
            @Override
            public String peer() {
                return PEER;
            }

            @Override
            public Sent send() {
                return send.get();
            }
        };
    }

    private static Delivery delivery(String owner, Instant expiresAt) {
        return new Delivery(KIND, PARTIES, owner, TARGET, expiresAt);
    }

    private static OutboxTask task(Delivery delivery, Instant claimed, int attempts, Optional<Attempt> prepared) {
        Progress progress = new Progress(
                claimed.minusSeconds(5), attempts, attempts == 0 ? Optional.empty() : Optional.of(LAST_REASON));
        return new OutboxTask(
                UUID.randomUUID().toString(),
                delivery,
                Lease.from(claimed, LEASE),
                progress,
                Optional.empty(),
                prepared);
    }

    private Tasks() {}
}
