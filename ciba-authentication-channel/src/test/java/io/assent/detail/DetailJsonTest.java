package io.assent.detail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetailJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{}]",
                " [ {\"a\" : [1, -1, 0, 9007199254740991, -9007199254740991, true, null, \"\"]} ] ",
                "[\"Zażółć 株式会社 😀 \u200D\"]",
                "[[[[[[[[[]]]]]]]]]",
                "[\"\\u00e9\"]"
            })
    void whatEveryReaderSeesTheSameIsRead(String json) {
        assertThat(DetailJson.read(json)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[{\"a\":1}",
                "[{\"a\":}]",
                "[{'a':1}]",
                "[{a:1}]",
                "[1,]",
                "[1] x",
                "[1][2]",
                "[1]//",
                "/**/[1]",
                "{\"a\":1,\"a\":1}",
                "[{\"a\":{\"b\":1,\"b\":2}}]",
                "{\"a\":1,\"\\u0061\":2}",
                "[01]",
                "[+1]",
                "[NaN]",
                "[Infinity]",
                "[9007199254740992]",
                "[-9007199254740992]",
                "[123456789012345678901234567890]",
                "[[[[[[[[[[]]]]]]]]]]",
                "[\"\\u0000\"]",
                "[\"\\n\"]",
                "[\"\\u007f\"]",
                "[\"\\u0085\"]",
                "[\"\\u061c\"]",
                "[\"\\u200e\"]",
                "[\"\\u202e\"]",
                "[\"\\u2066\"]",
                "[\"\\u2028\"]",
                "[\"\\u2029\"]",
                "[\"\\ud800\"]",
                "[\"\\udc00x\"]",
                "[\"\\ue000\"]",
                "[\"\\uffff\"]",
                "[\"\\u0378\"]",
                "{\"a\\u202eb\":1}",
                "[{\"\\u0007\":1}]",
                "[\"a\nb\"]",
                "[\"\\x41\"]",
                "[\"\uD800\"]"
            })
    void whatSomebodyCouldReadOtherwiseIsNot(String json) {
        assertThat(DetailJson.read(json)).isEmpty();
    }

    @Test
    void aHugeNumberIsRefusedAtOnce() {
        assertThat(DetailJson.read("[" + "9".repeat(8_000) + "]")).isEmpty();
        assertThat(DetailJson.read("[1e" + "9".repeat(8_000) + "]")).isEmpty();
    }

    @Test
    void bytesAreCountedAndNotCharacters() {
        assertThat(DetailJson.read("\"" + "a".repeat(Details.MAX_BYTES - 2) + "\""))
                .isPresent();
        assertThat(DetailJson.read("\"" + "a".repeat(Details.MAX_BYTES - 1) + "\""))
                .isEmpty();
        assertThat(DetailJson.read("\"" + "é".repeat(Details.MAX_BYTES / 2 - 1) + "\""))
                .isPresent();
        assertThat(DetailJson.read("\"" + "é".repeat(Details.MAX_BYTES / 2) + "\""))
                .isEmpty();
        assertThat(DetailJson.read("[".repeat(Details.MAX_BYTES * 100))).isEmpty();
    }
}
