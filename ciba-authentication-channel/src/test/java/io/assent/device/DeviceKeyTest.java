package io.assent.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is a device's key. */
class DeviceKeyTest {

    /** RFC 7515, appendix A.3. */
    private static final DeviceKey KEY = DeviceKey.of(
                    "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
            .orElseThrow();

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
