package io.assent.signature;

import io.assent.evidence.KeptSignature;
import io.assent.rules.SignatureDemand;

/** What was found of the signature of a yes. */
public sealed interface SignatureVerdict {

    /** What is found where nothing came. */
    static SignatureVerdict ofNone(SignatureDemand demand) {
        return demand == SignatureDemand.NONE
                ? new Unsigned()
                : new Missing(demand, "The approval has to be signed, by a key that the device registered.");
    }

    /** None came, and none is needed. */
    record Unsigned() implements SignatureVerdict {}

    /**
     * The customer signed it.
     *
     * @param deviceId the device whose key did, or {@code null} where a passkey did
     * @param kept what is to be kept of it
     */
    record Signed(String deviceId, KeptSignature kept) implements SignatureVerdict {}

    /**
     * Something that is needed is not there.
     *
     * @param demand what the bank demands
     * @param what words for the developer of the app
     */
    record Missing(SignatureDemand demand, String what) implements SignatureVerdict {}

    /** @param why words for the developer of the app */
    record Invalid(SignatureFlaw flaw, String why) implements SignatureVerdict {}

    /** It is a yes to something else than what is shown now. */
    record OtherContent() implements SignatureVerdict {}
}
