package io.assent.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status.Family;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.error.KeycloakErrorHandler;

/**
 * Reports as a {@link Problem} what comes from elsewhere where the API was called: a failure of the server, such as a
 * database that is away, also when it comes at the commit; and a body of a type that no method takes. Everything else
 * is answered by the stock handler, whose place this takes.
 */
@Provider
@Priority(Priorities.USER - 1)
public final class ServerFailure implements ExceptionMapper<Throwable> {

    @Context
    KeycloakSession session;

    @Override
    public Response toResponse(Throwable failure) {
        Response stock = KeycloakErrorHandler.getResponse(session, failure);
        if (ApiPath.of(session).or(() -> ApiPath.ofStaff(session)).isEmpty()) {
            return stock;
        }
        if (failure instanceof NotSupportedException) {
            return ContentType.notJson().toResponse();
        }
        if (failure instanceof NotAllowedException) {
            // the methods of each path were looked at before: this is a slash that was percent-encoded
            return Problem.unknownPath().toResponse();
        }
        return stock.getStatusInfo().getFamily() == Family.SERVER_ERROR
                ? Problem.serverError(
                                "The server failed, and the call may have been done or not. Repeat it: that is safe.")
                        .toResponse()
                : stock;
    }
}
