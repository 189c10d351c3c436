package io.assent.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.detail.Details;
import io.assent.device.Device;
import io.assent.device.DeviceKey;
import io.assent.device.DeviceState;
import io.assent.device.EnrolledKey;
import io.assent.device.Es256;
import io.assent.device.attestation.KeyAttestation;
import io.assent.device.attestation.KeyAttestation.Level;
import io.assent.evidence.KeptSignature;
import io.assent.evidence.ShownContent;
import io.assent.evidence.ShownText;
import io.assent.fake.data.MalformedDecisions;
import io.assent.fake.data.MalformedDecisions.Malformed;
import io.assent.fake.data.SoundDecision;
import io.assent.passkey.PasskeyResult;
import io.assent.rules.ConsentRules.SigningKey;
import io.assent.rules.SignatureDemand;
import io.assent.server.Parties;
import io.assent.server.Sha256;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignaturesTest {

    private static final Instant ASKED = Instant.parse("2026-11-27T09:00:00.250Z");
    private static final Instant EXPIRES = ASKED.plusSeconds(120);
    private static final Instant NOW = ASKED.plusSeconds(20);
    private static final Parties PARTIES = new Parties("bank", "acme", "alice");
    private static final String DEVICE = "0e8a4c1c-6f1c-4f0e-9d0b-2b7a1f6f7a11";
    private static final String ISSUER = "https://bank.example/realms/bank";
    private static final String REQUEST = "6f1c8d3e-2c67-4a55-8f0a-4f8f5c1a9b21";
    private static final String CHALLENGE = "q6Zq8Jm8V5m0bMEOeIXHnKLqK1GvYyyT5Vw3bL4m2xE";
    private static final Set<String> SCOPES = Set.of("accounts.balances", "payments.initiate");
    private static final ShownContent SHOWN =
            ShownContent.of(new ShownText("{\"language\":\"en\"}"), List.of(), "W4SCT");
    private static final KeyPair PAIR = SoundDecision.key();
    private static final SoundDecision SOUND = sound(PAIR, NOW);

    private static final String COVERED = covered(CHALLENGE, SHOWN.hash(), SCOPES);

    private PasskeyResult passkey = new PasskeyResult.Verified("the key", true);
    private List<Device> devices = List.of(device(key(PAIR)));
    private SigningKey signingKey = SigningKey.ANY;
    private final Signatures signatures = new Signatures(
            (parties, permissions, details) -> SignatureDemand.NONE,
            parties -> signingKey,
            customer -> customer.equals(PARTIES.customer()) ? devices : List.of(),
            (customer, assertion, challenge) -> {
                assertThat(customer).isEqualTo(PARTIES.customer());
                assertThat(challenge).isEqualTo(Sha256.base64Url(COVERED));
                return passkey;
            },
            Es256.of(new BouncyCastleProvider()),
            realm -> ISSUER);

    @Test
    void whatTheDeviceSignedIsKeptWithItsKey() {
        String jws = SOUND.jws();

        assertThat(check(jws))
                .isEqualTo(new SignatureVerdict.Signed(
                        DEVICE,
                        new KeptSignature.Jws(
                                jws, key(PAIR).jwk(), KeyAttestation.NONE.json().toString())));
    }

    @Test
    void aYesThatNeedsNoSignatureNeedsNone() {
        assertThat(signatures.check(approval(CHALLENGE), SignatureDemand.NONE, Optional.empty()))
                .isEqualTo(new SignatureVerdict.Unsigned());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aYesThatNeedsOneIsNotTakenWithout(SignatureDemand demand) {
        assertThat(signatures.check(approval(CHALLENGE), demand, Optional.empty()))
                .isInstanceOfSatisfying(SignatureVerdict.Missing.class, missing -> assertThat(missing.demand())
                        .isEqualTo(demand));
    }

    @Test
    void aKeyThatHasToBeAttestedIsInHardwareAndVerifiesWhoHasToBeVerified() {
        signingKey = SigningKey.ATTESTED;
        DecisionSignature jws = new DecisionSignature.Jws(SOUND.jws());
        for (KeyAttestation attestation : List.of(
                KeyAttestation.NONE,
                new KeyAttestation("phone", Level.SOFTWARE, true),
                new KeyAttestation("phone", Level.HARDWARE, false),
                new KeyAttestation("phone", Level.HARDWARE, true))) {
            devices = List.of(device(key(PAIR), attestation));
            for (SignatureDemand demand : SignatureDemand.values()) {
                boolean enough = demand == SignatureDemand.NONE
                        || attestation.level() == Level.HARDWARE
                                && (demand == SignatureDemand.KEY || attestation.userVerification());
                SignatureVerdict verdict = signatures.check(approval(CHALLENGE), demand, Optional.of(jws));
                if (enough) {
                    assertThat(verdict).isInstanceOf(SignatureVerdict.Signed.class);
                } else {
                    assertThat(verdict)
                            .as(attestation + " for " + demand)
                            .isInstanceOfSatisfying(
                                    SignatureVerdict.Invalid.class,
                                    invalid -> assertThat(invalid.flaw()).isEqualTo(SignatureFlaw.KEY));
                }
            }
        }
    }

    static Stream<Malformed> malformed() {
        return MalformedDecisions.of(SOUND, SoundDecision.key()).stream();
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsBrokenInOneWayIsRefusedForThat(Malformed malformed) {
        assertThat(word(check(malformed.jws()))).as(malformed.reason()).isEqualTo(malformed.flaw());
    }

    /** What comes unasked is looked at all the same. */
    @ParameterizedTest
    @MethodSource("malformed")
    void nothingBrokenIsKept(Malformed malformed) {
        SignatureVerdict verdict = signatures.check(
                approval(CHALLENGE), SignatureDemand.NONE, Optional.of(new DecisionSignature.Jws(malformed.jws())));

        if (malformed.flaw().equals(MalformedDecisions.SIGNATURE_REQUIRED)) {
            // a sound signature, by a device that did not look who is there
            assertThat(verdict).isInstanceOf(SignatureVerdict.Signed.class);
        } else {
            assertThat(word(verdict)).isEqualTo(malformed.flaw());
        }
    }

    @Test
    void aKeyAloneDoesWhereNobodyHasToBeVerified() {
        String byNobody = malformed()
                .filter(one -> one.flaw().equals(MalformedDecisions.SIGNATURE_REQUIRED))
                .findFirst()
                .orElseThrow()
                .jws();

        assertThat(signatures.check(
                        approval(CHALLENGE), SignatureDemand.KEY, Optional.of(new DecisionSignature.Jws(byNobody))))
                .isInstanceOf(SignatureVerdict.Signed.class);
    }

    @Test
    void theKeyOfADeviceThatIsGoneOpensNothing() {
        devices = List.of();
        assertThat(word(check(SOUND.jws()))).isEqualTo("key");
        devices = List.of(device(key(SoundDecision.key())));
        assertThat(word(check(SOUND.jws()))).isEqualTo("key");
    }

    /** As where it is installed anew and finds its key where it left it. */
    @Test
    void anAppWithTheKeyOfADeviceFromBeforeSignsAsItself() {
        devices = List.of(device("00000000-0000-4000-8000-000000000000", key(PAIR)), device(DEVICE, key(PAIR)));

        assertThat(check(SOUND.jws()))
                .isInstanceOfSatisfying(SignatureVerdict.Signed.class, signed -> assertThat(signed.deviceId())
                        .isEqualTo(DEVICE));
    }

    @ParameterizedTest
    @MethodSource("malformedConfirmations")
    void aConfirmationThatIsBrokenIsRefusedForThat(Malformed malformed) {
        assertThat(word(confirm(malformed.jws(), SHOWN, SCOPES)))
                .as(malformed.reason())
                .isEqualTo(malformed.flaw());
    }

    static Stream<Malformed> malformedConfirmations() {
        return MalformedDecisions.of(SOUND.confirming(), SoundDecision.key()).stream();
    }

    @Test
    void whatConfirmsApprovesNothingAndTheOtherWayRound() {
        assertThat(confirm(SOUND.confirming().jws(), SHOWN, SCOPES)).isInstanceOf(SignatureVerdict.Signed.class);
        assertThat(word(confirm(SOUND.jws(), SHOWN, SCOPES))).isEqualTo("decision");
        assertThat(word(check(SOUND.confirming().jws()))).isEqualTo("decision");
    }

    /** The app can't know better than what it was shown. */
    @Test
    void whatLostAPermissionMeanwhileIsToBeReadAgain() {
        ShownContent narrower = new ShownContent(SHOWN.text(), SHOWN.json() + " ");

        assertThat(word(confirm(SOUND.confirming().jws(), narrower, Set.of("accounts.balances"))))
                .isEqualTo("content-changed");
    }

    private SignatureVerdict confirm(String jws, ShownContent shown, Set<String> scopes) {
        return signatures.check(
                new Approval(
                        Act.CONFIRM, PARTIES, REQUEST, CHALLENGE, ASKED, EXPIRES, scopes, Details.NONE, shown, NOW),
                SignatureDemand.KEY_AND_USER_VERIFICATION,
                Optional.of(new DecisionSignature.Jws(jws)));
    }

    @Test
    void itIsGoodFromTheQuestionToItsEnd() {
        assertThat(checkedAt(NOW, ASKED.minusSeconds(29))).isInstanceOf(SignatureVerdict.Signed.class);
        assertThat(word(checkedAt(NOW, ASKED.minusSeconds(31)))).isEqualTo("time");
        assertThat(checkedAt(NOW, NOW.plusSeconds(30))).isInstanceOf(SignatureVerdict.Signed.class);
        assertThat(word(checkedAt(NOW, NOW.plusSeconds(32)))).isEqualTo("time");
    }

    @Test
    void aRequestFromBeforeAnswersWereSignedCantBeSigned() {
        assertThat(word(signatures.check(
                        approval(null), SignatureDemand.KEY, Optional.of(new DecisionSignature.Jws(SOUND.jws())))))
                .isEqualTo("challenge");
    }

    @Test
    void whatAPasskeySignedIsKeptWithItsKey() {
        assertThat(check(assertion(COVERED)))
                .isEqualTo(new SignatureVerdict.Signed(
                        null,
                        new KeptSignature.Assertion(
                                "id", "client data", "authenticator data", "signature", "the key", COVERED)));
    }

    @Test
    void aPasskeyThatDidNotSignThisIsRefused() {
        passkey = new PasskeyResult.Refused(PasskeyResult.Flaw.FOREIGN);
        assertThat(word(check(assertion(COVERED)))).isEqualTo("key");
        passkey = new PasskeyResult.Refused(PasskeyResult.Flaw.CHALLENGE);
        assertThat(word(check(assertion(COVERED)))).isEqualTo("challenge");
        passkey = new PasskeyResult.Refused(PasskeyResult.Flaw.MALFORMED);
        assertThat(word(check(assertion(COVERED)))).isEqualTo("malformed");
        passkey = new PasskeyResult.Refused(PasskeyResult.Flaw.INVALID);
        assertThat(word(check(assertion(COVERED)))).isEqualTo("signature");
        passkey = new PasskeyResult.Refused(PasskeyResult.Flaw.UNVERIFIED);
        assertThat(word(check(assertion(COVERED)))).isEqualTo("signature-required");
        passkey = new PasskeyResult.Verified("the key", false);
        assertThat(word(check(assertion(COVERED)))).isEqualTo("signature-required");
    }

    @Test
    void aPasskeyCoversThisRequestThisContentAndThisChoice() {
        assertThat(word(check(assertion(covered("another", SHOWN.hash(), SCOPES)))))
                .isEqualTo("challenge");
        assertThat(word(check(assertion(covered(CHALLENGE, "another", SCOPES)))))
                .isEqualTo("content-changed");
        assertThat(word(check(assertion(covered(CHALLENGE, SHOWN.hash(), Set.of("accounts.balances"))))))
                .isEqualTo("grant");
    }

    private SignatureVerdict check(String jws) {
        return check(new DecisionSignature.Jws(jws));
    }

    private SignatureVerdict check(DecisionSignature signature) {
        return signatures.check(approval(CHALLENGE), SignatureDemand.KEY_AND_USER_VERIFICATION, Optional.of(signature));
    }

    private SignatureVerdict checkedAt(Instant now, Instant issuedAt) {
        return signatures.check(
                approval(CHALLENGE, now),
                SignatureDemand.KEY,
                Optional.of(new DecisionSignature.Jws(sound(PAIR, issuedAt).jws())));
    }

    private static String word(SignatureVerdict verdict) {
        if (verdict instanceof SignatureVerdict.Invalid invalid) {
            return invalid.flaw().word();
        }
        if (verdict instanceof SignatureVerdict.Missing) {
            return MalformedDecisions.SIGNATURE_REQUIRED;
        }
        return verdict instanceof SignatureVerdict.OtherContent ? MalformedDecisions.CONTENT_CHANGED : "taken";
    }

    private static Approval approval(String challenge) {
        return approval(challenge, NOW);
    }

    private static Approval approval(String challenge, Instant now) {
        return new Approval(Act.APPROVE, PARTIES, REQUEST, challenge, ASKED, EXPIRES, SCOPES, Details.NONE, SHOWN, now);
    }

    private static SoundDecision sound(KeyPair pair, Instant now) {
        return new SoundDecision(
                pair,
                DEVICE,
                ISSUER,
                "alice",
                REQUEST,
                List.copyOf(SCOPES),
                "[]",
                SHOWN.hash(),
                CHALLENGE,
                ASKED,
                EXPIRES,
                now);
    }

    private static DecisionSignature.Assertion assertion(String covered) {
        return new DecisionSignature.Assertion("id", "client data", "authenticator data", "signature", covered);
    }

    private static String covered(String challenge, String content, Set<String> permissions) {
        return "{\"accounts\":{},\"chl\":\"%s\",\"dsp\":\"%s\",\"permissions\":[\"%s\"]}"
                .formatted(
                        challenge,
                        content,
                        String.join("\",\"", permissions.stream().sorted().toList()));
    }

    private static DeviceKey key(KeyPair pair) {
        return DeviceKey.parse(SoundDecision.jwk(pair).toString());
    }

    private static Device device(DeviceKey key) {
        return device(key, KeyAttestation.NONE);
    }

    private static Device device(String id, DeviceKey key) {
        return device(id, key, KeyAttestation.NONE);
    }

    private static Device device(DeviceKey key, KeyAttestation attestation) {
        return device(DEVICE, key, attestation);
    }

    private static Device device(String id, DeviceKey key, KeyAttestation attestation) {
        return new Device(
                id,
                "log",
                "push-token",
                null,
                null,
                "session",
                ASKED,
                null,
                new DeviceState.Active(Optional.empty()),
                Optional.of(new EnrolledKey(key, ASKED, attestation)));
    }
}
