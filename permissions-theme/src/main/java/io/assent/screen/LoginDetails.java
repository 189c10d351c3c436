package io.assent.screen;

import io.assent.detail.DetailParameters;
import io.assent.detail.Details;
import io.assent.detail.LoginGrant;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The authorization details that a client asks for by a login (RFC 9396). They are asked for in each login, whatever
 * stands: nothing but an answer in this one settles them.
 */
record LoginDetails(AuthenticationSessionModel authSession) {

    /** The request by which they were answered: a note that goes with the login. */
    private static final String ANSWERED = "assent.details.answered";

    /** Those that the login began with, whether they were answered or not. */
    Details asked() {
        return DetailParameters.keptIn(authSession);
    }

    boolean areAsked() {
        return !asked().isEmpty();
    }

    /** Those that are still to be asked for. */
    Details open() {
        return authSession.getAuthNote(ANSWERED) == null ? asked() : Details.NONE;
    }

    /** No code of the login has any, unless they were granted in it: for one that can't be told none is ever kept. */
    void withhold() {
        if (authSession.getAuthNote(ANSWERED) == null && LoginGrant.canBeKeptFor(authSession)) {
            LoginGrant.clear(authSession);
        }
    }

    /** The code of the login has what a consent grants of them. */
    void grant(LoginGrant grant) {
        authSession.setAuthNote(ANSWERED, grant.requestId());
        grant.keepFor(authSession);
    }
}
