package io.assent.ciba.repeat;

import io.assent.server.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client calls one of its calls by, so that it can send it again. A structured header's string
 * (draft-ietf-httpapi-idempotency-key-header, section 2.1), or the same without quotes.
 *
 * <p>It is never stored: what is kept of a call is found, compared and read only by who knows the key.
 */
record IdempotencyKey(String clientId, String value) {

    static final String HEADER = "Idempotency-Key";

    static final int MAX_LENGTH = 255;

    /** RFC 8941, section 3.3.3: printable ASCII, with quotes and backslashes escaped. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])++)\"");

    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9._~:+/=-]++");

    /** @return empty where it is no key */
    static Optional<IdempotencyKey> parse(String clientId, String header) {
        return value(header)
                .filter(value -> value.length() <= MAX_LENGTH)
                .map(value -> new IdempotencyKey(clientId, value));
    }

    private static Optional<String> value(String header) {
        // each character escaped, and the quotes: nothing longer is looked at
        if (header.length() > 2 * MAX_LENGTH + 2) {
            return Optional.empty();
        }
        if (BARE.matcher(header).matches()) {
            return Optional.of(header);
        }
        return QUOTED.matcher(header).matches()
                ? Optional.of(header.substring(1, header.length() - 1).replaceAll("\\\\(.)", "$1"))
                : Optional.empty();
    }

    /** By what the call is found. */
    String id() {
        return hash("call", "");
    }

    /** What the call says, in a form that tells nothing to who does not know the key. */
    String hash(CallContent content) {
        return hash("content", content.text());
    }

    /** 256 bits, as 64 hexadecimal digits. */
    String secret() {
        return hash("answer", "");
    }

    /** Not the key: whoever has it can read the answer. */
    @Override
    public String toString() {
        return HEADER + " of client " + clientId;
    }

    private String hash(String use, String text) {
        return Sha256.of(String.join("\n", use, clientId, value, text));
    }
}
