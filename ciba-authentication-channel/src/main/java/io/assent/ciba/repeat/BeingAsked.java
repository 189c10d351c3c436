package io.assent.ciba.repeat;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.services.ErrorResponseException;

/**
 * The same question is being put to the customer at this very moment. Of a call that can be repeated it may be the same
 * call; any other is refused like one question too many.
 */
public final class BeingAsked extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    public BeingAsked(String description) {
        super(OAuthErrorException.ACCESS_DENIED, description, Response.Status.FORBIDDEN);
    }
}
