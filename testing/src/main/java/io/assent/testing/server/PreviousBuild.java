package io.assent.testing.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The project's jars of the previous version, built from the history. */
public final class PreviousBuild {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES =
            List.of("ciba-authentication-channel", "consent-rest-resource", "permissions-theme", "sandbox");

    /**
     * A folder with the jars of the commit that the file {@code previous-version} names. Where the history does not go
     * back so far, as in a shallow clone, or there is no Git or Maven, the test is skipped.
     */
    public static Path providers() {
        Path target = Distribution.TARGET.toAbsolutePath();
        String commit = said(List.of("git", "rev-parse", "--quiet", "--verify", named() + "^{commit}"))
                .orElse("");
        assumeTrue(!commit.isEmpty(), "the previous version is not in the history: upgrades are not tested");
        Path sources = target.resolve("previous").resolve(commit);
        Path providers = sources.resolve("providers");
        try {
            if (!Files.isDirectory(providers)) {
                Files.createDirectories(sources);
                Path archive = sources.resolve("sources.tar");
                run("git", "archive", "--output=" + archive, commit);
                run("tar", "-x", "-f", archive.toString(), "-C", sources.toString());
                run(
                        "mvn",
                        "-B",
                        "-ntp",
                        "-f",
                        sources.toString(),
                        // nor what tests and formatters need
                        "-Dmaven.test.skip",
                        "-Dspotless.check.skip",
                        "-am",
                        "-pl",
                        String.join(",", MODULES),
                        "package");
                copyJars(sources, providers);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return providers;
    }

    private static String named() {
        try (Stream<String> lines = Files.lines(PROJECT.resolve("integration-tests/previous-version"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .findFirst()
                    .orElseThrow()
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyJars(Path sources, Path providers) throws IOException {
        Path complete = Files.createTempDirectory(sources, "jars");
        for (String module : MODULES) {
            try (DirectoryStream<Path> jars =
                    Files.newDirectoryStream(sources.resolve(module).resolve("target"), module + "-*.jar")) {
                for (Path jar : jars) {
                    Files.copy(jar, complete.resolve(module + ".jar"), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.move(complete, providers);
    }

    private static void run(String... command) {
        assumeTrue(said(List.of(command)).isPresent(), "an earlier commit can't be built here: " + List.of(command));
    }

    /** What a program printed, or nothing where it failed or does not exist. */
    private static Optional<String> said(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(PROJECT.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException noSuchProgram) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private PreviousBuild() {}
}
