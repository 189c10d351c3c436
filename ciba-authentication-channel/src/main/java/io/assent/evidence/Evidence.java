package io.assent.evidence;

import io.assent.server.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept beside an answer. Each is {@code null} where it is not known, as in answers from before it was kept.
 *
 * @param clientId the internal id of the client whose access token was sent; none on a page of the server itself
 * @param sessionId the customer's user session
 * @param acr how the customer was authenticated
 * @param authTime when
 * @param address from where the answer came; personal data, which goes with the customer
 * @param textHash which words were shown, see {@link ShownText#hash()}
 * @param content all that was shown, see {@link ShownContent#json()}; kept where there were details, and where the
 *     answer was signed
 * @param signature what the customer signed it with
 */
public record Evidence(
        String clientId,
        String sessionId,
        String acr,
        Instant authTime,
        String address,
        String textHash,
        String content,
        KeptSignature signature) {

    public static final Evidence NONE = new Evidence(null, null, null, null, null, null, null, null);

    public Optional<KeptSignature> findSignature() {
        return Optional.ofNullable(signature);
    }

    /** {@link ShownContent#hash()}, where the content was kept. */
    public Optional<String> contentHash() {
        return Optional.ofNullable(content).map(Sha256::base64Url);
    }
}
