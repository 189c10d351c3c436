package io.assent.outbox;

/** Why a delivery was given up. The words that go with it say more, and are of no bounded number. */
public enum GivenUpReason {
    /** The other side refused it for good. */
    REFUSED,
    /** Its time was over before the other side took it. */
    EXPIRED,
    /** There was no use in it any more, or nobody left to tell. */
    OBSOLETE
}
