package io.assent.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.device.Devices.Registration;
import io.assent.device.KeyOffer.Login;
import io.assent.device.attestation.Attestation;
import io.assent.device.attestation.AttestationResult;
import io.assent.device.attestation.KeyAttestation;
import io.assent.server.Customer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What it takes to register a device with a key. */
class EnrolmentTest {

    private static final Customer ALICE = new Customer("bank", "alice");
    private static final URI HERE = URI.create("https://bank.example/realms/bank/consent/v1/devices/1");

    private final SigningDevice phone = new SigningDevice();
    private final SigningDevice thief = new SigningDevice();
    private final List<DeviceEvent> events = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-27T09:00:00Z");
    private final ChallengesInMemory challenges = new ChallengesInMemory();
    private final Devices devices =
            new Devices(new DevicesInMemory(), challenges, this::verify, events::add, () -> now);
    private Optional<Attestation> attestation = Optional.empty();
    private AttestationResult attested = new AttestationResult.Refused("nothing was to be verified");
    private Login login = Login.GOOD;

    private AttestationResult verify(Attestation sent, String challenge, DeviceKey key) {
        assertThat(attestation).contains(sent);
        assertThat(challenges.stands(ALICE, "1", challenge)).isTrue();
        assertThat(key).isEqualTo(phone.key());
        return attested;
    }

    private Registration register(
            String pushToken,
            String sessionId,
            Optional<SigningDevice> key,
            Function<SignedCall, List<String>> proofs) {
        Device device = new Device("1", "fcm", pushToken, null, null, sessionId, now, null, false);
        SignedCall bare = call(pushToken, List.of());
        return devices.register(
                ALICE,
                new Enrolment(
                        device,
                        key.map(signer -> new KeyOffer(signer.key(), login, attestation)),
                        Optional.empty(),
                        call(pushToken, proofs.apply(bare))));
    }

    private Registration register(String pushToken, String sessionId, SigningDevice... signers) {
        return register(pushToken, sessionId, Optional.empty(), call -> List.of(signers).stream()
                .map(signer -> signer.proof(call))
                .toList());
    }

    private SignedCall call(String body, List<String> proofs) {
        return new SignedCall("PUT", HERE, "access-token", body.getBytes(StandardCharsets.UTF_8), now, proofs);
    }

    private Registration enrol() {
        return enrol(challenge());
    }

    private Registration enrol(String challenge) {
        return register("token", "first", Optional.of(phone), call -> List.of(phone.proof(call, challenge)));
    }

    /** The phone's key goes, and signs for the next. */
    private Registration rotate(SigningDevice next, String challenge) {
        return register(
                "token", "first", Optional.of(next), call -> List.of(phone.proof(call), next.proof(call, challenge)));
    }

    private String challenge() {
        return challenges.issue(ALICE, "1");
    }

    private Device stored() {
        return devices.find(ALICE, "1").orElseThrow();
    }

    @Test
    void aKeyIsTakenWithAProofOfIt() {
        assertThat(register("token", "first", Optional.of(phone), call -> List.of()))
                .isInstanceOf(Registration.ProofRequired.class);
        assertThat(register("token", "first", Optional.of(phone), call -> List.of(thief.proof(call))))
                .isInstanceOf(Registration.ProofRequired.class);
        assertThat(devices.list(ALICE)).isEmpty();

        assertThat(enrol()).isInstanceOf(Registration.Registered.class);
        assertThat(stored().enrolledKey().map(EnrolledKey::key)).contains(phone.key());
    }

    @Test
    void aDeviceWithAKeyIsChangedByItsKeyAlone() {
        enrol();

        for (String session : new String[] {"first", "next"}) {
            assertThat(register("token", session)).isInstanceOf(Registration.ProofRequired.class);
            assertThat(register("fresh", session, thief)).isInstanceOf(Registration.ProofRequired.class);
            assertThat(register("fresh", session, Optional.of(thief), call -> List.of(thief.proof(call))))
                    .isInstanceOf(Registration.ProofRequired.class);
        }
        assertThat(stored().pushToken()).isEqualTo("token");

        assertThat(register("fresh", "next", phone)).isInstanceOf(Registration.Registered.class);
        assertThat(stored().pushToken()).isEqualTo("fresh");
        assertThat(stored().enrolledKey().map(EnrolledKey::key)).contains(phone.key());
    }

