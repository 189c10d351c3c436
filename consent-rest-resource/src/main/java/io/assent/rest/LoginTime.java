package io.assent.rest;

import java.time.Instant;
import org.keycloak.models.Constants;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager;

/** When a customer logged in, to get a token. */
final class LoginTime {

    /**
     * As the token says it. Where the app itself took the password to the server (RFC 6749, section 4.3), the server
     * gives the token no {@code auth_time}: then it is the moment at which the session began, if that was by a login.
     *
     * @param session the token's, or {@code null} where it has none
     * @return {@code null} where nobody knows
     */
    static Instant of(AccessToken token, UserSessionModel session) {
        if (token.getAuth_time() != null) {
            return Instant.ofEpochSecond(token.getAuth_time());
        }
        return session != null && beganByPassword(session) ? Instant.ofEpochSecond(session.getStarted()) : null;
    }

    /** A login in a browser leaves its time; a session that came of another token or of an admin passed no flow. */
    private static boolean beganByPassword(UserSessionModel session) {
        return !session.isOffline()
                && session.getNote(AuthenticationManager.AUTH_TIME) == null
                && session.getNote(Constants.AUTHENTICATORS_COMPLETED) != null;
    }

    private LoginTime() {}
}
