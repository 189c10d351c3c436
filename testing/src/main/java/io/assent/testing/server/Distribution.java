package io.assent.testing.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The stock server with the project's jars, as the build unpacked it. Each server of a test runs from a copy of its
 * own, which is made from one that has prepared itself for the same purpose before, where there is one: to do so anew
 * takes a start longer.
 */
public final class Distribution {

    public static final Path TARGET = Path.of(System.getProperty("assent.target", "target"));

    private static final Path STOCK =
            Path.of(System.getProperty("assent.keycloak.home", "target/stock/keycloak-26.7.4"));

    /** Copies that have prepared themselves. */
    private static final Map<Build, Path> BUILT = new HashMap<>();

    /** Folders of jars. */
    private static final Set<Path> MADE = new HashSet<>();

    /**
     * What a server prepares itself for at its first start.
     *
     * @param kind the kind of database, and whatever else it is built for
     * @param providers the folder with its jars
     */
    record Build(String kind, Path providers) {}

    /** A copy for a server of this name, in the place of any that was made for that name before. */
    static synchronized Path copy(String name, Build build) {
        if (!Files.isDirectory(STOCK)) {
            throw new IllegalStateException("No stock server in " + STOCK.toAbsolutePath()
                    + ": the build unpacks it before integration-test, so run mvn verify");
        }
        Path home = TARGET.resolve("servers").resolve(name).toAbsolutePath();
        changes(home);
        ServerFiles.delete(home);
        Path built = BUILT.get(build);
        if (built != null) {
            ServerFiles.copy(built, home);
        } else {
            ServerFiles.copy(STOCK.toAbsolutePath(), home);
            putJars(build.providers(), home);
        }
        return home;
    }

    /** Puts other jars into a copy. */
    static synchronized void install(Path providers, Path home) {
        changes(home);
        putJars(providers, home);
    }

    /** Remembers that a copy has prepared itself. */
    static synchronized void built(Build build, Path home) {
        BUILT.putIfAbsent(build, home);
    }

    /** Which server it is, with its version. */
    static String version() {
        return STOCK.getFileName().toString();
    }

    /** The folder with the jars of this build. */
    public static Path providers() {
        return STOCK.resolve("providers");
    }

    /** A folder with the jars of this build and of {@code probe}, which stands for a provider of somebody else's. */
    public static Path providersAndProbe() {
        return providersAnd("probe");
    }

    /** A folder with the jars of this build and of {@code kafka-destination}, which few servers have. */
    public static Path providersAndKafka() {
        return providersAnd("kafka");
    }

    /** Made once: tests that run side by side share it. */
    private static synchronized Path providersAnd(String more) {
        Path all = TARGET.resolve("providers-and-" + more);
        if (!MADE.add(all)) {
            return all;
        }
        ServerFiles.delete(all);
        ServerFiles.copy(providers(), all);
        ServerFiles.copy(TARGET.resolve(more), all);
        return all;
    }

    private static void putJars(Path providers, Path home) {
        if (!providers.equals(providers())) {
            ServerFiles.delete(home.resolve("providers"));
            ServerFiles.copy(providers, home.resolve("providers"));
        }
    }

    private static void changes(Path home) {
        BUILT.values().remove(home);
    }

    private Distribution() {}
}
