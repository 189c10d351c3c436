package io.assent.device;

import io.assent.device.Devices.Registration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an app sends to register a device, and what it brings to show that it may.
 *
 * @param device as it is to be; its key and state are not looked at
 * @param key the key that the device gets; empty where it keeps the one that it has, if any
 * @param previousPushToken the push token that the device had before, if the app says so
 * @param call the call, with the proofs of keys that came with it
 */
public record Enrolment(Device device, Optional<DeviceKey> key, Optional<String> previousPushToken, SignedCall call) {

    public Enrolment {
        Objects.requireNonNull(device);
        Objects.requireNonNull(key);
        Objects.requireNonNull(previousPushToken);
        Objects.requireNonNull(call);
    }

    /**
     * Whether the call may register the device that is known by this id, if one is. Without a key, that takes the
     * session that registered it last, or the push token that it has; with a key, a proof of it.
     */
    Verdict judge(Optional<Device> known) {
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
        key.filter(fresh -> !needed.contains(fresh)).ifPresent(needed::add);
        if (enrolled.isEmpty() && known.isPresent() && !isOfTheSameApp(known.get())) {
            return new Verdict.Refused(new Registration.ProofRequired(
                    "The device was registered in another login. Send the push token that it had as"
                            + " 'previousPushToken', or register under a new id."));
        }
        Optional<Instant> usedAt = Optional.empty();
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
        }
        // others are passed over: a repeat of a change of the key brings the proof of the key that went
        Optional<DeviceKey> now = key.or(() -> enrolled.map(EnrolledKey::key));
        Instant used = usedAt.orElse(call.at());
        return new Verdict.Allowed(now.map(kept -> new EnrolledKey(kept, used)));
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

        /** @param key what the device has from now on */
        record Allowed(Optional<EnrolledKey> key) implements Verdict {}

        record Refused(Registration why) implements Verdict {}
    }
}
