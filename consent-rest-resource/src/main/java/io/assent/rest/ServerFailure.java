package io.assent.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.error.KeycloakErrorHandler;

/**
 * Reports a failure of the server, such as a database that is away, as a {@link Problem} where the API was called, also
 * when it comes at the commit. Everything else is answered by the stock handler, whose place this takes.
 */
@Provider
@Priority(Priorities.USER - 1)
public final class ServerFailure implements ExceptionMapper<Throwable> {

    private static final Pattern API = Pattern.compile("/realms/[^/]+/consent/v1(/.*)?");

    @Context
    KeycloakSession session;

    @Override
    public Response toResponse(Throwable failure) {
        Response stock = KeycloakErrorHandler.getResponse(session, failure);
        return stock.getStatusInfo().getFamily() == Family.SERVER_ERROR && isOfApi()
                ? Problem.serverError("Nobody knows whether this was done. It can be repeated safely.")
                        .toResponse()
                : stock;
    }

    private boolean isOfApi() {
        return API.matcher(session.getContext().getUri().getPath()).matches();
    }
}