    @Test
    void anotherKeyTakesAProofOfEach() {
        enrol();
        events.clear();
        SigningDevice next = new SigningDevice();

        assertThat(register("token", "first", Optional.of(next), call -> List.of(phone.proof(call))))
                .isInstanceOf(Registration.ProofRequired.class);
        String challenge = challenge();
        for (int repeat = 0; repeat < 2; repeat++) {
            assertThat(rotate(next, challenge)).isInstanceOf(Registration.Registered.class);
        }

        assertThat(stored().enrolledKey().map(EnrolledKey::key)).contains(next.key());
        assertThat(events)
                .filteredOn(DeviceEvent.RegisteredAgain.class::isInstance)
                .containsExactly(new DeviceEvent.RegisteredAgain(
                        ALICE, "1", "fcm", "first", Optional.of(next.key().id())));
    }

    @Test
    void aNewKeySignsAChallengeThatStands() {
        events.clear();
        String expired = challenge();
        challenges.expire(expired);
        for (String none : List.of(
                "",
                "made-up",
                expired,
                challenges.issue(ALICE, "2"),
                challenges.issue(new Customer("bank", "bob"), "1"),
                challenges.issue(new Customer("other", "alice"), "1"))) {
            assertThat(enrol(none)).as(none).isEqualTo(new Registration.ChallengeRequired());
        }
        assertThat(register("token", "first", Optional.of(phone), call -> List.of(phone.proof(call))))
                .isEqualTo(new Registration.ChallengeRequired());
        assertThat(devices.list(ALICE)).isEmpty();
        assertThat(events).as("what an honest app may do").isEmpty();

        assertThat(enrol(challenge())).isInstanceOf(Registration.Registered.class);
    }

    @Test
    void aChallengeIsGoodForOneKeyAndARepeatNeedsNone() {
        String challenge = challenge();
        enrol(challenge);

        assertThat(enrol(challenge)).isInstanceOf(Registration.Registered.class);
        assertThat(enrol("made-up")).isInstanceOf(Registration.Registered.class);
        assertThat(rotate(new SigningDevice(), challenge)).isEqualTo(new Registration.ChallengeRequired());
        assertThat(stored().enrolledKey().map(EnrolledKey::key)).contains(phone.key());
    }

    @Test
    void theKeyThatGoesNeedNotSignTheChallengeAndTheNextOneMust() {
        enrol();
        SigningDevice next = new SigningDevice();
        String challenge = challenge();

        assertThat(register(
                        "token",
                        "first",
                        Optional.of(next),
                        call -> List.of(phone.proof(call, challenge), next.proof(call))))
                .isEqualTo(new Registration.ChallengeRequired());
        assertThat(rotate(next, challenge)).isInstanceOf(Registration.Registered.class);
    }

    @Test
    void aWeakLoginGivesNoFirstKeyAndCanChangeOne() {
        register("token", "first");
        events.clear();
        login = Login.WEAK;
        String challenge = challenge();
        assertThat(enrol(challenge)).isEqualTo(new Registration.LoginNotGoodEnough());
        assertThat(stored().enrolledKey()).isEmpty();
        assertThat(events).isEmpty();

        login = Login.GOOD;
        assertThat(enrol(challenge)).as("the challenge is not spent").isInstanceOf(Registration.Registered.class);
        login = Login.WEAK;
        assertThat(enrol(challenge)).as("a repeat").isInstanceOf(Registration.Registered.class);
        assertThat(rotate(new SigningDevice(), challenge())).isInstanceOf(Registration.Registered.class);
    }

    @Test
    void aLoginThatIsNotTheCustomersOwnChangesNoKey() {
        login = Login.NONE;
        assertThat(enrol()).isEqualTo(new Registration.LoginNotGoodEnough());

        login = Login.GOOD;
        enrol();
        login = Login.NONE;
        assertThat(rotate(new SigningDevice(), challenge())).isEqualTo(new Registration.LoginNotGoodEnough());
        assertThat(stored().enrolledKey().map(EnrolledKey::key)).contains(phone.key());
        assertThat(register("fresh", "next", Optional.of(phone), call -> List.of(phone.proof(call))))
                .as("with the key that the device has")
                .isInstanceOf(Registration.Registered.class);
    }

    @Test
    void aKeyIsKeptWithItsAttestationAndKeepsIt() {
        attestation = Optional.of(new Attestation("phone", List.of()));
        KeyAttestation kept = new KeyAttestation("phone", KeyAttestation.Level.HARDWARE, true);
        attested = new AttestationResult.Attested(kept);
        enrol();
        assertThat(stored().enrolledKey().map(EnrolledKey::attestation)).contains(kept);

        attested = new AttestationResult.Refused("it is looked at once");
        enrol();
        attestation = Optional.empty();
        enrol();
        register("fresh", "next", phone);
        assertThat(stored().enrolledKey().map(EnrolledKey::attestation)).contains(kept);

        rotate(new SigningDevice(), challenge());
        assertThat(stored().enrolledKey().map(EnrolledKey::attestation))
                .as("of another key")
                .contains(KeyAttestation.NONE);
    }

