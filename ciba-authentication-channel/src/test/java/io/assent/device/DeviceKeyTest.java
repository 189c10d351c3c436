package io.assent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What is a device's key, and what it has signed. */
class DeviceKeyTest {

    /** RFC 7515, appendix A.3. */
    private static final DeviceKey KEY = DeviceKey.of(
                    "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
            .orElseThrow();

    private static final String SIGNED = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6"
            + "Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private static final String SIGNATURE =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    @Test
    void theStandardsOwnExampleIsVerified() {
        byte[] signature = Base64.getUrlDecoder().decode(SIGNATURE);
        byte[] signed = SIGNED.getBytes(StandardCharsets.US_ASCII);

        assertThat(KEY.verifies(signed, signature)).isTrue();
        signed[5]++;
        assertThat(KEY.verifies(signed, signature)).isFalse();
    }

    @Test
    void whatIsNoSignatureIsNone() {
        byte[] signed = SIGNED.getBytes(StandardCharsets.US_ASCII);

        assertThat(KEY.verifies(signed, new byte[0])).isFalse();
        assertThat(KEY.verifies(signed, new byte[63])).isFalse();
        // the numbers zero, which broken verifiers take for anything
        assertThat(KEY.verifies(signed, new byte[64])).isFalse();
        assertThat(new SigningDevice()
                        .key()
                        .verifies(signed, Base64.getUrlDecoder().decode(SIGNATURE)))
                .isFalse();
    }

    @Test
    void onlyAPointOnTheCurveIsAKey() {
        String zero = "A".repeat(43);
        assertThat(DeviceKey.of(zero, zero)).isEmpty();
        assertThat(DeviceKey.of(KEY.y(), KEY.x())).isEmpty();
        assertThat(DeviceKey.of(KEY.x(), "_".repeat(42) + "8")).isEmpty();
        assertThat(DeviceKey.of("short", KEY.y())).isEmpty();
        assertThat(DeviceKey.of(KEY.x() + "=", KEY.y())).isEmpty();
    }

    @Test
    void itsIdIsTheThumbprintAndItIsKeptAsAJwk() {
        // by another implementation of RFC 7638
        assertThat(KEY.id()).isEqualTo("oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U");
        assertThat(DeviceKey.parse(KEY.jwk())).isEqualTo(KEY);
        assertThatThrownBy(() -> DeviceKey.parse("{}")).isInstanceOf(IllegalArgumentException.class);
    }
}
