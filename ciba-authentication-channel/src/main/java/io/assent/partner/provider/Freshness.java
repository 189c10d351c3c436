package io.assent.partner.provider;

/** What a partner says of a token that is to be used. */
sealed interface Freshness {

    /** It can be used. */
    record Fresh(PartnerToken token) implements Freshness {}

    /** Neither it nor another one can be had without the customer. */
    record Ended() implements Freshness {}

    /** Nobody knows: the partner did not answer, or not in order. */
    record Unavailable(String reason) implements Freshness {}
}
