package io.assent.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.device.Devices.Proof;
import io.assent.device.Devices.Registration;
import io.assent.server.Customer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules about a customer's devices. */
class DevicesTest {

    private static final Customer ALICE = new Customer("bank", "alice");
    private static final Customer BOB = new Customer("bank", "bob");
    private static final Instant FIRST = Instant.parse("2026-11-26T09:00:00Z");

    private final List<DeviceEvent> events = new ArrayList<>();
    private Instant now = FIRST;
    private final Devices devices =
            new Devices(new DevicesInMemory(), new ChallengesInMemory(), null, events::add, () -> now);

    private Registration register(Customer customer, Device device) {
        return devices.register(customer, new Enrolment(device, Optional.empty(), Optional.empty(), unsigned()));
    }

    private Registration register(Customer customer, Device device, String previousPushToken) {
        return devices.register(
                customer, new Enrolment(device, Optional.empty(), Optional.of(previousPushToken), unsigned()));
    }

    private SignedCall unsigned() {
        return new SignedCall("PUT", URI.create("https://bank/devices/1"), "token", new byte[0], now, List.of());
    }

    private static Device device(String id, String pushToken) {
        return device(id, pushToken, "session", FIRST);
    }

    private static Device device(String id, String pushToken, String sessionId, Instant registeredAt) {
        return new Device(id, "fcm", pushToken, "Pixel", "en", sessionId, registeredAt, null, false);
    }

    @Test
    void aNewDeviceIsStoredAndTold() {
        assertThat(register(ALICE, device("1", "token")))
                .isEqualTo(new Registration.Registered(device("1", "token"), true));
        assertThat(events).containsExactly(new DeviceEvent.Registered(ALICE, "1", "fcm", "session"));
    }

    @Test
    void aDeviceThatRegistersAgainInItsLoginKeepsItsFirstTimeAndIsNotTold() {
        register(ALICE, device("1", "token"));
        events.clear();

        assertThat(register(ALICE, device("1", "token", "session", FIRST.plusSeconds(9))))
                .isEqualTo(new Registration.Registered(device("1", "token"), false));
        assertThat(events).isEmpty();
    }

    @Test
    void aDeviceThatRegistersAgainInAnotherLoginIsTold() {
        register(ALICE, device("1", "token"));
        events.clear();

        assertThat(register(ALICE, device("1", "token", "next", FIRST.plusSeconds(9))))
                .isEqualTo(new Registration.Registered(device("1", "token", "next", FIRST), false));
        assertThat(events)
                .containsExactly(new DeviceEvent.RegisteredAgain(ALICE, "1", "fcm", "next", Optional.empty()));
    }

    @Test
    void anotherLoginNeedsThePushTokenThatTheDeviceHas() {
        register(ALICE, device("1", "phone"));
        events.clear();

        Device thiefs = device("1", "thief", "stolen", FIRST);
        assertThat(register(ALICE, thiefs)).isInstanceOf(Registration.ProofRequired.class);
        assertThat(register(ALICE, thiefs, "guess")).isInstanceOf(Registration.ProofRequired.class);
        assertThat(devices.find(ALICE, "1")).contains(device("1", "phone"));
        assertThat(events)
                .containsExactly(
                        new DeviceEvent.Refused(ALICE, "1", "stolen"), new DeviceEvent.Refused(ALICE, "1", "stolen"));

        Device next = device("1", "fresh", "next", FIRST);
        assertThat(register(ALICE, next, "phone")).isEqualTo(new Registration.Registered(next, false));
        // again: the token from before is not the device's any more, the login is
        assertThat(register(ALICE, next, "phone")).isEqualTo(new Registration.Registered(next, false));
    }

    @Test
    void twoLoginsWithoutAnIdAreNotTheSame() {
        register(ALICE, device("1", "phone", null, FIRST));

        assertThat(register(ALICE, device("1", "other", null, FIRST))).isInstanceOf(Registration.ProofRequired.class);
    }

