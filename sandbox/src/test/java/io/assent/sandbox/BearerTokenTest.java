package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER  abc "})
    void theSchemeIsReadInAnyCase(String header) {
        assertThat(BearerToken.of(header)).contains("abc");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic abc", "abc"})
    void anythingElseIsNoToken(String header) {
        assertThat(BearerToken.of(header)).isEmpty();
    }

    @Test
    void theTokenIsKeptAsItIs() {
        assertThat(BearerToken.of("Bearer aB-._~+/=")).contains("aB-._~+/=");
    }
}
