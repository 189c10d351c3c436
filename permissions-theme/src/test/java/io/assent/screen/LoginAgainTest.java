package io.assent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginAgainTest {

    @Test
    void ofWhatTheClientWantsAndTheBankTheStricterCounts() {
        assertThat(LoginAgain.both(null, 2, Math::max)).isEqualTo("2");
        assertThat(LoginAgain.both("3", 2, Math::max)).isEqualTo("3");
        assertThat(LoginAgain.both("1", 2, Math::max)).isEqualTo("2");
        assertThat(LoginAgain.both("30", 300, Math::min)).isEqualTo("30");
        assertThat(LoginAgain.both("3600", 300, Math::min)).isEqualTo("300");
    }

    @Test
    void whatIsNoNumberWantsNothing() {
        assertThat(LoginAgain.both("soon", 300, Math::min)).isEqualTo("300");
        assertThat(LoginAgain.both("", 300, Math::min)).isEqualTo("300");
    }
}
