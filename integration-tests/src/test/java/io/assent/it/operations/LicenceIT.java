package io.assent.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each jar says under which licence it is, and what of others is in it. */
class LicenceIT {

    private static final Path KAFKA =
            Path.of(System.getProperty("assent.target", "target"), "kafka", "kafka-destination.jar");

    private static final Path PROVIDERS = Path.of(System.getProperty("assent.keycloak.home"), "providers");

    @ParameterizedTest
    @ValueSource(strings = {"ciba-authentication-channel", "consent-rest-resource", "permissions-theme", "sandbox"})
    void aJarHasTheLicenceAndTheNotice(String jar) throws IOException {
        try (JarFile file = new JarFile(PROVIDERS.resolve(jar + ".jar").toFile())) {
            for (String name : new String[] {"LICENSE", "NOTICE"}) {
                assertThat(text(file, name)).as(name).isEqualTo(Files.readString(Path.of("..", name)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTICE.txt",
                "THIRD-PARTY.txt",
                "THIRD-PARTY-VERSIONS.txt",
                "FastDoubleParser-LICENSE",
                "Schubfach-LICENSE"
            })
    void theChannelsJarHasWhatItsLibrariesDemand(String name) throws IOException {
        try (JarFile file =
                new JarFile(PROVIDERS.resolve("ciba-authentication-channel.jar").toFile())) {
            assertThat(text(file, name)).isNotBlank();
            assertThat(text(file, "NOTICE")).contains("Tatu Saloranta", "Werner Randelshofer", "Raffaello Giulietti");
        }
    }

    /** Of what is in the jar of others: each by name and version, with its licence. */
    @Test
    void theChannelsJarHasItsBillOfMaterials() throws IOException {
        try (JarFile file =
                new JarFile(PROVIDERS.resolve("ciba-authentication-channel.jar").toFile())) {
            JsonNode bill = Http.JSON.readTree(text(file, "sbom/application.cdx.json"));

            assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(bill.get("components"))
                    .allSatisfy(component -> {
                        assertThat(component.get("purl").asText()).startsWith("pkg:maven/");
                        assertThat(component.get("licenses")).isNotEmpty();
                    })
                    .extracting(component -> component.get("name").asText())
                    .contains("firebase-admin", "google-auth-library-oauth2-http", "guava", "sns", "sdk-core")
                    .doesNotContain("keycloak-services", "junit-jupiter");
        }
    }

    @Test
    void theJarForKafkaSaysWhatIsInIt() throws IOException {
        try (JarFile file = new JarFile(KAFKA.toFile())) {
            for (String name : new String[] {"LICENSE", "NOTICE"}) {
                assertThat(text(file, name)).as(name).isEqualTo(Files.readString(Path.of("..", name)));
            }
            assertThat(text(file, "NOTICE.txt")).contains("Apache Kafka", "The Apache Software Foundation");
            assertThat(text(file, "THIRD-PARTY.txt"))
                    .contains("Apache Kafka", "Protocol Buffers", "Copyright 2008 Google Inc.")
                    .contains("Redistributions in binary form must reproduce the above copyright notice");
            assertThat(text(file, "THIRD-PARTY-VERSIONS.txt").lines().filter(line -> line.startsWith("     (")))
                    .singleElement()
                    .asString()
                    .startsWith("     (Apache-2.0)")
                    .contains("org.apache.kafka:kafka-clients");
            assertThat(Http.JSON
                            .readTree(text(file, "sbom/application.cdx.json"))
                            .get("components"))
                    .singleElement()
                    .satisfies(component -> assertThat(component.get("purl").asText())
                            .startsWith("pkg:maven/org.apache.kafka/kafka-clients@"));
        }
    }

    @Test
    void theTextOfEachLicenceIsInTheJar() throws IOException {
        try (JarFile file =
                new JarFile(PROVIDERS.resolve("ciba-authentication-channel.jar").toFile())) {
            assertThat(text(file, "THIRD-PARTY.txt"))
                    .contains("Google Auth Library for Java", "API Common for Java", "Copyright 2014, Google Inc.")
                    .contains("Redistributions in binary form must reproduce the above copyright notice");
            assertThat(text(file, "LICENSE")).contains("Apache License");
            // every licence that a library of the jar names is one of these two
            assertThat(text(file, "THIRD-PARTY-VERSIONS.txt").lines().filter(line -> line.startsWith("     (")))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("     (Apache-2.0)") || line.startsWith("     (BSD-3-Clause)"));
        }
    }

    private static String text(JarFile file, String name) throws IOException {
        assertThat(file.getEntry("META-INF/" + name)).as(name).isNotNull();
        try (InputStream in = file.getInputStream(file.getEntry("META-INF/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
