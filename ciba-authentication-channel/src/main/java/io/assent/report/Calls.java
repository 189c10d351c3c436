package io.assent.report;

/**
 * Calls of one interface, added up.
 *
 * @param calls all of them
 * @param refused by the caller's fault (4xx)
 * @param failed by the server's fault (5xx)
 * @param millis how long all of them took together
 * @param down when the interface did not answer, see {@link Outage}
 */
public record Calls(long calls, long refused, long failed, long millis, Downtime down) {

    public static final Calls NONE = new Calls(0, 0, 0, 0, Downtime.NONE);

    /** Time in which nobody was answered, and no call. */
    public static Calls down(Downtime down) {
        return new Calls(0, 0, 0, 0, down);
    }

    public Calls plus(Calls other) {
        return new Calls(
                calls + other.calls,
                refused + other.refused,
                failed + other.failed,
                millis + other.millis,
                down.plus(other.down));
    }
}
