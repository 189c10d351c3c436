package io.assent.evidence;

import java.util.Objects;

/**
 * What a customer signed beside the answer to a request, whole: nothing else has to be kept to check it.
 *
 * @param challenge what had to come back in it
 * @param shown what the customer was shown
 * @param signature by it
 */
public record SignedContent(String challenge, ShownContent shown, KeptSignature signature) {
    public SignedContent {
        Objects.requireNonNull(challenge);
        Objects.requireNonNull(shown);
        Objects.requireNonNull(signature);
    }
}
