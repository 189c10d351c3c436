package io.assent.sandbox.bank;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/** Days of a calendar, both included; none where the first is after the last. */
record Days(LocalDate from, LocalDate to) {

    /** The longest history that is read at once. */
    static final int MOST = 366;

    private static final int USUALLY = 90;

    /**
     * What is asked for, or what is usual within what is allowed.
     *
     * @param first the first that is allowed, if that is bounded
     * @param last the last that is allowed, if that is bounded
     */
    static Days of(
            Optional<LocalDate> from,
            Optional<LocalDate> to,
            Optional<LocalDate> first,
            Optional<LocalDate> last,
            LocalDate today) {
        LocalDate end =
                to.orElseGet(() -> last.filter(bound -> bound.isBefore(today)).orElse(today));
        LocalDate usual = end.minusDays(USUALLY - 1L);
        return new Days(from.orElseGet(() -> first.filter(usual::isBefore).orElse(usual)), end);
    }

    boolean isTooLong() {
        return to.toEpochDay() - from.toEpochDay() >= MOST;
    }

    /** Those that have come. */
    Days past(LocalDate today) {
        return new Days(from, to.isAfter(today) ? today : to);
    }

    /** The newest first. */
    Stream<LocalDate> newestFirst() {
        return Stream.iterate(to, day -> !day.isBefore(from), day -> day.minusDays(1));
    }
}
