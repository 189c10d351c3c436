package io.assent.ciba.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    private static final String CLIENT = "client";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"",
                "\"\"",
                "\"open",
                "open\"",
                "two words",
                "\"a\"b\"",
                "\"a\\b\"",
                "\"a\\\"",
                "\"a\";p=1",
                "\"a\", \"b\"",
                "a,b",
                "\"caf\u00e9\"",
                "caf\u00e9",
                "\"tab\t\""
            })
    void whatIsNoStringIsNoKey(String header) {
        assertThat(IdempotencyKey.parse(CLIENT, header)).isEmpty();
    }

    @Test
    void aKeyIsTheSameWithAndWithoutQuotes() {
        assertThat(IdempotencyKey.parse(CLIENT, "8e03978e-40d5"))
                .isPresent()
                .isEqualTo(IdempotencyKey.parse(CLIENT, "\"8e03978e-40d5\""));
        assertThat(IdempotencyKey.parse(CLIENT, "\"a \\\"b\\\" \\\\c\"")
                        .orElseThrow()
                        .value())
                .isEqualTo("a \"b\" \\c");
    }

    @Test
    void aKeyHasNoMoreCharactersThanTheLimit() {
        String longest = "k".repeat(IdempotencyKey.MAX_LENGTH);
        assertThat(IdempotencyKey.parse(CLIENT, longest)).isPresent();
        assertThat(IdempotencyKey.parse(CLIENT, "\"" + longest + "\"")).isPresent();
        assertThat(IdempotencyKey.parse(CLIENT, longest + "k")).isEmpty();
        assertThat(IdempotencyKey.parse(CLIENT, "\"" + "x".repeat(100_000) + "\""))
                .isEmpty();
    }

    @Test
    void whatIsKeptOfACallIsOfOneClientAndOneKey() {
        IdempotencyKey key = new IdempotencyKey(CLIENT, "key");
        CallContent content = new CallContent("content");

        assertThat(key.id()).isNotEqualTo(new IdempotencyKey("another", "key").id());
        assertThat(key.id()).isNotEqualTo(new IdempotencyKey(CLIENT, "another").id());
        assertThat(key.hash(content)).isNotEqualTo(new IdempotencyKey(CLIENT, "another").hash(content));
        assertThat(key.id()).isNotEqualTo(key.secret());
        assertThat(new IdempotencyKey(CLIENT, "8e03978e").toString()).doesNotContain("8e03978e");
    }

    @Test
    void anAnswerIsReadWithItsKeyAlone() {
        byte[] answer = "{\"auth_req_id\":\"secret\"}".getBytes(StandardCharsets.UTF_8);
        IdempotencyKey key = new IdempotencyKey(CLIENT, "key");

        String sealed = SealedAnswer.seal(key, answer);

        assertThat(SealedAnswer.open(key, sealed)).isEqualTo(answer);
        assertThat(SealedAnswer.seal(key, answer)).isNotEqualTo(sealed);
        assertThatIllegalStateException()
                .isThrownBy(() -> SealedAnswer.open(new IdempotencyKey(CLIENT, "another"), sealed));
    }
}
