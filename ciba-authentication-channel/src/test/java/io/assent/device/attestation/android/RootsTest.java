package io.assent.device.attestation.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.fake.android.AndroidKeyStore;
import io.assent.server.Options;
import io.assent.server.ProviderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom an operator trusts. */
class RootsTest {

    private static final String OPTION = "--spi-consent-device-attestation--android-key--roots";

    @TempDir
    Path folder;

    private static Roots read(String value) {
        return Roots.read(new ProviderOptions(
                "consent-device-attestation",
                "android-key",
                new Options(value == null ? Map.of() : Map.of("roots", value))));
    }

    @Test
    void aFileHasManyAndNoneIsTrustedWithoutOne() throws IOException {
        AndroidKeyStore one = new AndroidKeyStore(Instant.EPOCH);
        AndroidKeyStore other = new AndroidKeyStore(Instant.EPOCH);
        Path file = Files.writeString(folder.resolve("roots.pem"), one.rootInPem() + other.rootInPem());

        assertThat(read(file.toString()).certificates())
                .extracting(X509Certificate::getPublicKey)
                .containsExactly(one.root().getPublicKey(), other.root().getPublicKey());
        assertThat(read(null).isEmpty()).isTrue();
        assertThat(read(" ").isEmpty()).isTrue();
    }

    @Test
    void whatIsNoFileWithCertificatesStopsTheStart() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path other = Files.writeString(
                folder.resolve("other.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Path big = Files.write(folder.resolve("big.pem"), "x".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII));

        for (String wrong : new String[] {
            folder.resolve("none").toString(), "a\0b", empty.toString(), other.toString(), big.toString()
        }) {
            assertThatThrownBy(() -> read(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(OPTION);
        }
    }
}
