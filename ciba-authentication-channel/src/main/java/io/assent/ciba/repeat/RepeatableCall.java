package io.assent.ciba.repeat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.server.OperatorLog;
import io.assent.server.ServerTime;
import jakarta.persistence.PersistenceException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;

/**
 * One call of the backchannel authentication endpoint, which may be a repeat. The first answer is kept in the
 * transaction that asks the customer: one can't be committed without the other. A refusal is not kept, since nobody was
 * asked. A call without a key is none of its business.
 */
public final class RepeatableCall {

    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(RepeatableCall.class));

    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final KeycloakSession session;
    private final HttpRequest call;
    private Optional<IdempotencyKey> key = Optional.empty();

    /** @param session of the call as it was sent, whatever is made of it later */
    public RepeatableCall(KeycloakSession session) {
        this.session = session;
        this.call = session.getContext().getHttpRequest();
    }

    /**
     * Answers the call.
     *
     * @param first answers it if it is no repeat; tells {@link #isOf} of the client in between
     */
    public Response answer(Supplier<Response> first) {
        try {
            Response answer = first.get();
            return key.map(of -> keep(of, answer)).orElse(answer);
        } catch (EarlierAnswer earlier) {
            return earlier.response();
        } catch (ErrorResponseException refused) {
            // the same call at the same time may have taken what can be had once
            return key.flatMap(this::instead)
                    .or(() -> key.filter(any -> refused instanceof BeingAsked).map(any -> inProgress()))
                    .orElseThrow(() -> refused);
        }
    }

    /** The client is authenticated. Does not return if the call is a repeat, or if its key can't be used. */
    public void isOf(ClientModel client) {
        List<String> headers = call.getHttpHeaders().getRequestHeader(IdempotencyKey.HEADER);
        if (headers == null || headers.isEmpty()) {
            return;
        }
        key = headers.size() == 1 ? IdempotencyKey.parse(client.getId(), headers.get(0)) : Optional.empty();
        if (key.isEmpty()) {
            throw refusal(
                    Response.Status.BAD_REQUEST.getStatusCode(),
                    IdempotencyKey.HEADER + " is one string of " + IdempotencyKey.MAX_LENGTH
                            + " characters at the most, such as a random UUID");
        }
        kept(session, key.get(), content()).ifPresent(answer -> {
            throw new EarlierAnswer(answer);
        });
    }

    private Response keep(IdempotencyKey of, Response answer) {
        byte[] bytes = (byte[]) answer.getEntity();
        Instant now = ServerTime.now();
        try {
            answers(session).add(of, content(), bytes, now, now.plusSeconds(expiresIn(bytes)));
            return answer;
        } catch (ModelException | PersistenceException notKept) {
            return instead(of).orElseGet(() -> {
                String failure = notKept.getClass().getName();
                LOG.warn(
                        of.clientId() + ' ' + failure,
                        ("The answer to client '%s' could not be stored, and the client is told to repeat its call: %s."
                                        + " If it goes on, check the database.")
                                .formatted(of.clientId(), failure));
                return inProgress();
            });
        }
    }

    private static Response inProgress() {
        return refusal(CONFLICT, "The same call is being answered: send it again in a moment")
                .response();
    }

    /** What another transaction has left, which this one may not see, in place of all that this one did. */
    private Optional<Response> instead(IdempotencyKey of) {
        session.getTransactionManager().setRollbackOnly();
        CallContent content = content();
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), own -> kept(own, of, content));
    }

    private static Optional<Response> kept(KeycloakSession session, IdempotencyKey of, CallContent content) {
        return answers(session)
                .find(of, ServerTime.now())
                .map(answer -> answer.contentHash().equals(of.hash(content))
                        ? Response.ok(SealedAnswer.open(of, answer.answer())).build()
                        : refusal(UNPROCESSABLE, "The " + IdempotencyKey.HEADER + " was sent with another request")
                                .response());
    }

    private static EarlierAnswer refusal(int status, String description) {
        return new EarlierAnswer(Response.status(status)
                .entity(new OAuth2ErrorRepresentation(OAuthErrorException.INVALID_REQUEST, description))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build());
    }

    private static AnswerStore answers(KeycloakSession session) {
        return new AnswerStore(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    private CallContent content() {
        return CallContent.of(call.getDecodedFormParameters());
    }

    private static long expiresIn(byte[] answer) {
        try {
            return JsonSerialization.readValue(answer, JsonNode.class)
                    .required(OAuth2Constants.EXPIRES_IN)
                    .asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
