package io.assent.push.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.device.Device;
import io.assent.device.Devices.Registration;
import io.assent.device.Enrolment;
import io.assent.device.SignedCall;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushSender;
import io.assent.push.device.DeviceRegistration.Result;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ModelDuplicateException;

/** When a device can be registered for pushes, and when its vendor is told. */
class DeviceRegistrationTest {

    private static final Set<String> PLATFORMS = Set.of("fcm", "sns");

    private static final SignedCall CALL =
            new SignedCall("PUT", URI.create("https://bank/devices/1"), "t", new byte[0], Instant.EPOCH, List.of());

    private final List<Device> stored = new ArrayList<>();
    private final List<Device> announced = new ArrayList<>();
    private Optional<String> objection = Optional.empty();
    private boolean vendorWantsToKnow;

    private final PushSender sender = new PushSender() {
        @Override
        public PushResult send(Device device, Push push) {
            throw new AssertionError("a registration sends nothing");
        }

        @Override
        public Optional<String> validate(Device device) {
            return objection;
        }

        @Override
        public boolean registersDevices() {
            return vendorWantsToKnow;
        }
    };

    private static Device device(String platform, String vendorHandle, boolean disabled) {
        return new Device("id", platform, "token", null, null, null, Instant.EPOCH, vendorHandle, disabled);
    }

    private Result register(Device device) {
        return register(device, stores -> new Registration.Registered(device, true));
    }

    private Result register(Device device, Function<Device, Registration> store) {
        return new DeviceRegistration(
                        PLATFORMS,
                        platform -> sender,
                        enrolment -> {
                            stored.add(enrolment.device());
                            return store.apply(enrolment.device());
                        },
                        announced::add)
                .register(new Enrolment(device, Optional.empty(), Optional.empty(), CALL));
    }

    @Test
    void aDeviceOfASupportedPlatformIsStored() {
        Device device = device("fcm", null, false);

        assertThat(register(device)).isEqualTo(new Result.Registered(device, true));
        assertThat(stored).containsExactly(device);
        assertThat(announced).isEmpty();
    }

    @Test
    void aPlatformThatIsNotAvailableIsRefusedAndNamesThoseThatAre() {
        assertThat(register(device("apns", null, false))).isEqualTo(new Result.UnsupportedPlatform(PLATFORMS));
        assertThat(stored).isEmpty();
    }

    @Test
    void aTokenThatNoPushCouldReachIsRefused() {
        objection = Optional.of("not a token of FCM");

        assertThat(register(device("fcm", null, false)))
                .isEqualTo(new Result.UnsupportedPushToken("not a token of FCM"));
        assertThat(stored).isEmpty();
    }

    @Test
    void oneDeviceTooManyIsRefusedAndNotAnnounced() {
        vendorWantsToKnow = true;

        assertThat(register(device("sns", null, false), device -> new Registration.TooMany()))
                .isEqualTo(new Result.Refused(new Registration.TooMany()));
        assertThat(announced).isEmpty();
    }

    @Test
    void aVendorIsToldOfADeviceThatItDoesNotKnow() {
        vendorWantsToKnow = true;

        register(device("sns", null, false));
        register(device("sns", "known", false));
        register(device("sns", null, true));

        assertThat(announced).containsExactly(device("sns", null, false));
    }

    @Test
    void whatLosesAgainstAnotherIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();

        assertThat(DeviceRegistration.again(() -> {
                    if (calls.incrementAndGet() < 4) {
                        throw new ModelDuplicateException("registered meanwhile");
                    }
                    return "done";
                }))
                .isEqualTo("done");
    }

    @Test
    void whatGoesWrongAgainAndAgainIsAFailure() {
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> DeviceRegistration.again(() -> {
                    calls.incrementAndGet();
                    throw new ModelDuplicateException("registered meanwhile");
                }))
                .isInstanceOf(ModelDuplicateException.class);
        assertThat(calls).hasValue(4);
    }
}
