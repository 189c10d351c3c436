package io.assent.egress;

import java.net.UnknownHostException;

/** A host that has no address to which a client may send this server. */
final class InsideHostException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    InsideHostException(String host) {
        super(host);
    }
}
