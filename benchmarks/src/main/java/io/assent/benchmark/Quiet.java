package io.assent.benchmark;

/**
 * Waits until a server and the database do nothing any more, so that one phase's work is not counted in another's. Two
 * seconds at the most: vacuum may take its time.
 */
final class Quiet {

    private static final int LOOK_MILLIS = 100;
    private static final int MOST_LOOKS = 20;
    private static final int IDLE_MILLIS = 20;

    static void await(Side side, Sides sides) throws InterruptedException {
        long before = cpuMillis(side, sides);
        boolean quiet = false;
        for (int look = 0; look < MOST_LOOKS && !quiet; look++) {
            Thread.sleep(LOOK_MILLIS);
            long now = cpuMillis(side, sides);
            quiet = now - before <= IDLE_MILLIS;
            before = now;
        }
    }

    private static long cpuMillis(Side side, Sides sides) {
        return side.cpuMillis() + sides.postgres().cpuMillis();
    }

    private Quiet() {}
}
