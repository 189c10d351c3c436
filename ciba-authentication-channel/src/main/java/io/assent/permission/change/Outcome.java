package io.assent.permission.change;

/** The effect of changes on one grant; where several are true, the last one counts. */
public enum Outcome {
    UNCHANGED,
    /** It grants the same or less under other names, and nobody is asked. */
    MAPPED,
    /** Its client was not given the new permissions yet: until then it stands as it is. */
    WAITING,
    /** It stands as far as it goes; for the rest the customer is asked, by the bank or when the client asks. */
    NEEDS_CUSTOMER,
    /** It grants something no more. */
    LOSES,
    /** It grants nothing any more, and is over; undoing does not bring it back. */
    ENDS
}
