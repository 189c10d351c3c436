package io.assent.partner.revocation;

/**
 * What a partner is asked to revoke.
 *
 * @param hint what it is (RFC 7009, section 2.1, {@code token_type_hint})
 */
public record Revocable(String token, String hint) {}
