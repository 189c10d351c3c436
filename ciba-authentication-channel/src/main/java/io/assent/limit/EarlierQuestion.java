package io.assent.limit;

import java.time.Instant;
import java.util.Objects;

/**
 * What the customer was asked before, by the same way.
 *
 * @param id of the request; empty for one that is being asked right now on this node
 * @param clientId who asked
 * @param same whether the same client asked for the same thing in the same words, and it is pending
 * @param endedAt when it was answered, or when its time is over
 */
public record EarlierQuestion(
        String id, String clientId, boolean same, Outcome outcome, Instant askedAt, Instant endedAt) {

    /** How the question ended, if it did. */
    public enum Outcome {
        PENDING,
        GRANTED,
        DENIED,
        /** Nobody answered in time. */
        EXPIRED
    }

    public EarlierQuestion {
        Objects.requireNonNull(id);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(askedAt);
        Objects.requireNonNull(endedAt);
    }

    boolean isPending() {
        return outcome == Outcome.PENDING;
    }

    /** Whether the customer wanted nothing of it. */
    boolean isUnwanted() {
        return outcome == Outcome.DENIED || outcome == Outcome.EXPIRED;
    }

    boolean isAnswered() {
        return outcome == Outcome.GRANTED || outcome == Outcome.DENIED;
    }

    boolean isBeingAsked() {
        return id.isEmpty();
    }
}
