package io.assent.sample.bank;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.token.BearerTokenError;
import com.nimbusds.oauth2.sdk.token.DPoPTokenError;
import com.nimbusds.oauth2.sdk.token.TokenSchemeError;

/** A call that is not answered, and what is said instead (RFC 6750, section 3; RFC 9449, section 7.1). */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final String challenge;

    private RefusedException(int status, String challenge) {
        this.status = status;
        this.challenge = challenge;
    }

    private RefusedException(TokenSchemeError error) {
        this(error.getHTTPStatusCode(), error.toWWWAuthenticateHeader());
    }

    /** There is no token: an error code would be wrong then. */
    static RefusedException missingToken() {
        return new RefusedException(BearerTokenError.MISSING_TOKEN);
    }

    /** It says no more: why a token is worth nothing is nobody's business. */
    static RefusedException invalidToken(boolean byDPoP) {
        return new RefusedException(plain(byDPoP ? DPoPTokenError.INVALID_TOKEN : BearerTokenError.INVALID_TOKEN));
    }

    static RefusedException invalidRequest() {
        return new RefusedException(plain(BearerTokenError.INVALID_REQUEST));
    }

    static RefusedException insufficientScope(boolean byDPoP, String needed) {
        TokenSchemeError error = byDPoP ? DPoPTokenError.INSUFFICIENT_SCOPE : BearerTokenError.INSUFFICIENT_SCOPE;
        return new RefusedException(plain(error).setScope(new Scope(needed)));
    }

    static RefusedException notFound() {
        return new RefusedException(NOT_FOUND, null);
    }

    /** Nobody says what the token is worth: then it is worth nothing, but perhaps later. */
    static RefusedException unavailable() {
        return new RefusedException(UNAVAILABLE, null);
    }

    private static TokenSchemeError plain(TokenSchemeError error) {
        return error.setDescription(null);
    }

    int status() {
        return status;
    }

    /** For {@code WWW-Authenticate}, or {@code null}. */
    String challenge() {
        return challenge;
    }
}
