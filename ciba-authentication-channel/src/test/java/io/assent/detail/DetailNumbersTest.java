package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "12.34,12.34",
        "12.340,12.34",
        "100.0,100",
        "1e2,100",
        "0.000001,0.000001",
        "-0.0,0",
        "-0,0",
        "999999999999.99,999999999999.99",
        "123456789012345,123456789012345",
        "9007199254740991,9007199254740991",
        "-9007199254740991,-9007199254740991"
    })
    void aNumberHasOneFormAndItsValue(String sent, String kept) {
        assertThat(DetailJson.read("[{\"amount\":" + sent + "}]")).hasValueSatisfying(read -> {
            assertThat(read.path(0).path("amount").decimalValue()).isEqualByComparingTo(new BigDecimal(sent));
            assertThat(Detail.of((ObjectNode) read.path(0)).json()).isEqualTo("{\"amount\":" + kept + "}");
            assertThat(Detail.of((ObjectNode) read.path(0)).content()).isEqualTo(read.path(0));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "-9007199254740992",
                "9223372036854775808",
                "-9223372036854775808",
                "18446744073709551617",
                "1234567890123.456",
                "0.1234567890123456",
                "1e16",
                "1e-16",
                "1e400",
                "1e999999999",
                "1e-999999999",
                "NaN",
                "Infinity",
                "01",
                "1.",
                ".5",
                "+1",
                "0x10"
            })
    void aNumberThatReadersReadDifferentlyIsRefused(String sent) {
        assertThat(DetailJson.read("[{\"amount\":" + sent + "}]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "1."})
    void aNumberWithoutEndIsRefused(String begin) {
        assertThat(DetailJson.read("[" + begin + "9".repeat(7_000) + "]")).isEmpty();
    }
}
