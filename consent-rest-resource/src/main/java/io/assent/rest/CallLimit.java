package io.assent.rest;

import io.assent.server.MinuteCount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.keycloak.services.ErrorResponseException;

/** How many calls of one kind one caller can make in a minute, counted by the minutes of this node's clock. */
public final class CallLimit {

    private final int perMinute;
    private final InstantSource clock;
    private final MinuteCount count = new MinuteCount();

    /** @param perMinute how many calls are allowed, 1 or more */
    public CallLimit(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * Counts a call, and refuses it where it is one too many.
     *
     * @param atFirst what to do with the first call that is one too many, once in each minute
     */
    public void refuseExcess(String caller, Runnable atFirst) {
        exceededBy(caller).ifPresent(excess -> {
            if (excess.first()) {
                atFirst.run();
            }
            throw excess.toException();
        });
    }

    /** Counts a call. @return what is to be said of it, if it is one too many */
    public Optional<Excess> exceededBy(String caller) {
        Instant now = clock.instant();
        int calls = count.next(caller, now);
        return calls <= perMinute
                ? Optional.empty()
                : Optional.of(new Excess(MinuteCount.rest(now), calls == perMinute + 1));
    }

    /**
     * A call that is one too many.
     *
     * @param delay how long to wait
     * @param first whether it is the first one in its minute
     */
    public record Excess(Duration delay, boolean first) {

        public ErrorResponseException toException() {
            return Problem.tooManyCalls("Wait for as long as Retry-After says.").toException(delay);
        }
    }
}
