package io.assent.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each jar says under which licence it is, and what of others is in it. */
class LicenceIT {

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

    private static String text(JarFile file, String name) throws IOException {
        assertThat(file.getEntry("META-INF/" + name)).as(name).isNotNull();
        try (InputStream in = file.getInputStream(file.getEntry("META-INF/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
