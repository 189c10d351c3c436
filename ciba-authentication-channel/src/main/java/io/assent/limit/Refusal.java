package io.assent.limit;

/** Why a question is not put to the customer. For the bank alone: the client never learns which of them it is. */
public enum Refusal {
    /** The customer blocked the client. */
    BLOCKED,
    /** The client asks too many questions in a minute, or the customer begins too many. */
    TOO_FAST,
    /** The same question is being asked at this very moment. */
    SAME,
    /** The customer has too many pending requests of the client. */
    TOO_MANY_PENDING,
    /** The customer has too many pending requests of all clients together. */
    CUSTOMER_BUSY,
    /** The customer denied or ignored the client's last questions, and its pause is not over. */
    PAUSED
}
