package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UuidsTest {

    private static final String UUID = "0123abcd-0000-1111-2222-0123456789ab";

    @Test
    void aUuidIsWrittenInLowerCase() {
        assertThat(Uuids.normalized("0123ABCD-0000-1111-2222-0123456789AB")).hasValue(UUID);
    }

    @Test
    void whatIsLongerOrShorterIsNone() {
        assertThat(Uuids.normalized(UUID + "0")).isEmpty();
        assertThat(Uuids.normalized(UUID.substring(1))).isEmpty();
        assertThat(Uuids.normalized(UUID.replace("-", "") + "----")).isEmpty();
    }
}
