package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonBodyTest {

    @Test
    void theMemberIsRead() {
        assertThat(new JsonBody("{\"pushToken\":\"abc\",\"other\":1}").string("pushToken"))
                .isEqualTo("abc");
    }
}
