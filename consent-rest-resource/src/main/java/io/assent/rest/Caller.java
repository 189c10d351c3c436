package io.assent.rest;

import io.assent.consent.Scopes;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The customer on whose behalf the app calls.
 *
 * @param client the client that the access token was issued to
 * @param sessionId the token's user session ({@code sid}), or {@code null} where it has none
 */
record Caller(RealmModel realm, UserModel user, ClientModel client, String sessionId) {

    /** The client scope that the admin gives to the bank's own app, and to nothing else. */
    static final String SCOPE = "consent-app";

    /** Who calls, or the problem that says why they may not. */
    static Caller of(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        if (realm.getSslRequired().isRequired(session.getContext().getConnection())
                && !"https".equals(session.getContext().getUri().getBaseUri().getScheme())) {
            throw Problem.httpsRequired("This realm is reached by https only.").toException();
        }
        AuthResult token = authenticate(session);
        if (token == null) {
            throw Problem.invalidToken("The access token is missing, malformed, expired, or not from this realm.")
                    .toException();
        }
        if (!Scopes.split(token.token().getScope()).contains(SCOPE)) {
            throw Problem.insufficientScope("The access token needs the scope '" + SCOPE + "'.")
                    .toException();
        }
        return new Caller(realm, token.user(), token.client(), token.token().getSessionId());
    }

    private static AuthResult authenticate(KeycloakSession session) {
        if (session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION) == null) {
            return null;
        }
        try {
            return new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        } catch (NotAuthorizedException notABearerToken) {
            return null;
        } catch (NullPointerException noAlgorithm) {
            // the stock verifier takes it for granted that the token's header names an algorithm
            return null;
        }
    }
}
