package io.assent.outbox.jpa;

/**
 * Where an outbox row stands.
 *
 * <pre>
 *            ┌── retry later ──┐
 *            ▼                 │
 *        WAITING ── claimed, attempted ──┬─ taken ────────────────────────────▶ DELIVERED
 *            │                           └─ permanent, or the token is dead ──▶ FAILED
 *            └─ answered, expired, or nobody left to tell ────────────────────▶ CLOSED
 * </pre>
 *
 * Staff may open a concluded row again while its time is not over: it waits then, and is attempted as any other.
 *
 * <p>A row that is being worked on is still {@code WAITING}: its lease keeps others away, and runs out by itself if the
 * node dies. So every row is attempted at least once while the vendor works at all, and a node's death between an
 * attempt and its acknowledgement repeats it.
 */
enum OutboxStatus {
    /** To be sent, now or at its next attempt's time. */
    WAITING,
    /** The other side took it. Final. */
    DELIVERED,
    /** The other side refused it for good. Final; the reason says why. */
    FAILED,
    /** There is no use in sending it any more. Final; the reason says why. */
    CLOSED;

    /** The reason of a {@link #CLOSED} row whose time was over; any other has another one. */
    static final String EXPIRED = "expired";
}
