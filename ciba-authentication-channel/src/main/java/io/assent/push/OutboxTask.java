package io.assent.push;

/**
 * A row that this node may work on.
 *
 * @param attempts how many attempts were made before
 */
record OutboxTask(String id, Delivery delivery, Lease lease, int attempts) {

    /** For the log: names, and nothing else. */
    @Override
    public String toString() {
        return "%s %s of request %s to %s".formatted(delivery.kind(), id, delivery.requestId(), delivery.target());
    }
}
