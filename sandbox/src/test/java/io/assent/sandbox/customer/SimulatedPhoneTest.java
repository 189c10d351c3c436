package io.assent.sandbox.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.push.PushResult;
import org.junit.jupiter.api.Test;

class SimulatedPhoneTest {

    @Test
    void thePushTokenSaysHowItBehaves() {
        assertThat(SimulatedPhone.of("sandbox-good-x").orElseThrow().take()).isInstanceOf(PushResult.Delivered.class);
        assertThat(SimulatedPhone.of("sandbox-down-x").orElseThrow().take()).isInstanceOf(PushResult.RetryLater.class);
        assertThat(SimulatedPhone.of("sandbox-dead-x").orElseThrow().take()).isInstanceOf(PushResult.DeadToken.class);
        assertThat(SimulatedPhone.of("sandbox-slow-x")).contains(SimulatedPhone.SLOW);
        assertThat(SimulatedPhone.of("5b6f1c1e-0a6e-4c58-9d0b-2b7a1f6f7a11")).isEmpty();
    }
}
