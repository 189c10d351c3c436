package io.assent.ciba;

import io.assent.ciba.repeat.BeingAsked;
import io.assent.limit.Refusal;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;

/**
 * The refusal of a question, which the channel leaves for the endpoint: an answer of the channel itself would reach the
 * client as an error of the server.
 */
record RefusedQuestion(Refusal reason) {

    private static final String ATTRIBUTE = RefusedQuestion.class.getName();

    /** The same whatever the reason is, since most of them are the customer's own, or have to do with other clients. */
    private static final String NOT_NOW = "The customer takes no more requests of this client now. Wait until the"
            + " pending ones are answered or expired, and longer after each that is denied or not answered";

    private static final String TOO_FAST = "The client makes too many requests. Wait a minute";

    void keepIn(KeycloakSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    static Optional<RefusedQuestion> in(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(ATTRIBUTE, RefusedQuestion.class));
    }

    /** CIBA Core 1.0, section 13. */
    ErrorResponseException toException() {
        if (reason == Refusal.SAME) {
            return new BeingAsked(NOT_NOW);
        }
        return new ErrorResponseException(
                OAuthErrorException.ACCESS_DENIED,
                reason == Refusal.TOO_FAST ? TOO_FAST : NOT_NOW,
                Response.Status.FORBIDDEN);
    }
}
