package io.assent.partner;

/** What becomes of a customer's choice. */
public sealed interface WishResult {

    /** The customer can go to the partner by it. */
    record Wanted(PartnerAccess access) implements WishResult {}

    /** Nothing was chosen. */
    record Nothing() implements WishResult {}

    /** Something was chosen that the bank does not ask this partner for; or the client is no partner. */
    record NotOffered() implements WishResult {}
}
