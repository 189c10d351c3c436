package io.assent.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.device.Devices.Registration;
import io.assent.server.Customer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules about a customer's devices. */
class DevicesTest {

    private static final Customer ALICE = new Customer("bank", "alice");
    private static final Customer BOB = new Customer("bank", "bob");
    private static final Instant FIRST = Instant.parse("2026-11-26T09:00:00Z");

    private final List<DeviceEvent> events = new ArrayList<>();
    private final Devices devices = new Devices(new DevicesInMemory(), events::add);

    private static Device device(String id, String pushToken) {
        return device(id, pushToken, "session", FIRST);
    }

    private static Device device(String id, String pushToken, String sessionId, Instant registeredAt) {
        return new Device(id, "fcm", pushToken, "Pixel", "en", sessionId, registeredAt, null, false);
    }

    @Test
    void aNewDeviceIsStoredAndTold() {
        assertThat(devices.register(ALICE, device("1", "token")))
                .isEqualTo(new Registration.Registered(device("1", "token"), true));
        assertThat(events).containsExactly(new DeviceEvent.Registered(ALICE, "1", "fcm", "session"));
    }

    @Test
    void aDeviceThatRegistersAgainKeepsItsFirstTimeAndIsNotTold() {
        devices.register(ALICE, device("1", "token"));
        events.clear();

        assertThat(devices.register(ALICE, device("1", "token", "next", FIRST.plusSeconds(9))))
                .isEqualTo(new Registration.Registered(device("1", "token", "next", FIRST), false));
        assertThat(events).isEmpty();
    }

    @Test
    void aPushTokenReachesOneDeviceAlone() {
        devices.register(ALICE, device("1", "token"));
        devices.register(BOB, device("2", "other"));
        events.clear();

        devices.register(BOB, device("3", "token"));
        devices.register(BOB, device("4", "other"));

        assertThat(devices.list(ALICE)).isEmpty();
        assertThat(devices.list(BOB)).extracting(Device::id).containsExactly("3", "4");
        assertThat(events)
                .containsExactly(
                        new DeviceEvent.Moved(ALICE, "1", "fcm"),
                        new DeviceEvent.Registered(BOB, "3", "fcm", "session"),
                        new DeviceEvent.Moved(BOB, "2", "fcm"),
                        new DeviceEvent.Registered(BOB, "4", "fcm", "session"));
    }

    @Test
    void aPushTokenOfAnotherRealmIsAnothers() {
        devices.register(new Customer("other", "alice"), device("1", "token"));

        devices.register(ALICE, device("1", "token"));

        assertThat(devices.list(new Customer("other", "alice"))).hasSize(1);
    }

    @Test
    void aCustomerHasTwentyDevicesAndCanRefreshThem() {
        for (int n = 0; n < Devices.MAX_DEVICES; n++) {
            devices.register(ALICE, device("d" + n, "t" + n));
        }
        events.clear();

        assertThat(devices.register(ALICE, device("one-more", "t"))).isEqualTo(new Registration.TooMany());
        assertThat(events).isEmpty();
        assertThat(devices.register(ALICE, device("d7", "fresh"))).isInstanceOf(Registration.Registered.class);
        assertThat(devices.register(ALICE, device("takes-over", "t3"))).isInstanceOf(Registration.Registered.class);
        assertThat(devices.list(ALICE)).hasSize(Devices.MAX_DEVICES);
    }

    @Test
    void aDeadDeviceIsEnabledByAFreshPushTokenAndNotByTheSame() {
        Device device = device("1", "dead");
        devices.register(ALICE, device);
        devices.disable(ALICE, device);
        assertThat(events).endsWith(new DeviceEvent.Disabled(ALICE, "1", "fcm"));

        devices.register(ALICE, device);
        assertThat(devices.find(ALICE, "1").orElseThrow().disabled()).isTrue();

        devices.register(ALICE, device("1", "fresh"));
        assertThat(devices.find(ALICE, "1").orElseThrow().disabled()).isFalse();
    }

    @Test
    void whatTheVendorSaysOfAnOldPushTokenIsPassedOver() {
        Device old = device("1", "old");
        devices.register(ALICE, old);
        devices.register(ALICE, device("1", "new"));
        events.clear();

        devices.disable(ALICE, old);
        devices.recordVendorHandle(ALICE, old, "handle");

        assertThat(devices.find(ALICE, "1")).contains(device("1", "new"));
        assertThat(events).isEmpty();
    }

    @Test
    void theVendorsHandleGoesWithThePushToken() {
        Device device = device("1", "token");
        devices.register(ALICE, device);
        devices.recordVendorHandle(ALICE, device, "handle");

        devices.register(ALICE, device);
        assertThat(devices.find(ALICE, "1").orElseThrow().vendorHandle()).isEqualTo("handle");

        devices.register(ALICE, device("1", "fresh"));
        assertThat(devices.find(ALICE, "1").orElseThrow().vendorHandle()).isNull();
    }

    @Test
    void aDeadTokenIsToldOnce() {
        Device device = device("1", "token");
        devices.register(ALICE, device);
        events.clear();

        devices.disable(ALICE, device);
        devices.disable(ALICE, device);

        assertThat(events).hasSize(1);
    }

    @Test
    void aRemovalIsToldOnceAndIsTheCustomersOwn() {
        devices.register(ALICE, device("1", "token"));
        events.clear();

        devices.remove(BOB, "1", "session");
        assertThat(devices.list(ALICE)).hasSize(1);
        devices.remove(ALICE, "1", "session");
        devices.remove(ALICE, "1", "session");

        assertThat(devices.list(ALICE)).isEmpty();
        assertThat(events).containsExactly(new DeviceEvent.Removed(ALICE, "1", "session"));
    }

    @Test
    void theDeviceOfASessionIsTheOneThatWasRegisteredInIt() {
        devices.register(ALICE, device("1", "a", "first", FIRST));
        devices.register(ALICE, device("2", "b", "second", FIRST));

        assertThat(devices.registeredIn(ALICE, "second")).map(Device::id).contains("2");
        assertThat(devices.registeredIn(ALICE, "third")).isEmpty();
        assertThat(devices.registeredIn(ALICE, null)).isEmpty();
        assertThat(devices.registeredIn(BOB, "second")).isEmpty();
    }
}
