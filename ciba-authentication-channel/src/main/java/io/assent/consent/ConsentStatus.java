package io.assent.consent;

/**
 * What a consent's row says.
 *
 * <pre>
 *  ACTIVE ──┬─ withdrawn by customer, staff, TPP, or the system ─▶ REVOKED
 *     │  ▲   ├─ valid_until passed ───────────────────────────────▶ EXPIRED
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
    /** A newer answer took its place: builds before 0.2.0 wrote it. Today such an answer changes the consent itself. */
    REPLACED,
    CONSUMED;

    /** Whether it has not ended. Only what is {@link #ACTIVE} is worth a token. */
    public boolean isLive() {
        return this == ACTIVE || this == SUSPENDED;
    }
}
