package io.assent.it.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two clustered nodes on one PostgreSQL that do not agree what time it is. */
@Tag("long")
@Tag("weekly")
class ClockIT {

    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final Duration SKEW = Duration.ofSeconds(30);

    /**
     * The whole process of one node has another time, as on a machine without NTP: so have its tokens, its caches, and
     * its certificates.
     */
    @Test
    void aNodesClockIsThirtySecondsAhead() throws Exception {
        assumeTrue(
                Files.isReadable(FAKETIME),
                "no libfaketime (Debian: libfaketime): nodes with different clocks are not tested");
        try (FaultyCluster cluster = FaultyCluster.start("clock")) {
            FaultRun run = cluster.run("clock of a node 30 s ahead");
            cluster.nodes().two().stop();
            cluster.nodes()
                    .two()
                    .environment("LD_PRELOAD", FAKETIME.toString())
                    .environment("FAKETIME", "+" + SKEW.toSeconds() + "s")
                    // what waits a while is not to take the monotonic clock's times for those of the other one:
                    // each wait would be over at once, and the node do nothing but wait
                    .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                    .environment("FAKETIME_FORCE_MONOTONIC_FIX", "0")
                    .start();

            run.all(journey -> run.whole(journey, Duration.ofSeconds(10)));

            Eventually.after(Instant.now().plus(FaultyCluster.LATE).plus(SKEW));
            run.settle();
        }
    }
}
