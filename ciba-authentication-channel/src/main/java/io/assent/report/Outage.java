package io.assent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an interface is down, as EBA/GL/2018/07, guideline 2.4(c), counts it, and one node can know it: when five
 * calls in a row were not answered within 30 seconds, or only with a failure of the server, from the moment at which
 * the first of them was received. It ends with the first answer after them, however long nobody calls meanwhile.
 */
final class Outage {

    static final int CALLS = 5;
    static final Duration LONGEST = Duration.ofSeconds(30);

    private int inARow;
    private Instant first = Instant.MAX;
    private Instant toldTo = Instant.MIN;

    /** Takes notice of a call. @return the time for which it was down and that was not told yet, when it ends */
    Optional<Span> note(Call call) {
        if (call.failed() || call.took().compareTo(LONGEST) > 0) {
            inARow++;
            first = call.received().isBefore(first) ? call.received() : first;
            return Optional.empty();
        }
        Optional<Span> down = untold(call.answered());
        inARow = 0;
        first = Instant.MAX;
        return down;
    }

    /** The time for which it is down up to now and that was not told yet. */
    Optional<Span> untold(Instant now) {
        Instant begin = first.isAfter(toldTo) ? first : toldTo;
        if (inARow < CALLS || !begin.isBefore(now)) {
            return Optional.empty();
        }
        toldTo = now;
        return Optional.of(new Span(begin, now));
    }

    /** @param end after the beginning */
    record Span(Instant begin, Instant end) {}
}
