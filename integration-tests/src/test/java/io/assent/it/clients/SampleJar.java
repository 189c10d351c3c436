package io.assent.it.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A sample in Java, as the build left it. */
record SampleJar(Path file) {

    static final Path SAMPLES = Path.of("../samples");

    static SampleJar of(String sample) throws IOException {
        try (Stream<Path> jars = Files.list(SAMPLES.resolve(sample).resolve("target"))) {
            return jars.filter(jar -> jar.getFileName().toString().matches(sample + "-.*\\.jar"))
                    .findFirst()
                    .map(SampleJar::new)
                    .orElseThrow(() -> new AssertionError("the sample is not built"));
        }
    }

    Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(), "-jar", file.toString());
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
