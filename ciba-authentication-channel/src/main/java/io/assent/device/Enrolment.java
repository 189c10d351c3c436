package io.assent.device;

import io.assent.device.Devices.Registration;
import io.assent.device.attestation.AttestationResult;
import io.assent.device.attestation.KeyAttestation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an app sends to register a device, and what it brings to show that it may.
 *
 * @param device as it is to be; its key and state are not looked at
 * @param offer the key that the device is to have; empty where it keeps the one that it has, if any
 * @param previousPushToken the push token that the device had before, if the app says so
 * @param call the call, with the proofs of keys that came with it
 */
public record Enrolment(Device device, Optional<KeyOffer> offer, Optional<String> previousPushToken, SignedCall call) {

    public Enrolment {
        Objects.requireNonNull(device);
        Objects.requireNonNull(offer);
        Objects.requireNonNull(previousPushToken);
        Objects.requireNonNull(call);
    }

    /**
     * Whether the call may register the device that is known by this id, if one is. Without a key, that takes the
     * session that registered it last, or the push token that it has; with a key, a proof of it. A key that is new to
     * the device takes a proof of it that names a challenge, and a login that may give one.
     *
     * @param stands whether a challenge stands for this device
     * @param attester says how a key is kept
     */
    Verdict judge(Optional<Device> known, Predicate<String> stands, Attester attester) {
        List<DeviceProof> proofs = new ArrayList<>();
        for (String compact : call.proofs()) {
            Optional<DeviceProof> proof = DeviceProof.parse(compact);
            if (proof.isEmpty()) {
                return new Verdict.Refused(new Registration.InvalidProof("A proof is not a JWS in compact form."));
            }
            proofs.add(proof.get());
        }
        Optional<EnrolledKey> enrolled = known.flatMap(Device::enrolledKey);
        List<DeviceKey> needed = new ArrayList<>();
        enrolled.map(EnrolledKey::key).ifPresent(needed::add);
        Optional<KeyOffer> fresh = offer.filter(offered -> !needed.contains(offered.key()));
        fresh.map(KeyOffer::key).ifPresent(needed::add);
        if (enrolled.isEmpty() && known.isPresent() && !isOfTheSameApp(known.get())) {
            return new Verdict.Refused(new Registration.ProofRequired(
                    "The device was registered in another login. Send the push token that it had as"
                            + " 'previousPushToken', or register under a new id."));
        }
        if (fresh.filter(offered -> !mayGive(offered.login(), enrolled)).isPresent()) {
            return new Verdict.Refused(new Registration.LoginNotGoodEnough());
        }
        Optional<Instant> usedAt = Optional.empty();
        Optional<String> challenge = Optional.empty();
        for (DeviceKey one : needed) {
            List<DeviceProof> its = proofs.stream()
                    .filter(proof -> proof.keyId().equals(one.id()))
                    .toList();
            if (its.size() != 1) {
                return new Verdict.Refused(new Registration.ProofRequired("The call needs a Device-Proof of the "
                        + (enrolled.map(EnrolledKey::key).filter(one::equals).isPresent()
                                ? "key that the device has."
                                : "key that the device is to have.")));
            }
            DeviceProof proof = its.get(0);
            Optional<String> objection = proof.objection(one, call);
            if (objection.isPresent()) {
                return new Verdict.Refused(
                        new Registration.InvalidProof("A Device-Proof does not hold: " + objection.get() + "."));
            }
            if (enrolled.filter(has -> has.key().equals(one) && proof.at().isBefore(has.usedAt()))
                    .isPresent()) {
                return new Verdict.Refused(
                        new Registration.InvalidProof("A Device-Proof does not hold: a later one was taken already."));
            }
            usedAt = Optional.of(proof.at());
            if (fresh.map(KeyOffer::key).filter(one::equals).isPresent()) {
                if (!stands.test(proof.nonce())) {
                    return new Verdict.Refused(new Registration.ChallengeRequired());
                }
                challenge = Optional.of(proof.nonce());
            }
        }
        // others are passed over: a repeat of a change of the key brings the proof of the key that went
        Instant used = usedAt.orElse(call.at());
        if (challenge.isEmpty()) {
            return new Verdict.Allowed(
                    enrolled.map(has -> new EnrolledKey(has.key(), used, has.attestation())), challenge);
        }
        KeyOffer taken = fresh.orElseThrow();
        String signed = challenge.get();
        AttestationResult attested = taken.attestation()
                .map(attestation -> attester.verify(attestation, signed, taken.key()))
                .orElse(new AttestationResult.Attested(KeyAttestation.NONE));
        if (attested instanceof AttestationResult.Attested good) {
            return new Verdict.Allowed(Optional.of(new EnrolledKey(taken.key(), used, good.attestation())), challenge);
        }
        return new Verdict.Refused(new Registration.NotAttested(attested));
    }

    /** A key that goes has to sign for the next, by which the device is known: that takes no new login. */
    private static boolean mayGive(KeyOffer.Login login, Optional<EnrolledKey> enrolled) {
        return login == KeyOffer.Login.GOOD || login == KeyOffer.Login.WEAK && enrolled.isPresent();
    }

    private boolean isOfTheSameApp(Device known) {
        boolean sameSession = known.sessionId() != null && known.sessionId().equals(device.sessionId());
        boolean samePushToken = known.hasPushToken()
                && (known.pushToken().equals(device.pushToken())
                        || previousPushToken.filter(known.pushToken()::equals).isPresent());
        return sameSession || samePushToken;
    }

    /** What came of it. */
    sealed interface Verdict {

        /**
         * @param key what the device has from now on
         * @param challenge what was signed by a key that is new to the device
         */
        record Allowed(Optional<EnrolledKey> key, Optional<String> challenge) implements Verdict {}

        record Refused(Registration why) implements Verdict {

            /** An app whose challenge or whose login has become too old does what it should. */
            boolean isSuspicious() {
                return why instanceof Registration.ProofRequired || why instanceof Registration.InvalidProof;
            }
        }
    }
}
