package io.assent.push.vendor;

import io.assent.device.Device;
import io.assent.push.Push;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Devices and pushes to send. */
public final class Sample {

    public static Device device(String platform, String pushToken, String address) {
        return new Device(
                UUID.randomUUID().toString(),
                platform,
                pushToken,
                "Alice's phone",
                "en",
                "session-4711",
                Instant.now(),
                address,
                false);
    }

    public static Push push(Duration life) {
        return new Push(
                Push.Type.CONSENT_REQUESTED,
                UUID.randomUUID().toString(),
                "bank",
                Instant.now().plus(life).truncatedTo(ChronoUnit.MILLIS),
                "A request",
                "Please have a look");
    }

    private Sample() {}
}
