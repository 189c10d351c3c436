package io.assent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether an interface is down, as EBA/GL/2018/07, guideline 2.4(c), counts it, and one node can know it: when five
 * calls in a row were not answered within 30 seconds, or only with a failure of the server, from the moment at which
 * the first of them was received. It ends with the first answer after them, and {@link #QUIET} after the last of them
 * where nobody calls: a node that is not called any more does not know whether it would answer. What fails after such a
 * quiet time is counted from then on.
 */
final class Outage {

    static final int CALLS = 5;
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final Duration QUIET = Duration.ofMinutes(5);

    private int inARow;
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private Instant toldTo = Instant.MIN;

    /** Takes notice of a call. @return the time for which it was down and that was not told yet, when it ends */
    Optional<Span> note(Call call) {
        if (!call.isUnanswered()) {
            Optional<Span> down = untold(call.answered());
            inARow = 0;
            first = Instant.MAX;
            last = Instant.MIN;
            return down;
        }
        boolean afterQuiet = inARow > 0 && call.received().isAfter(last.plus(QUIET));
        Optional<Span> before = afterQuiet ? untold(call.received()) : Optional.empty();
        inARow++;
        first = afterQuiet || call.received().isBefore(first) ? call.received() : first;
        last = call.answered().isAfter(last) ? call.answered() : last;
        return before;
    }

    /** The time for which it is down up to now and that was not told yet. */
    Optional<Span> untold(Instant now) {
        if (inARow < CALLS) {
            return Optional.empty();
        }
        Instant begin = first.isAfter(toldTo) ? first : toldTo;
        Instant end = now.isAfter(last.plus(QUIET)) ? last.plus(QUIET) : now;
        if (!begin.isBefore(end)) {
            return Optional.empty();
        }
        toldTo = end;
        return Optional.of(new Span(begin, end));
    }

    /** @param end after the beginning */
    record Span(Instant begin, Instant end) {}
}
