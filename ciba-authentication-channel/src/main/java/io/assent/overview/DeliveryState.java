package io.assent.overview;

/** How a delivery stands for staff. */
public enum DeliveryState {
    /** To be sent, now or later, or being sent. */
    WAITING,
    /** The other side took it. */
    DELIVERED,
    /** The other side refused it for good, or its time was over before it took it. */
    FAILED,
    /** There was no use in it any more: answered, or nobody left to tell. */
    CLOSED;

    private static final String EXPIRED = "expired";

    /**
     * @param status as the row has it
     * @param reason or {@code null}
     */
    static DeliveryState of(String status, String reason) {
        return status.equals(CLOSED.name()) && EXPIRED.equals(reason) ? FAILED : valueOf(status);
    }
}
