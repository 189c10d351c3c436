package io.assent.cloudevent;

/** Where a kept event stands. One that is taken is not kept. */
enum EventState {
    /** To be sent, now or when those of its subject before it are out of the way. */
    WAITING,
    /** Refused, or its time was over. Staff may have it sent again. */
    DEAD
}
