package io.assent.sandbox;

import java.util.Optional;

/** The token in an {@code Authorization} header (RFC 6750, section 2.1). */
final class BearerToken {

    private static final String SCHEME = "Bearer ";

    static Optional<String> of(String authorization) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).trim())
                .filter(token -> !token.isEmpty());
    }

    private BearerToken() {}
}
