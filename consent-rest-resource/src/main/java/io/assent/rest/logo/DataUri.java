package io.assent.rest.logo;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What is in a {@code data:} URI (RFC 2397) of base64, which is how a picture is in one. */
final class DataUri {

    private static final String SCHEME = "data:";
    private static final String CODING = ";base64";
    /** So many characters hold what a logo may be, whatever its media type says. */
    private static final int MAX_LENGTH = Logo.MAX_BYTES / 3 * 4 + 1_000;

    static boolean is(String uri) {
        return uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    static Optional<byte[]> read(String uri) {
        int comma = uri.indexOf(',');
        if (comma < 0
                || uri.length() > MAX_LENGTH
                || !uri.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(CODING)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Base64.getDecoder().decode(uri.substring(comma + 1).getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private DataUri() {}
}