    @Test
    void aPushTokenStaysWithItsDeviceUntilAnotherProvesThatItHasIt() {
        register(ALICE, device("1", "token"));
        events.clear();

        register(BOB, device("3", "token"));

        Device proving = devices.find(BOB, "3").orElseThrow();
        assertThat(proving.isReachable()).isFalse();
        assertThat(devices.find(ALICE, "1")).contains(device("1", "token"));
        assertThat(events)
                .containsExactly(
                        new DeviceEvent.Registered(BOB, "3", "fcm", "session"),
                        new DeviceEvent.ProofDue(BOB, "3", FIRST.plus(Devices.PROOF_LIFE)));
        events.clear();

        String nonce = devices.newNonce(BOB, proving).orElseThrow();
        assertThat(devices.prove(BOB, "3", nonce)).isInstanceOf(Proof.Proved.class);

        assertThat(devices.find(BOB, "3").orElseThrow().isReachable()).isTrue();
        Device old = devices.find(ALICE, "1").orElseThrow();
        assertThat(old.state()).isInstanceOf(DeviceState.Moved.class);
        assertThat(old.pushToken()).isEmpty();
        assertThat(events)
                .containsExactly(new DeviceEvent.Moved(ALICE, "1", "fcm"), new DeviceEvent.Proved(BOB, "3", "fcm"));
        events.clear();

        assertThat(devices.prove(BOB, "3", nonce)).isInstanceOf(Proof.Proved.class);
        assertThat(events).isEmpty();
    }

    @Test
    void aRepeatWhileAProofIsAwaitedAsksForNoOther() {
        register(ALICE, device("1", "token"));
        register(BOB, device("3", "token"));
        String nonce =
                devices.newNonce(BOB, devices.find(BOB, "3").orElseThrow()).orElseThrow();
        events.clear();

        register(BOB, device("3", "token"));

        assertThat(events).isEmpty();
        assertThat(devices.prove(BOB, "3", nonce)).isInstanceOf(Proof.Proved.class);
    }

    @Test
    void wrongNoncesAreCountedAndTheTimeIsShort() {
        register(ALICE, device("1", "token"));
        register(BOB, device("3", "token"));
        assertThat(devices.prove(BOB, "3", "none-was-sent")).isInstanceOf(Proof.WrongNonce.class);
        String nonce =
                devices.newNonce(BOB, devices.find(BOB, "3").orElseThrow()).orElseThrow();
        for (int n = 1; n < Devices.MAX_WRONG_NONCES; n++) {
            assertThat(devices.prove(BOB, "3", "wrong")).isInstanceOf(Proof.WrongNonce.class);
        }
        assertThat(devices.prove(BOB, "3", nonce)).isInstanceOf(Proof.Over.class);

        now = now.plus(Devices.PROOF_LIFE);
        register(BOB, device("3", "token"));
        String next =
                devices.newNonce(BOB, devices.find(BOB, "3").orElseThrow()).orElseThrow();
        assertThat(devices.prove(BOB, "3", nonce)).isInstanceOf(Proof.WrongNonce.class);
        now = now.plus(Devices.PROOF_LIFE);
        assertThat(devices.prove(BOB, "3", next)).isInstanceOf(Proof.Over.class);
        assertThat(devices.newNonce(BOB, devices.find(BOB, "3").orElseThrow())).isEmpty();
        assertThat(devices.find(ALICE, "1").orElseThrow().isReachable()).isTrue();
    }

    @Test
    void aLaterNonceTakesThePlaceOfAnEarlier() {
        register(ALICE, device("1", "token"));
        register(BOB, device("3", "token"));
        String first =
                devices.newNonce(BOB, devices.find(BOB, "3").orElseThrow()).orElseThrow();
        String second =
                devices.newNonce(BOB, devices.find(BOB, "3").orElseThrow()).orElseThrow();

        assertThat(devices.prove(BOB, "3", first)).isInstanceOf(Proof.WrongNonce.class);
        assertThat(devices.prove(BOB, "3", second)).isInstanceOf(Proof.Proved.class);
    }

    @Test
    void whoHasNothingToProveIsToldSo() {
        register(ALICE, device("1", "token"));

        assertThat(devices.prove(ALICE, "1", "nonce")).isInstanceOf(Proof.NothingToProve.class);
        assertThat(devices.prove(ALICE, "2", "nonce")).isInstanceOf(Proof.NoSuchDevice.class);
        assertThat(devices.prove(BOB, "1", "nonce")).isInstanceOf(Proof.NoSuchDevice.class);
    }

