package io.assent.benchmark.server;

import io.assent.testing.server.ServerFiles;
import io.assent.testing.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A stock server with some providers, built for production ({@code kc.sh build}). Its libraries, which nobody writes
 * to, are hard links.
 */
public final class Distribution {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

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
                ServerFiles.delete(home);
                build(stock, home, providers, options, home.resolveSibling(home.getFileName() + ".build.log"));
                Files.writeString(record, recorded);
            }
            return new Distribution(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
            throws IOException {
        ServerFiles.copy(stock, home);
        for (Path provider : providers) {
            Files.copy(provider, home.resolve("providers").resolve(provider.getFileName()));
        }
        List<String> arguments = new ArrayList<>(List.of("build"));
        arguments.addAll(options);
        ServerProcess build = ServerProcess.start(home, arguments, Map.of(), log);
        if (!build.awaitEnd(BUILD_LIMIT) || build.exitValue() != 0) {
            build.kill();
            throw new IllegalStateException("kc.sh build failed: " + Files.readString(log));
        }
    }

    /** The same, for another server. */
    public Distribution copy(Path to) {
        ServerFiles.copy(home, to);
        return new Distribution(to);
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
}
