package io.assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator may write, and what is said where it is something else. */
class ProviderOptionsTest {

    @Test
    void anOptionIsNamedAsItIsWritten() {
        assertThat(options(Map.of()).name("size")).isEqualTo("--spi-some--one--size");
    }

    @Test
    void anUnsetNumberIsItsDefault() {
        assertThat(options(Map.of()).number("size", 7, 1, 99)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", " 1 ", "99", "42"})
    void aNumberWithinItsBoundsIsTaken(String value) {
        assertThat(options(Map.of("size", value)).number("size", 7, 1, 99)).isEqualTo(Integer.parseInt(value.trim()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100", "-1", "+1", "01", "1.0", "1e1", "many", "", "9999999999", "0x10"})
    void anyOtherValueIsRefusedWithItsNameAndItsBounds(String value) {
        assertThatThrownBy(() -> options(Map.of("size", value)).number("size", 7, 1, 99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--spi-some--one--size must be a whole number from 1 to 99, not '" + value + "'");
    }

    @Test
    void aTextIsTrimmedAndAnEmptyOneIsUnset() {
        assertThat(options(Map.of("name", " x ")).text("name")).hasValue("x");
        assertThat(options(Map.of("name", "  ")).text("name")).isEmpty();
        assertThat(options(Map.of()).text("name")).isEmpty();
    }

    private static ProviderOptions options(Map<String, String> values) {
        return new ProviderOptions("some", "one", new Options(values));
    }
}
