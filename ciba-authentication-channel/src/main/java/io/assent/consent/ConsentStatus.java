package io.assent.consent;

/**
 * What a consent's row says.
 *
 * <pre>
 *  ACTIVE ──┬─ withdrawn by customer, staff, TPP, or the system ─▶ REVOKED
 *     │  ▲   ├─ valid_until passed ───────────────────────────────▶ EXPIRED
 *     │  │   ├─ a newer answer takes its place ───────────────────▶ REPLACED
 *     │  │   └─ a one-time act was carried out ───────────────────▶ CONSUMED
 *     ▼  │ confirmed again
 *  SUSPENDED (re-confirmation overdue)
 * </pre>
 *
 * Every transition is one conditional update, so that of two at once exactly one wins on every node.
 */
public enum ConsentStatus {
    ACTIVE,
    SUSPENDED,
    REVOKED,
    EXPIRED,
    REPLACED,
    CONSUMED;

    /** Whether it has not ended. Only what is {@link #ACTIVE} is worth a token. */
    public boolean isLive() {
        return this == ACTIVE || this == SUSPENDED;
    }
}
