package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ContentTypeTest {

    @Test
    void oneThatIsTooLongIsNotRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContentType.read("application/json;a=" + "b".repeat(ContentType.MAX_LENGTH)))
                .withMessageContaining("longer");
    }
}
