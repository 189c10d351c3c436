package io.assent.it.clients;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What openapi-generator makes of the API's document, by programs that the build puts into {@code target}. */
final class GeneratedClients {

    private static final Path TOOLS = Path.of(System.getProperty("assent.target"), "generator");
    private static final Path DOCUMENT =
            Path.of("../consent-rest-resource/src/main/resources/io/assent/rest/app/openapi.json");
    private static final int MOST_MINUTES = 10;
    private static final int MOST_SAID = 4_000;

    /** The sources of a client. */
    static Path generate(String generator, String name, String... options) {
        Path folder = fresh(name);
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-jar",
                TOOLS.resolve("openapi-generator-cli.jar").toString(),
                "generate",
                "-i",
                DOCUMENT.toString(),
                "-g",
                generator,
                "-o",
                folder.toString()));
        command.addAll(Arrays.asList(options));
        run(Map.of(), command);
        return folder;
    }

    /** Compiles Kotlin to a folder of classes. */
    static Path compileKotlin(Path... sources) {
        Path classes = fresh("kotlin-classes");
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx1g",
                "-cp",
                libraries(),
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-nowarn",
                "-cp",
                libraries(),
                "-d",
                classes.toString()));
        for (Path source : sources) {
            command.add(source.toString());
        }
        run(Map.of(), command);
        return classes;
    }

    /** A new folder: what an earlier run left must not be compiled. */
    private static Path fresh(String name) {
        try {
            return Files.createTempDirectory(TOOLS, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a program prints. */
    static String run(Path classes, String main, Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(java(), "-cp", classes + File.pathSeparator + libraries(), main));
        command.addAll(Arrays.asList(arguments));
        return run(environment, command);
    }

    /** The class path of what is generated and compiled. */
    static String libraries() {
        return files(TOOLS.resolve("lib"), ".jar").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    static List<Path> files(Path folder, String end) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String run(Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile(TOOLS, "output", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("not done within " + MOST_MINUTES + " minutes");
            }
            String said = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new AssertionError("it failed: " + said.substring(0, Math.min(said.length(), MOST_SAID)));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private GeneratedClients() {}
}
