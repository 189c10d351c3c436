package io.assent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFactsTest {

    @ParameterizedTest
    @ValueSource(strings = {"26.7.3", "26.7.0", "26.6.9", "25.9.9", "26.7.3.redhat-00001"})
    void whatIsOlderIsTooOld(String version) {
        assertThat(new ServerFacts(version, true, false, false).isTooOld()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"26.7.4", "26.7.10", "26.8.0", "27.0.0", "26.7.4-SNAPSHOT", "999.0.0-SNAPSHOT", "UNKNOWN", ""})
    void whatIsAsNewOrSaysNothingIsNot(String version) {
        assertThat(new ServerFacts(version, true, false, false).isTooOld()).isFalse();
    }
}
