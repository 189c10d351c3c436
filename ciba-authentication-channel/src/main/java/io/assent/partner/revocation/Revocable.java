package io.assent.partner.revocation;

import java.util.Optional;

/**
 * What a partner is asked to revoke.
 *
 * @param hint what it is (RFC 7009, section 2.1, {@code token_type_hint})
 * @param accessToken what is revoked once this is, or {@code null}: not each partner ends an access token with its
 *     refresh token (section 2.1)
 */
public record Revocable(String token, String hint, String accessToken) {

    private static final String ACCESS_TOKEN = "access_token";

    /** An access token alone. */
    public static Revocable access(String token) {
        return new Revocable(token, ACCESS_TOKEN, null);
    }

    /** A refresh token, and then its access token. */
    public static Revocable refresh(String token, String accessToken) {
        return new Revocable(token, "refresh_token", accessToken);
    }

    /** What comes after it. */
    public Optional<Revocable> next() {
        return Optional.ofNullable(accessToken).map(Revocable::access);
    }
}
