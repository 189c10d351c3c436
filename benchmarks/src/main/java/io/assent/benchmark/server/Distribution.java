package io.assent.benchmark.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stock server with some providers, built for production ({@code kc.sh build}). Its libraries, which nobody writes
 * to, are hard links.
 */
public final class Distribution {

    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    /**
     * Built afresh only where its providers or options changed since the last run.
     *
     * @param home where to build it
     * @param options of {@code kc.sh build}
     */
    public static Distribution build(Path stock, Path home, List<Path> providers, List<String> options) {
        try {
            Path record = home.resolveSibling(home.getFileName() + ".options");
            String recorded = stock + " " + options;
            if (!isBuilt(home, providers, record, recorded)) {
                Files.deleteIfExists(record);
                delete(home);
                build(stock, home, providers, options, home.resolveSibling(home.getFileName() + ".build.log"));
                Files.writeString(record, recorded);
            }
            return new Distribution(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isBuilt(Path home, List<Path> providers, Path record, String recorded) throws IOException {
        if (!Files.exists(record) || !Files.readString(record).equals(recorded)) {
            return false;
        }
        for (Path provider : providers) {
            Path deployed = home.resolve("providers").resolve(provider.getFileName());
            if (!Files.exists(deployed) || Files.mismatch(provider, deployed) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static void build(Path stock, Path home, List<Path> providers, List<String> options, Path log)
            throws IOException, InterruptedException {
        copy(stock, home);
        for (Path provider : providers) {
            Files.copy(provider, home.resolve("providers").resolve(provider.getFileName()));
        }
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/kc.sh").toString(), "build"));
        command.addAll(options);
        Process build = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (build.waitFor() != 0) {
            throw new IllegalStateException("kc.sh build failed: " + Files.readString(log));
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The same, for another server. */
    public Distribution copy(Path to) {
        try {
            copy(home, to);
            return new Distribution(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return home;
    }

    /** How large it is, its logs and data aside, in bytes. */
    public long bytes() {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(home.resolve("data")))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Path data = from.resolve("data");
        Path libraries = from.resolve("lib").resolve("lib");
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.equals(data)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file));
                if (file.startsWith(libraries)) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
