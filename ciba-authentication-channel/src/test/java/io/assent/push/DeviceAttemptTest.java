package io.assent.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.device.Device;
import io.assent.outbox.DeliveryHandler.Sent;
import io.assent.outbox.DeliveryResult;
import io.assent.server.Customer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceAttemptTest {

    private static final Device PHONE =
            new Device("id", "fcm", "a-token", null, null, null, Instant.EPOCH, null, false);

    @Test
    void theOperatorKnowsTheVendorByItsPlatform() {
        assertThat(attempt(new PushResult.Delivered()).peer()).isEqualTo("platform 'fcm'");
    }

    @Test
    void aPushThatWasTakenLeavesTheDeviceAlone() {
        assertThat(send(new PushResult.Delivered())).isEqualTo(Sent.of(new DeliveryResult.Delivered()));
    }

    @Test
    void theVendorsNameOfTheDeviceIsStoredWithTheDelivery() {
        Sent sent = send(new PushResult.Delivered(Optional.of("arn:endpoint")));

        assertThat(sent.result()).isEqualTo(new DeliveryResult.Delivered());
        assertThat(sent.settlement()).isPresent();
    }

    @Test
    void aDeadTokenIsARefusalThatDisablesTheDevice() {
        Sent sent = send(new PushResult.DeadToken("UNREGISTERED"));

        assertThat(sent.result()).isEqualTo(new DeliveryResult.Refused("UNREGISTERED"));
        assertThat(sent.settlement()).isPresent();
    }

    @Test
    void aPushThatIsRefusedLeavesTheDeviceAlone() {
        assertThat(send(new PushResult.Permanent("INVALID_ARGUMENT")))
                .isEqualTo(Sent.of(new DeliveryResult.Refused("INVALID_ARGUMENT")));
    }

    @Test
    void whatIsToBeTriedAgainIsTriedWhenTheVendorSays() {
        Optional<Duration> after = Optional.of(Duration.ofSeconds(7));

        assertThat(send(new PushResult.RetryLater(after, "UNAVAILABLE")))
                .isEqualTo(Sent.of(new DeliveryResult.RetryLater(after, "UNAVAILABLE")));
    }

    private static Sent send(PushResult result) {
        return attempt(result).send();
    }

    private static DeviceAttempt attempt(PushResult result) {
        return new DeviceAttempt(new Customer("realm", "user"), PHONE, () -> result);
    }
}
