package io.assent.it.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A folder with the packages that its lock file names. */
record NodeProject(Path folder) {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final int MOST_SECONDS = 300;

    /** One of {@code src/test/node}. */
    static NodeProject ofTests(String name) {
        return install(SOURCES.resolve(name));
    }

    /** A copy with its packages. Without Node.js, or a registry that answers, the test is skipped and says so. */
    static synchronized NodeProject install(Path sources) {
        Path name = sources.getFileName();
        Path folder = Path.of(System.getProperty("assent.target"), "node").resolve(name);
        try {
            Files.createDirectories(folder);
            try (var files = Files.list(sources)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        NodeProject project = new NodeProject(folder);
        Assumptions.assumeTrue(project.succeeds("node", "--version"), "there is no Node.js here");
        Assumptions.assumeTrue(
                project.succeeds("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
                "the packages of " + name + " can't be had");
        return project;
    }

    /** A command that must succeed. */
    String run(String... command) {
        Finished finished = finish(command);
        if (finished.status() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + finished.output());
        }
        return finished.output();
    }

    /** Starts a program, which talks by its standard input and output. */
    Process start(Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private boolean succeeds(String... command) {
        return finish(command).status() == 0;
    }

    private Finished finish(String... command) {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            // nothing but packages is asked of the network
            builder.environment().putAll(Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Finished(-1, "not done within " + MOST_SECONDS + " s");
            }
            return new Finished(process.exitValue(), Files.readString(output));
        } catch (IOException missing) {
            return new Finished(-1, missing.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param status as the system has it; -1 where the program did not end by itself, or is not there */
    private record Finished(int status, String output) {}
}
