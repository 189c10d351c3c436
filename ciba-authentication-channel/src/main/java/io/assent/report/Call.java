package io.assent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A call of an interface that was answered.
 *
 * @param realmId of a realm that there is
 * @param took until the answer was there
 * @param status of HTTP
 */
public record Call(String realmId, PackInterface called, Instant received, Duration took, int status) {

    public Call {
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(called);
        Objects.requireNonNull(received);
        Objects.requireNonNull(took);
    }

    /** The server's failure, or nothing for so long that nobody waits. */
    boolean isUnanswered() {
        return failed() || took.compareTo(Outage.LONGEST) > 0;
    }

    Instant answered() {
        return received.plus(took);
    }

    /** By the server's fault. */
    boolean failed() {
        return status >= 500;
    }

    /** By the caller's fault, or since there is nothing yet to answer. */
    boolean refused() {
        return status >= 400 && status < 500;
    }

    Calls toCalls() {
        return new Calls(1, refused() ? 1 : 0, failed() ? 1 : 0, took.toMillis(), Downtime.NONE);
    }
}
