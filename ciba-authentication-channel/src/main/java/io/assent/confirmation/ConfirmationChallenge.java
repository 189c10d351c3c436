package io.assent.confirmation;

import io.assent.consent.Consent;
import io.assent.server.Base64Url;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What has to come back in a signed confirmation, so that it is seen to be made now: the moment at which it was given,
 * in milliseconds, and a MAC over it and over the consent as it was confirmed last. So it is good for one consent, for
 * one confirmation of it and for a short time, on every node, and nobody has to keep it.
 *
 * @param text 43 characters, base64url
 * @param givenAt when it was given
 */
record ConfirmationChallenge(String text, Instant givenAt) {

    /** For how long one is good. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final int MAC_BYTES = 24;

    ConfirmationChallenge {
        Objects.requireNonNull(text);
        Objects.requireNonNull(givenAt);
    }

    /** @param mac by a key that the realm alone has; 24 bytes or more */
    static ConfirmationChallenge give(Consent consent, Instant now, UnaryOperator<byte[]> mac) {
        Instant givenAt = Instant.ofEpochMilli(now.toEpochMilli());
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + MAC_BYTES).putLong(givenAt.toEpochMilli());
        bytes.put(Arrays.copyOf(mac.apply(covered(consent, givenAt)), MAC_BYTES));
        return new ConfirmationChallenge(Base64Url.encode(bytes.array()), givenAt);
    }

    /** @return empty where it was not given for the next confirmation of this consent, or is too old */
    static Optional<ConfirmationChallenge> read(String text, Consent consent, Instant now, UnaryOperator<byte[]> mac) {
        return givenAt(text)
                .map(givenAt -> give(consent, givenAt, mac))
                .filter(given -> MessageDigest.isEqual(ascii(given.text), ascii(text)))
                .filter(given -> now.isBefore(given.expiresAt()));
    }

    /** When one was given that was taken; empty where it is none. */
    static Optional<Instant> givenAt(String text) {
        return Base64Url.decode(text)
                .filter(bytes -> bytes.length == Long.BYTES + MAC_BYTES)
                .map(bytes -> Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong()));
    }

    /** The first moment at which it is good no more. */
    Instant expiresAt() {
        return givenAt.plus(LIFE);
    }

    private static byte[] covered(Consent consent, Instant givenAt) {
        return ascii(String.join(
                " ",
                ConfirmationChallenge.class.getName(),
                consent.parties().realmId(),
                consent.id(),
                String.valueOf(consent.term().confirmedAt().toEpochMilli()),
                String.valueOf(givenAt.toEpochMilli())));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
