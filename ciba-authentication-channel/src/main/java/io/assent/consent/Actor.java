package io.assent.consent;

/** Who changed a consent. */
public enum Actor {
    /** The customer, in the app or in a browser. */
    CUSTOMER,
    /** The bank's staff, or an admin. */
    STAFF,
    /** The client that the consent was given to. */
    TPP,
    /** A rule of this server, such as an end date. */
    SYSTEM
}
