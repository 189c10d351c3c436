package io.assent.egress;

/**
 * Calls URLs that admins of realms set as destinations of events. The bank's own systems are among them, which are
 * inside: a host that is allowed here is not one that a client may name.
 */
public final class EventDestinationsHttpFactory extends CheckedHttpFactory {

    static final String ID = "event-destinations";

    public EventDestinationsHttpFactory() {
        super(ID);
    }
}