    @Test
    void anAttestationThatDoesNotHoldTakesNothing() {
        attestation = Optional.of(new Attestation("phone", List.of()));
        String challenge = challenge();
        for (AttestationResult not :
                List.of(new AttestationResult.Refused("bad"), new AttestationResult.Unsupported("unknown"))) {
            attested = not;
            assertThat(enrol(challenge)).isEqualTo(new Registration.NotAttested(not));
        }
        assertThat(devices.list(ALICE)).isEmpty();
        assertThat(challenges.stands(ALICE, "1", challenge)).isTrue();
    }

    @Test
    void aDeviceWithAKeyIsNotForgottenForAnotherOfItsLogin() {
        enrol();

        Device other = new Device("2", "fcm", "token", null, null, "first", now, null, false);
        devices.register(ALICE, new Enrolment(other, Optional.empty(), Optional.empty(), call("", List.of())));

        assertThat(stored().isReachable()).isTrue();
        assertThat(devices.find(ALICE, "2").orElseThrow().isReachable()).isFalse();
    }

    @Test
    void aDeviceWithoutAKeyGetsOneInItsLogin() {
        register("token", "first");

        enrol();

        assertThat(stored().enrolledKey().map(EnrolledKey::key)).contains(phone.key());
        assertThat(events).last().isInstanceOf(DeviceEvent.RegisteredAgain.class);
    }

    @Test
    void aProofIsGoodForOneCallAlone() {
        enrol();
        SignedCall call = call("token", List.of());
        String good = SigningDevice.claims(call, now.getEpochSecond());
        assertThat(register("token", "next", Optional.empty(), ignored -> List.of(phone.jws(phone.header(), good))))
                .isInstanceOf(Registration.Registered.class);

        for (String bad : List.of(
                good.replace("PUT", "DELETE"),
                good.replace("devices/1", "devices/2"),
                good.replace("bank.example", "evil.example"),
                good.replace("devices/1", "devices/1?a=b"),
                good.replace("https://", "http://"),
                good.replace(call.tokenHash(), "x"),
                good.replace(call.bodyHash(), "x"),
                SigningDevice.claims(call, now.getEpochSecond() + 31),
                SigningDevice.claims(call, now.getEpochSecond() - 121),
                SigningDevice.claims(call, Long.MIN_VALUE),
                good.replaceFirst("\"iat\":[0-9]+", "\"iat\":\"now\""),
                good.replaceFirst("\"iat\":[0-9]+", "\"iat\":1e400"),
                "{}",
                "[]",
                "5")) {
            assertThat(register("token", "next", Optional.empty(), ignored -> List.of(phone.jws(phone.header(), bad))))
                    .as(bad)
                    .isInstanceOf(Registration.InvalidProof.class);
        }
        for (String bad : List.of(
                phone.header().replace("ES256", "none"),
                phone.header().replace("ES256", "HS256"),
                phone.header().replace("device-proof+jwt", "dpop+jwt"),
                phone.header().replace("{", "{\"crit\":[\"exp\"],"))) {
            assertThat(register("token", "next", Optional.empty(), ignored -> List.of(phone.jws(bad, good))))
                    .as(bad)
                    .isInstanceOf(Registration.InvalidProof.class);
        }
        String forged = thief.jws(phone.header(), good);
        assertThat(register("token", "next", Optional.empty(), ignored -> List.of(forged)))
                .isInstanceOf(Registration.InvalidProof.class);
        for (String none : List.of("", "a.b", "a.b.c.d", "!.!.!", "a".repeat(5000), "..")) {
            assertThat(register("token", "next", Optional.empty(), ignored -> List.of(none)))
                    .as(none)
                    .isInstanceOfAny(Registration.InvalidProof.class, Registration.ProofRequired.class);
        }
    }

    @Test
    void theSameProofIsTakenAgainAndAnOlderOneIsNot() {
        enrol();
        SignedCall first = call("one", List.of());
        String older = phone.proof(first);
        now = now.plusSeconds(5);
        assertThat(register("two", "next", phone)).isInstanceOf(Registration.Registered.class);
        assertThat(register("two", "next", phone)).isInstanceOf(Registration.Registered.class);

        assertThat(register("one", "next", Optional.empty(), ignored -> List.of(older)))
                .isInstanceOf(Registration.InvalidProof.class);
        assertThat(stored().pushToken()).isEqualTo("two");
    }
}
