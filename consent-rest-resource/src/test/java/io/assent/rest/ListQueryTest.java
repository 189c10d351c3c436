package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListQueryTest {

    @Test
    void aNumberIsWithinItsBounds() {
        assertThat(ListQuery.wholeNumber("1", 1, 100)).hasValue(1);
        assertThat(ListQuery.wholeNumber("100", 1, 100)).hasValue(100);
        assertThat(ListQuery.wholeNumber("2147483647", 0, Integer.MAX_VALUE)).hasValue(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "101", "-1", "+1", "1.5", "1e1", "0x1", "٣", "9999999999", "11111111111"})
    void whatIsNoneIsRefused(String value) {
        assertThat(ListQuery.wholeNumber(value, 1, 100)).isEmpty();
    }
}