    @Test
    void anAppThatWasInstalledAgainProvesItsPushTokenToo() {
        register(ALICE, device("1", "token"));

        register(ALICE, device("2", "token", "next", FIRST));
        assertThat(devices.find(ALICE, "1").orElseThrow().isReachable()).isTrue();

        String nonce =
                devices.newNonce(ALICE, devices.find(ALICE, "2").orElseThrow()).orElseThrow();
        devices.prove(ALICE, "2", nonce);
        assertThat(devices.list(ALICE))
                .filteredOn(Device::isReachable)
                .extracting(Device::id)
                .containsExactly("2");
    }

    @Test
    void inTheSameLoginAPushTokenMovesAtOnce() {
        register(BOB, device("2", "other"));
        events.clear();

        register(BOB, device("4", "other"));

        assertThat(devices.list(BOB)).extracting(Device::id).containsExactly("4");
        assertThat(events)
                .containsExactly(
                        new DeviceEvent.Moved(BOB, "2", "fcm"), new DeviceEvent.Registered(BOB, "4", "fcm", "session"));
    }

    @Test
    void aDeviceWhosePushTokenMovedMakesRoomForANewOne() {
        register(ALICE, device("d0", "t0"));
        register(BOB, device("b", "t0"));
        devices.prove(
                BOB,
                "b",
                devices.newNonce(BOB, devices.find(BOB, "b").orElseThrow()).orElseThrow());
        for (int n = 1; n < Devices.MAX_DEVICES; n++) {
            register(ALICE, device("d" + n, "t" + n));
        }

        assertThat(register(ALICE, device("new", "t"))).isInstanceOf(Registration.Registered.class);
        assertThat(devices.find(ALICE, "d0")).isEmpty();
        assertThat(register(ALICE, device("newer", "t-"))).isInstanceOf(Registration.TooMany.class);
    }

    @Test
    void aDeviceWhosePushTokenMovedComesBackInItsLoginAndInNoOther() {
        register(ALICE, device("1", "token"));
        register(BOB, device("b", "token"));
        devices.prove(
                BOB,
                "b",
                devices.newNonce(BOB, devices.find(BOB, "b").orElseThrow()).orElseThrow());

        assertThat(register(ALICE, device("1", "fresh", "other", FIRST), "token"))
                .isInstanceOf(Registration.ProofRequired.class);
        assertThat(register(ALICE, device("1", "fresh")))
                .isEqualTo(new Registration.Registered(device("1", "fresh"), false));
    }

    @Test
    void aPushTokenOfAnotherRealmIsAnothers() {
        register(new Customer("other", "alice"), device("1", "token"));

        register(ALICE, device("1", "token"));

        assertThat(devices.list(new Customer("other", "alice"))).hasSize(1);
    }

    @Test
    void aCustomerHasTwentyDevicesAndCanRefreshThem() {
        for (int n = 0; n < Devices.MAX_DEVICES; n++) {
            register(ALICE, device("d" + n, "t" + n));
        }
        events.clear();

        assertThat(register(ALICE, device("one-more", "t"))).isEqualTo(new Registration.TooMany());
        assertThat(events).isEmpty();
        assertThat(register(ALICE, device("d7", "fresh"))).isInstanceOf(Registration.Registered.class);
        assertThat(register(ALICE, device("takes-over", "t3"))).isInstanceOf(Registration.Registered.class);
        assertThat(devices.list(ALICE)).hasSize(Devices.MAX_DEVICES);
    }

    @Test
    void aDeadDeviceIsEnabledByAFreshPushTokenAndNotByTheSame() {
        Device device = device("1", "dead");
        register(ALICE, device);
        devices.disable(ALICE, device);
        assertThat(events).endsWith(new DeviceEvent.Disabled(ALICE, "1", "fcm"));

        register(ALICE, device);
        assertThat(devices.find(ALICE, "1").orElseThrow().isReachable()).isFalse();

        register(ALICE, device("1", "fresh"));
        assertThat(devices.find(ALICE, "1").orElseThrow().isReachable()).isTrue();
    }

    @Test
    void whatTheVendorSaysOfAnOldPushTokenIsPassedOver() {
        Device old = device("1", "old");
        register(ALICE, old);
        register(ALICE, device("1", "new"));
        events.clear();

        devices.disable(ALICE, old);
        devices.recordVendorHandle(ALICE, old, "handle");

        assertThat(devices.find(ALICE, "1")).contains(device("1", "new"));
        assertThat(events).isEmpty();
    }

