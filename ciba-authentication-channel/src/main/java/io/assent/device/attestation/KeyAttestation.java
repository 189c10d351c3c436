package io.assent.device.attestation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.api.PublicApi;
import java.util.Locale;
import java.util.Objects;

/**
 * How a key is kept, as far as its phone's maker vouches for it.
 *
 * @param format how that was shown: the id of a provider, or {@value #NO_FORMAT}
 * @param userVerification whether the phone lets the key sign only after it has verified who holds it, each time
 */
@PublicApi
public record KeyAttestation(String format, Level level, boolean userVerification) {

    public static final String NO_FORMAT = "none";

    /** Nobody vouches for it. */
    public static final KeyAttestation NONE = new KeyAttestation(NO_FORMAT, Level.NONE, false);

    public KeyAttestation {
        Objects.requireNonNull(format);
        Objects.requireNonNull(level);
        if (level == Level.NONE && userVerification) {
            throw new IllegalArgumentException("nobody vouches for it");
        }
    }

    /** As the API and the evidence write it. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("format", format)
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("userVerification", userVerification);
    }

    /** Where the key is. */
    public enum Level {
        /** Nobody says. */
        NONE,
        /** In the phone's memory, where its operating system keeps others from it. */
        SOFTWARE,
        /** In hardware of its own, which does not give it away. */
        HARDWARE
    }
}
