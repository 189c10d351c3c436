package io.assent.screen;

import java.util.Optional;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor;
import org.keycloak.protocol.oidc.endpoints.request.RequestUriType;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The pushed authorization request (RFC 9126) by which a login began, if it did. It is used up by an answer. */
final class PushedRequest {

    /**
     * The server has the {@code request_uri} in a note that is lost where a login is restarted from the browser's
     * cookie; one of the client is in the cookie.
     */
    private static final String NOTED = "assent.request_uri";

    private final KeycloakSession session;
    private final AuthenticationSessionModel authSession;

    PushedRequest(KeycloakSession session, AuthenticationSessionModel authSession) {
        this.session = session;
        this.authSession = authSession;
    }

    /** Notes the pushed request by which a login begins. */
    static void note(AuthenticationSessionModel authSession, String requestUri) {
        // at first an authentication session has no action, and nothing in it is the browser's to change afterwards
        if (requestUri != null && authSession.getAction() == null) {
            authSession.setClientNote(NOTED, requestUri);
        }
    }

    /** Gives the server back its own note, by which it uses the request up where there is nothing to ask. */
    void restore() {
        String requestUri = authSession.getClientNote(NOTED);
        if (requestUri != null) {
            authSession.setAuthNote(Constants.AUTHORIZATION_REQUEST_URI, requestUri);
        }
    }

    /** Whether there is one that is still to be used up. */
    boolean isOpen() {
        return requestUri().isPresent();
    }

    /** Whether there is one that was used up meanwhile, as by an answer in another tab. */
    boolean isUsedUp() {
        return requestUri()
                .filter(requestUri -> AuthzEndpointParParser.getRequestObject(session, requestUri) == null)
                .isPresent();
    }

    /**
     * Uses it up (section 4): the server does so only for a login in which it had nothing to ask.
     *
     * @return whether nobody was faster; {@code true} where nothing was pushed
     */
    boolean use() {
        return requestUri()
                .map(requestUri -> {
                    authSession.removeAuthNote(Constants.AUTHORIZATION_REQUEST_URI);
                    authSession.removeClientNote(NOTED);
                    return AuthzEndpointParParser.removeRequestObject(session, requestUri) != null;
                })
                .orElse(true);
    }

    private Optional<String> requestUri() {
        return Optional.ofNullable(authSession.getAuthNote(Constants.AUTHORIZATION_REQUEST_URI))
                .filter(requestUri -> AuthorizationEndpointRequestParserProcessor.getRequestUriType(requestUri)
                        == RequestUriType.PAR);
    }
}
