package io.assent.request;

/**
 * What a consent request's row says.
 *
 * <pre>
 *             approve            redeem (the client fetches its tokens)
 *  PENDING ──────────▶ APPROVED ─────────────▶ REDEEMED
 *     │ deny              │ taken back before that
 *     ▼                   ▼
 *  DENIED             WITHDRAWN
 * </pre>
 *
 * Every transition is one conditional update, so that of two at once exactly one wins on every node. There is no
 * {@code EXPIRED}: it is derived from the clock and never written ({@link ConsentRequest#expired}).
 */
public enum ConsentRequestStatus {
    /** Asked, not answered. The only state in which a decision is taken. */
    PENDING,
    /** The customer granted something; tokens were not fetched yet. */
    APPROVED,
    /** The customer refused. Final. */
    DENIED,
    /** Tokens were issued once, and never will be again. Final. */
    REDEEMED,
    /** The customer granted something and took it back before tokens were fetched. Final. */
    WITHDRAWN
}
