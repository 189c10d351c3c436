package io.assent.egress;

/** Calls URLs that clients name. */
public final class ClientEndpointsHttpFactory extends CheckedHttpFactory {

    static final String ID = "client-endpoints";

    public ClientEndpointsHttpFactory() {
        super(ID);
    }
}
