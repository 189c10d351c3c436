package io.assent.ciba.repeat;

import jakarta.ws.rs.core.Response;

/**
 * The way out of the stock endpoint for a call that is answered without it. No exception of JAX-RS: the stock endpoint
 * makes every such one that it sees at this place a failed authentication of the client.
 */
final class EarlierAnswer extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Response response;

    EarlierAnswer(Response response) {
        super("answered before", null, false, false);
        this.response = response;
    }

    Response response() {
        return response;
    }
}
