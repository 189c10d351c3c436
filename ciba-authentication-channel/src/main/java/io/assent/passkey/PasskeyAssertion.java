package io.assent.passkey;

import io.assent.server.Base64Url;
import java.util.Objects;
import java.util.Optional;

/**
 * An assertion as a browser gives it (Web Authentication Level 2, section 5.2.2), each part in base64url without
 * padding. Nothing of it is believed yet.
 */
public record PasskeyAssertion(String credentialId, String clientDataJson, String authenticatorData, String signature) {

    /** The longest part, in characters. The standard's longest credential id, 1023 bytes, is shorter. */
    public static final int MAX_LENGTH = 4_096;

    public PasskeyAssertion {
        Objects.requireNonNull(credentialId);
        Objects.requireNonNull(clientDataJson);
        Objects.requireNonNull(authenticatorData);
        Objects.requireNonNull(signature);
    }

    record Bytes(byte[] credentialId, byte[] clientDataJson, byte[] authenticatorData, byte[] signature) {}

    /** @return empty where a part is empty, too long, or not what an encoder writes */
    Optional<Bytes> bytes() {
        return decode(credentialId).flatMap(id -> decode(clientDataJson).flatMap(clientData -> decode(authenticatorData)
                .flatMap(data -> decode(signature).map(signed -> new Bytes(id, clientData, data, signed)))));
    }

    /** The kept text is evidence, so that there is one text for the same bytes: no padding and no stray bits. */
    private static Optional<byte[]> decode(String text) {
        return text.isEmpty() || text.length() > MAX_LENGTH ? Optional.empty() : Base64Url.decode(text);
    }
}
