package io.assent.signature;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.evidence.KeptSignature;
import io.assent.passkey.PasskeyAssertion;
import io.assent.passkey.PasskeyResult;
import io.assent.rules.SignatureDemand;
import io.assent.server.Sha256;
import java.util.HashSet;
import java.util.Set;

/** A yes that was given on a page and signed by a passkey. */
final class SignedForm {

    private final Approval approval;
    private final DecisionSignature.Assertion sent;

    SignedForm(Approval approval, DecisionSignature.Assertion sent) {
        this.approval = approval;
        this.sent = sent;
    }

    SignatureVerdict check(SignatureDemand demand, Signatures.PasskeyCheck passkeys) {
        JsonNode covered = sent.coveredJson();
        if (!covered.path("chl").asText().equals(approval.challenge())) {
            return new SignatureVerdict.Invalid(SignatureFlaw.CHALLENGE, "The signature covers another request");
        }
        if (!covered.path("dsp").asText().equals(approval.shown().hash())) {
            return new SignatureVerdict.OtherContent();
        }
        Set<String> permissions = new HashSet<>();
        covered.path("permissions").forEach(name -> permissions.add(name.asText()));
        // where there is no choice, a form names none
        if (!permissions.isEmpty() && !permissions.equals(approval.scopes())) {
            return new SignatureVerdict.Invalid(SignatureFlaw.GRANT, "The signature covers another choice");
        }
        PasskeyResult result = passkeys.verify(
                approval.parties().customer(),
                new PasskeyAssertion(
                        sent.credentialId(), sent.clientDataJson(), sent.authenticatorData(), sent.signature()),
                Sha256.base64Url(sent.covered()));
        if (result instanceof PasskeyResult.Refused refused) {
            return refused.flaw() == PasskeyResult.Flaw.UNVERIFIED
                    ? unverified()
                    : new SignatureVerdict.Invalid(flaw(refused.flaw()), "The passkey did not sign this");
        }
        PasskeyResult.Verified verified = (PasskeyResult.Verified) result;
        return demand == SignatureDemand.KEY_AND_USER_VERIFICATION && !verified.userVerified()
                ? unverified()
                : new SignatureVerdict.Signed(
                        null,
                        new KeptSignature.Assertion(
                                sent.credentialId(),
                                sent.clientDataJson(),
                                sent.authenticatorData(),
                                sent.signature(),
                                verified.publicKey(),
                                sent.covered()));
    }

    private static SignatureVerdict unverified() {
        return new SignatureVerdict.Missing(
                SignatureDemand.KEY_AND_USER_VERIFICATION, "The passkey has to make sure of who is there.");
    }

    private static SignatureFlaw flaw(PasskeyResult.Flaw flaw) {
        return switch (flaw) {
            case MALFORMED -> SignatureFlaw.MALFORMED;
            case FOREIGN -> SignatureFlaw.KEY;
            case CHALLENGE -> SignatureFlaw.CHALLENGE;
            case UNVERIFIED, INVALID -> SignatureFlaw.SIGNATURE;
        };
    }
}
