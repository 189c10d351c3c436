package io.assent.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.server.ServerTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeToLiveTest {

    private static Duration of(Duration left) {
        return TimeToLive.of(new Push(
                Push.Type.CONSENT_REQUESTED, "id", "bank", ServerTime.now().plus(left), "title", "body"));
    }

    @Test
    void itEndsWithTheRequest() {
        assertThat(of(Duration.ofMinutes(5))).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        assertThat(of(Duration.ofSeconds(-1))).isZero();
    }

    /** FCM: "the maximum time to live is four weeks", and what says more is refused. */
    @Test
    void noVendorIsToldMoreThanItTakes() {
        assertThat(of(Duration.ofDays(30))).isEqualTo(Duration.ofDays(28));
    }
}
