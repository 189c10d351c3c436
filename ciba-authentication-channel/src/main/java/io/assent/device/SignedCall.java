package io.assent.device;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A call about a device, with the proofs that came with it.
 *
 * @param method the HTTP method
 * @param uri what was called, without a query
 * @param accessToken the token that came with it
 * @param body its body, byte for byte
 * @param at when it came
 * @param proofs JWS in compact form that say that keys signed this call; none where no key did
 */
public record SignedCall(String method, URI uri, String accessToken, byte[] body, Instant at, List<String> proofs) {

    /** A call has a proof of the key that a device has and one of the key that it gets, and no other. */
    public static final int MAX_PROOFS = 2;

    public SignedCall {
        proofs = List.copyOf(proofs);
    }

    /** Whether that is this call, as its client wrote it. */
    boolean is(String otherMethod, String otherUri) {
        try {
            URI other = new URI(otherUri).normalize();
            return method.equals(otherMethod)
                    && other.getRawQuery() == null
                    && other.getRawFragment() == null
                    && other.getRawPath() != null
                    && place(other).equals(place(uri))
                    && other.getRawPath().equals(uri.getRawPath());
        } catch (URISyntaxException notOne) {
            return false;
        }
    }

    private static String place(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /** The hash of the access token, as DPoP writes it (RFC 9449, section 4.2). */
    String tokenHash() {
        return hash(accessToken.getBytes(StandardCharsets.US_ASCII));
    }

    String bodyHash() {
        return hash(body);
    }

    private static String hash(byte[] bytes) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
