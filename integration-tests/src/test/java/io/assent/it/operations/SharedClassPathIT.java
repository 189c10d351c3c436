package io.assent.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * What is deployed shares one flat class path with the server's own libraries, and the server does not say when a class
 * is in it twice.
 */
class SharedClassPathIT {

    private static final long CHANNEL_LIMIT = 11_000_000;
    private static final long KAFKA_LIMIT = 8_000_000;
    private static final Set<String> DEPLOYED = Set.of(
            "ciba-authentication-channel.jar", "consent-rest-resource.jar", "permissions-theme.jar", "sandbox.jar");

    private static final Path KAFKA =
            Path.of(System.getProperty("assent.target", "target"), "kafka", "kafka-destination.jar");

    private final Path stock = Path.of(System.getProperty("assent.keycloak.home", "target/stock/keycloak-26.7.4"));

    @Test
    void noClassOfOursIsInTheServersOwnLibraries() {
        Map<String, String> servers = new HashMap<>();
        jars(stock.resolve("lib/lib")).forEach(jar -> classes(jar)
                .forEach(name -> servers.put(name, jar.getFileName().toString())));
        // a guard against a layout that has changed: an empty server has nothing twice
        assertThat(servers).hasSizeGreaterThan(10_000);

        Map<String, String> twice = new TreeMap<>();
        all().forEach(jar -> classes(jar).stream()
                .filter(servers::containsKey)
                .forEach(name -> twice.put(name, jar.getFileName() + " and " + servers.get(name))));

        assertThat(twice).isEmpty();
    }

    @Test
    void noClassAndNoPackageIsInTwoJarsOfOurs() {
        Map<String, Set<String>> jarsOf = new TreeMap<>();
        all().forEach(jar -> classes(jar).stream()
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .forEach(name -> jarsOf.computeIfAbsent(name, unseen -> new TreeSet<>())
                        .add(jar.getFileName().toString())));

        assertThat(jarsOf).allSatisfy((name, jars) -> assertThat(jars).hasSize(1));
    }

    @Test
    void everyClassIsInAPackageOfOurs() {
        assertThat(all().flatMap(jar -> classes(jar).stream()))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/assent/"));
    }

    @Test
    void theChannelStaysSmall() throws IOException {
        assertThat(Files.size(stock.resolve("providers/ciba-authentication-channel.jar")))
                .isLessThan(CHANNEL_LIMIT);
    }

    @Test
    void theJarForKafkaStaysSmall() throws IOException {
        assertThat(Files.size(KAFKA)).isLessThan(KAFKA_LIMIT);
    }

    @Test
    void theLicencesOfWhatIsShadedAreInTheJar() throws IOException {
        try (JarFile jar = new JarFile(
                stock.resolve("providers/ciba-authentication-channel.jar").toFile())) {
            assertThat(List.of(
                            "META-INF/LICENSE",
                            "META-INF/NOTICE",
                            "META-INF/NOTICE.txt",
                            "META-INF/THIRD-PARTY.txt",
                            "META-INF/THIRD-PARTY-VERSIONS.txt"))
                    .allSatisfy(name -> assertThat(jar.getEntry(name)).isNotNull());
        }
    }

    private Stream<Path> deployed() {
        List<Path> jars = jars(stock.resolve("providers")).toList();
        assertThat(jars).extracting(jar -> jar.getFileName().toString()).containsExactlyInAnyOrderElementsOf(DEPLOYED);
        return jars.stream();
    }

    /** With what a bank can add. */
    private Stream<Path> all() {
        return Stream.concat(deployed(), Stream.of(KAFKA));
    }

    private static Stream<Path> jars(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> classes(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .map(name -> name.replaceFirst("^META-INF/versions/[0-9]+/", ""))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
