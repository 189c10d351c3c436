package io.assent.report;

import java.time.temporal.ChronoUnit;

/**
 * The days of a report.
 *
 * @param from the first
 * @param to the last, not before the first
 */
public record Period(UtcDay from, UtcDay to) {

    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("the last day is before the first");
        }
    }

    /** How many days these are; 1 or more. */
    public long days() {
        return ChronoUnit.DAYS.between(from.date(), to.date()) + 1;
    }
}
