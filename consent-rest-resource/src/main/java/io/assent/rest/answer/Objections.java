package io.assent.rest.answer;

import io.assent.authority.Objection;
import io.assent.authority.Objection.WeakLogin;
import io.assent.rest.Bearer;
import io.assent.rest.Problem;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/** What a caller is told where a customer may not answer, or not by this login. */
public final class Objections {

    public static ErrorResponseException toException(KeycloakSession session, Objection objection) {
        if (objection instanceof Objection.Refused refused) {
            Problem problem = problem(refused.reason());
            return problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()
                    ? problem.toException(Bearer.challenge(session, "error=\"invalid_token\""))
                    : problem.toException();
        }
        return Problem.insufficientUserAuthentication(
                        "The customer has to log in again, as the header WWW-Authenticate says.")
                .toException(Bearer.challenge(session, parameters((WeakLogin) objection)));
    }

    private static Problem problem(Objection.Reason reason) {
        return switch (reason) {
            case IMPERSONATED ->
                Problem.impersonatedSession(
                        "An admin impersonates the customer in this session. Customers answer in a session of"
                                + " their own.");
            case OFFLINE ->
                Problem.offlineSession(
                        "The token is from an offline session. The customer has to log in again, without the"
                                + " scope 'offline_access'.");
            case LOCKED_OUT -> Problem.customerLockedOut("The customer is locked out after wrong passwords.");
            case CUSTOMER_DISABLED, APP_DISABLED -> Problem.invalidToken("The customer or the client is disabled.");
            case ASKER_DISABLED -> Problem.clientDisabled("The client that asks is disabled.");
        };
    }

    /** RFC 9470, section 3. */
    private static String parameters(WeakLogin weak) {
        StringBuilder parameters = new StringBuilder("error=\"insufficient_user_authentication\"");
        if (!weak.acrValues().isEmpty()) {
            parameters
                    .append(", acr_values=\"")
                    .append(quoted(String.join(" ", weak.acrValues())))
                    .append('"');
        }
        weak.maxAge().ifPresent(age -> parameters
                .append(", max_age=\"")
                .append(age.toSeconds())
                .append('"'));
        return parameters.toString();
    }

    /** RFC 9110, section 5.6.4. */
    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private Objections() {}
}
