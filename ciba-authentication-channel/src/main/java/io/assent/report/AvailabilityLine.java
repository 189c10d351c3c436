package io.assent.report;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How available an interface was on a day, by the indicators of EBA/GL/2018/07, guidelines 2.2 to 2.4.
 *
 * @param observedSeconds of how much of the day is known whether any node lived
 * @param silentSeconds those of them in which none gave a sign of life
 * @param unansweredSeconds those of the others in which it did not answer, on any node
 * @param isFinal whether nothing is to come for that day any more
 */
public record AvailabilityLine(
        UtcDay day,
        PackInterface called,
        boolean isFinal,
        long observedSeconds,
        long silentSeconds,
        long unansweredSeconds,
        Calls calls) {

    /**
     * Of a day, or what is known of it.
     *
     * @param lived in which minutes any node gave a sign of life
     * @param from the first minute of which that is known
     * @param to the first that is still to come
     * @param calls of all nodes
     */
    public static AvailabilityLine of(
            UtcDay day, PackInterface called, boolean isFinal, Minutes lived, int from, int to, Calls calls) {
        return new AvailabilityLine(
                day,
                called,
                isFinal,
                seconds(Math.max(0, to - from)),
                seconds(lived.missing(from, to)),
                calls.down().seconds(lived, from, to),
                calls);
    }

    private static long seconds(int minutes) {
        return Duration.ofMinutes(minutes).toSeconds();
    }

    public long downtimeSeconds() {
        return silentSeconds + unansweredSeconds();
    }

    /** Empty where nothing is known of the day. */
    public OptionalDouble downtimePercent() {
        return share(downtimeSeconds(), observedSeconds);
    }

    public OptionalDouble uptimePercent() {
        return share(observedSeconds - downtimeSeconds(), observedSeconds);
    }

    /** Empty where nobody called. */
    public OptionalDouble errorRatePercent() {
        return share(calls.failed(), calls.calls());
    }

    public OptionalLong averageMillis() {
        return calls.calls() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round((double) calls.millis() / calls.calls()));
    }

    /** In percent, to three places. */
    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.round(part * 100_000.0 / whole) / 1_000.0);
    }
}
