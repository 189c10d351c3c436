package io.assent.ciba.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackchannelParametersTest {

    private static final String LONGEST = "a".repeat(BackchannelParameters.MAX_LENGTH);

    @Test
    void aParameterHasABound() {
        assertThat(BackchannelParameters.flaw(Map.of("scope", List.of(LONGEST))))
                .isEmpty();
        assertThat(BackchannelParameters.flaw(Map.of("scope", List.of(LONGEST + "a"))))
                .hasValue("A parameter has more than 20000 characters");
    }

    @Test
    void aParameterIsThereOnce() {
        assertThat(BackchannelParameters.flaw(Map.of("scope", List.of("openid", "openid"))))
                .hasValue("A parameter is there twice");
    }

    @Test
    void aParameterHasNoNulCharacter() {
        assertThat(BackchannelParameters.flaw(Map.of("login_hint", List.of("a\0b"))))
                .hasValue("A parameter has a NUL character");
    }

    @Test
    void aFormInPartsIsKnownByItsType() {
        assertThat(BackchannelParameters.comeInParts("Multipart/form-data; boundary=x"))
                .isTrue();
        assertThat(BackchannelParameters.comeInParts("application/x-www-form-urlencoded"))
                .isFalse();
        assertThat(BackchannelParameters.comeInParts(null)).isFalse();
    }

    @Test
    void whatIsNotThereHasNoFlaw() {
        assertThat(BackchannelParameters.flaw(Map.of())).isEmpty();
        assertThat(BackchannelParameters.flaw(Map.of("file", Arrays.asList((String) null))))
                .isEmpty();
    }
}