    @Test
    void theVendorsHandleGoesWithThePushToken() {
        Device device = device("1", "token");
        register(ALICE, device);
        devices.recordVendorHandle(ALICE, device, "handle");

        register(ALICE, device);
        assertThat(devices.find(ALICE, "1").orElseThrow().vendorHandle()).isEqualTo("handle");

        register(ALICE, device("1", "fresh"));
        assertThat(devices.find(ALICE, "1").orElseThrow().vendorHandle()).isNull();
    }

    @Test
    void aDeadTokenIsToldOnce() {
        Device device = device("1", "token");
        register(ALICE, device);
        events.clear();

        devices.disable(ALICE, device);
        devices.disable(ALICE, device);

        assertThat(events).hasSize(1);
    }

    @Test
    void aRemovalIsToldOnceAndIsTheCustomersOwn() {
        register(ALICE, device("1", "token"));
        events.clear();

        devices.remove(BOB, "1", "session");
        assertThat(devices.list(ALICE)).hasSize(1);
        devices.remove(ALICE, "1", "session");
        devices.remove(ALICE, "1", "session");

        assertThat(devices.list(ALICE)).isEmpty();
        assertThat(events).hasSize(2).first().isEqualTo(new DeviceEvent.Removed(ALICE, "1", "session", false));
    }

    @Test
    void aLostDeviceIsRemovedAndToldOnce() {
        register(ALICE, device("1", "token"));
        events.clear();

        assertThat(devices.lose(BOB, "1")).isEmpty();
        assertThat(devices.lose(ALICE, "1")).map(Device::sessionId).contains("session");
        assertThat(devices.lose(ALICE, "1")).isEmpty();

        assertThat(devices.list(ALICE)).isEmpty();
        assertThat(events).first().isEqualTo(new DeviceEvent.Lost(ALICE, "1"));
        assertThat(events).hasSize(2);
        assertFarewell("1", "token");
    }

    /** By its old push token, for a day; and nothing is left of it then. */
    private void assertFarewell(String deviceId, String pushToken) {
        DeviceEvent.FarewellDue due = (DeviceEvent.FarewellDue) events.get(events.size() - 1);
        assertThat(due.deviceId()).isEqualTo(deviceId);
        assertThat(due.until()).isEqualTo(now.plus(Duration.ofDays(1)));
        assertThat(devices.gone(ALICE, due.goneId())).map(Device::pushToken).contains(pushToken);
        assertThat(devices.gone(BOB, due.goneId())).isEmpty();
        devices.forgetGone(due.goneId());
        assertThat(devices.gone(ALICE, due.goneId())).isEmpty();
    }

    @Test
    void aRemovedDeviceHearsOfItAlsoWhereItsOwnLoginAskedForIt() {
        for (String session : List.of("session", "another")) {
            register(ALICE, device("1", "token"));
            events.clear();

            devices.remove(ALICE, "1", session);
            devices.remove(ALICE, "1", session);

            assertThat(events).hasSize(2);
            assertFarewell("1", "token");
        }
    }

    @Test
    void aDeviceThatNoPushReachesHearsNothing() {
        register(ALICE, device("1", "token"));
        devices.disable(ALICE, devices.list(ALICE).get(0));
        events.clear();

        devices.remove(ALICE, "1", "session");

        assertThat(events).hasSize(1).noneMatch(DeviceEvent.FarewellDue.class::isInstance);
    }

    @Test
    void anInstallationThatAnotherTookThePlaceOfHearsOfIt() {
        register(ALICE, device("1", "token"));
        events.clear();

        register(ALICE, device("1", "another", "other login", FIRST), "token");

        assertThat(events).hasSize(2);
        assertFarewell("1", "token");
    }

    @Test
    void theDeviceOfASessionIsTheOneThatWasRegisteredInIt() {
        register(ALICE, device("1", "a", "first", FIRST));
        register(ALICE, device("2", "b", "second", FIRST));

        assertThat(devices.registeredIn(ALICE, "second")).contains("2");
        assertThat(devices.registeredIn(ALICE, "third")).isEmpty();
        assertThat(devices.registeredIn(ALICE, null)).isEmpty();
        assertThat(devices.registeredIn(BOB, "second")).isEmpty();
    }
}
