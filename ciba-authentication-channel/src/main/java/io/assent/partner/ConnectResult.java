package io.assent.partner;

import java.util.Set;

/** What becomes of a partner's answer. */
public sealed interface ConnectResult {

    /** The bank may see what the partner's token is for. */
    record Connected(PartnerAccess access) implements ConnectResult {}

    /**
     * The token is for more than the customer chose, and must not be kept.
     *
     * @param scopes what was not chosen
     */
    record TooMuch(Set<String> scopes) implements ConnectResult {}

    /** The token is for nothing of what the customer chose, and must not be kept. */
    record Nothing() implements ConnectResult {}

    /** The customer's choice is gone, too old, or was answered before; the token must not be kept. */
    record Unwanted() implements ConnectResult {}
}
