package io.assent.report;

/**
 * Calls of one interface, added up.
 *
 * @param calls all of them
 * @param refused by the caller's fault (4xx)
 * @param failed by the server's fault (5xx)
 * @param millis how long all of them took together
 * @param downMillis how long the interface did not answer, see {@link Outage}
 */
public record Calls(long calls, long refused, long failed, long millis, long downMillis) {

    public static final Calls NONE = new Calls(0, 0, 0, 0, 0);

    static Calls down(long millis) {
        return new Calls(0, 0, 0, 0, millis);
    }

    public Calls plus(Calls other) {
        return new Calls(
                calls + other.calls,
                refused + other.refused,
                failed + other.failed,
                millis + other.millis,
                downMillis + other.downMillis);
    }
}
