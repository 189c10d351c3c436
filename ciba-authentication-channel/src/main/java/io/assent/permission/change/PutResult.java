package io.assent.permission.change;

/** What came of putting changes into force. */
public sealed interface PutResult {

    /** They are in force by this call. */
    record Done() implements PutResult {}

    /**
     * Somebody else put the same into force meanwhile; nothing was written.
     *
     * @param inForce as they came into force there
     */
    record DoneBefore(Changes inForce) implements PutResult {}

    /** Somebody else put others into force meanwhile; nothing was written. */
    record Stale() implements PutResult {}
}
