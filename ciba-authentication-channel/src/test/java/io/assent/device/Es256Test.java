package io.assent.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.Base64;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device's key signed, whoever looks. */
class Es256Test {

    /** RFC 7515, appendix A.3. */
    private static final DeviceKey KEY = DeviceKey.of(
                    "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
            .orElseThrow();

    private static final byte[] SIGNED = ("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0"
                    + "dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = Base64.getUrlDecoder()
            .decode("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");

    static Stream<Es256> all() {
        return Stream.of(Es256.OF_JAVA, Es256.of(new BouncyCastleProvider()));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theStandardsOwnExampleIsVerified(Es256 es256) {
        byte[] other = SIGNED.clone();
        other[5]++;

        assertThat(es256.verifies(KEY, SIGNED, SIGNATURE)).isTrue();
        assertThat(es256.verifies(KEY, other, SIGNATURE)).isFalse();
        assertThat(es256.verifies(new SigningDevice().key(), SIGNED, SIGNATURE)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsNoSignatureIsNone(Es256 es256) {
        assertThat(es256.verifies(KEY, SIGNED, new byte[0])).isFalse();
        assertThat(es256.verifies(KEY, SIGNED, new byte[63])).isFalse();
        // the numbers zero, which broken verifiers take for anything
        assertThat(es256.verifies(KEY, SIGNED, new byte[64])).isFalse();
    }

    @Test
    void aProviderThatDoesNotHaveItIsNotAsked() {
        Provider none = new Provider("none", "1", "nothing") {};

        assertThat(Es256.of(none)).isSameAs(Es256.OF_JAVA);
    }
}
