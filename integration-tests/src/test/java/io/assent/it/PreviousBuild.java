package io.assent.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The project's jars of an earlier commit, built from its history. */
final class PreviousBuild {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES =
            List.of("ciba-authentication-channel", "consent-rest-resource", "permissions-theme", "sandbox");

    /**
     * A folder with the jars as they were before the last commit that changed one of these files. Where the history
     * does not go back so far, as in a shallow clone, or there is no Git or Maven, the test is skipped.
     */
    static Path before(String... files) {
        Path target = Distribution.TARGET.toAbsolutePath();
        List<String> log = new ArrayList<>(List.of("git", "log", "-1", "--format=%H", "--"));
        log.addAll(List.of(files));
        String last = said(log).orElse("");
        assumeTrue(!last.isEmpty(), "no history: upgrades are not tested");
        String commit = said(List.of("git", "rev-parse", "--quiet", "--verify", last + "^"))
                .orElse("");
        assumeTrue(!commit.isEmpty(), "a shallow clone: upgrades are not tested");
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
                        "-DskipTests",
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
