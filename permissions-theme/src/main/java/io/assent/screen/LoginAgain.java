package io.assent.screen;

import io.assent.authority.Objection.WeakLogin;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Sends a customer whose login is too weak or too old for an answer to log in once more. Once: where the realm's flow
 * does not lead to a better login, asking again would not help.
 */
final class LoginAgain {

    /** A note of the client, since those stay when the login starts anew. */
    private static final String SENT = "assent.consent.login-again";

    private final KeycloakSession session;
    private final AuthenticationSessionModel authSession;

    LoginAgain(KeycloakSession session, AuthenticationSessionModel authSession) {
        this.session = session;
        this.authSession = authSession;
    }

    /** The login is good enough now: when it has become too old, the customer can be sent once more. */
    void forget() {
        authSession.removeClientNote(SENT);
    }

    boolean wasTried() {
        return authSession.getClientNote(SENT) != null;
    }

    /** Starts the login anew, with what is wanted of it; where its client wants more, that stays. */
    Response start(WeakLogin weak) {
        authSession.setClientNote(SENT, "true");
        weak.maxAge().ifPresent(age -> note(OIDCLoginProtocol.MAX_AGE_PARAM, age.toSeconds(), Math::min));
        weak.acrValues().stream()
                .mapToLong(this::level)
                .max()
                .ifPresent(level -> note(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION, level, Math::max));
        AuthenticationProcessor.resetFlow(authSession, LoginActionsService.AUTHENTICATE_PATH);
        URI login = new AuthenticationFlowURLHelper(
                        session, authSession.getRealm(), session.getContext().getUri())
                .getLastExecutionUrl(
                        LoginActionsService.AUTHENTICATE_PATH,
                        null,
                        authSession.getClient().getClientId(),
                        authSession.getTabId(),
                        AuthenticationProcessor.getClientData(session, authSession));
        return Response.status(Response.Status.FOUND).location(login).build();
    }

    private void note(String name, long wanted, LongBinaryOperator stricter) {
        authSession.setClientNote(name, both(authSession.getClientNote(name), wanted, stricter));
    }

    /** @param before what the client wants, as it sent it, or {@code null} */
    static String both(String before, long wanted, LongBinaryOperator stricter) {
        boolean number = before != null && before.matches("-?[0-9]{1,9}");
        return String.valueOf(number ? stricter.applyAsLong(Long.parseLong(before), wanted) : wanted);
    }

    /** What is mapped to no level is one that no flow leads to. */
    private int level(String acr) {
        Map<String, Integer> levels = AcrUtils.getAcrLoaMap(authSession.getRealm());
        if (levels.containsKey(acr)) {
            return levels.get(acr);
        }
        return acr.matches("[0-9]{1,9}") ? Integer.parseInt(acr) : Constants.NO_LOA;
    }
}
