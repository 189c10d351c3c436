package io.assent.partner.provider;

import java.util.Optional;

/** The result of a service's question for a token by which it can call a partner. */
public sealed interface TokenResult {

    /**
     * @param accessToken the partner's
     * @param expiresIn for how many seconds it can be used, if the partner said so
     * @param scope what it is for, of what the customer chose
     */
    record Token(String accessToken, Optional<Long> expiresIn, String scope) implements TokenResult {}

    /** It is too old, and another one is to be fetched once this transaction is committed. */
    record Old(Refresh refresh) implements TokenResult {}

    /** The partner does not answer now, or is being asked on behalf of somebody else. */
    record Unavailable() implements TokenResult {}

    /** The partner takes the token no more; the access ended. */
    record Ended() implements TokenResult {}
}
