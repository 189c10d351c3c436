package io.assent.partner;

/** What came of ending what the bank may see at a partner. */
public sealed interface EndResult {

    PartnerAccess access();

    /** It ended with this call. */
    record Ended(PartnerAccess access) implements EndResult {}

    /** It had ended before, as it says; nothing changed. */
    record EndedBefore(PartnerAccess access) implements EndResult {}
}
