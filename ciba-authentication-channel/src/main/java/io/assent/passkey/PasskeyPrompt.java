package io.assent.passkey;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a page needs to ask for an assertion, beside the challenge: the members of
 * {@code PublicKeyCredentialRequestOptions} (Web Authentication Level 2, section 5.5).
 *
 * @param rpId the domain that the passkeys are for
 * @param credentialIds the customer's passkeys, in base64url without padding; one at the least
 * @param userVerification {@code required}, {@code preferred} or {@code discouraged}
 * @param timeout how long the browser waits for the customer; empty for as long as it likes
 */
public record PasskeyPrompt(
        String rpId, List<String> credentialIds, String userVerification, Optional<Duration> timeout) {

    public PasskeyPrompt {
        Objects.requireNonNull(rpId);
        credentialIds = List.copyOf(credentialIds);
        Objects.requireNonNull(userVerification);
        Objects.requireNonNull(timeout);
    }
}
