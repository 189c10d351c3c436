package io.assent.benchmark;

import java.nio.file.Path;
import java.util.List;

/**
 * Where everything is.
 *
 * @param stock the stock server, as it was unpacked
 * @param realm the dev realm's file
 * @param floors the jar of the channels that are floors
 * @param pack the pack's jars, with the sandbox's
 * @param built for the servers as they are built, kept between runs
 * @param work for the servers and their database
 * @param startUp what {@code start-up.sh} printed; may be missing
 * @param document the document that the results go into
 */
record Layout(
        Path stock, Path realm, Path floors, List<Path> pack, Path built, Path work, Path startUp, Path document) {

    /** Below the root of a checkout that was built. */
    static Layout below(Path root, boolean quick) {
        Path benchmarks = root.resolve("target/benchmarks");
        return new Layout(
                Path.of(required("assent.stock")),
                root.resolve("realm-config/bank-realm.json"),
                Path.of(required("assent.floors")),
                List.of(required("assent.pack").split(":")).stream()
                        .map(Path::of)
                        .toList(),
                benchmarks.resolve("built"),
                benchmarks.resolve("run"),
                benchmarks.resolve("start-up.txt"),
                quick ? benchmarks.resolve("performance.md") : root.resolve("docs/performance.md"));
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("-D" + property + " is missing: run benchmarks/run.sh");
        }
        return value;
    }
}
