package io.assent.rest;

import io.assent.offswitch.OffSwitch;
import io.assent.permission.Scopes;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.function.Predicate;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.util.DPoPUtil;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * The access token that a call brings (RFC 6750), or the problem that says what is wrong with it. One that is bound to
 * a key comes with a proof of it (RFC 9449, section 7), by the scheme {@code DPoP} and no other.
 */
public final class Bearer {

    /** The longest {@code Authorization} header, in characters: what most proxies let through is less. */
    static final int MAX_AUTHORIZATION_LENGTH = 16_384;

    /** Whose call it is, by a token of this realm, whatever it is for: the caller looks at that. */
    public static AuthResult any(KeycloakSession session) {
        return read(session);
    }

    /** Whose call it is, by a token of this realm that has a scope. */
    public static AuthResult withScope(KeycloakSession session, String scope) {
        return withScope(session, scope, token -> false, "");
    }

    /**
     * The same, where something else will do in the place of the scope.
     *
     * @param orElse what that is, in words that follow the scope's name
     */
    static AuthResult withScope(KeycloakSession session, String scope, Predicate<AuthResult> otherwise, String orElse) {
        AuthResult token = read(session);
        if (!Scopes.split(token.token().getScope()).contains(scope) && !otherwise.test(token)) {
            throw Problem.insufficientScope("The access token needs the scope '" + scope + "'" + orElse + ".")
                    .toException(challenge(session, "error=\"insufficient_scope\", scope=\"" + scope + "\""));
        }
        return token;
    }

    /**
     * What a caller is told in {@code WWW-Authenticate}, by the scheme by which it sends its token (RFC 9449, section
     * 7.1).
     *
     * @param parameters such as {@code error="…"}
     */
    public static String challenge(KeycloakSession session, String parameters) {
        return (isBoundToAKey(session) ? DPoPUtil.DPOP_SCHEME : "Bearer") + " " + parameters;
    }

    private static AuthResult read(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        if (realm.getSslRequired().isRequired(session.getContext().getConnection())
                && !"https".equals(session.getContext().getUri().getBaseUri().getScheme())) {
            throw Problem.httpsRequired("The realm requires https.").toException();
        }
        String header =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            throw Problem.invalidToken("An access token is needed.").toException("Bearer");
        }
        if (header.length() > MAX_AUTHORIZATION_LENGTH) {
            throw Problem.invalidToken(
                            "An Authorization header has at most " + MAX_AUTHORIZATION_LENGTH + " characters.")
                    .toException("Bearer error=\"invalid_token\"");
        }
        AuthResult token = authenticate(session);
        if (token == null) {
            boolean bound = isBoundToAKey(session);
            throw Problem.invalidToken("The access token is malformed, expired, or not from this realm"
                            + (bound ? ", or it comes without a fresh proof of its key." : "."))
                    .toException(challenge(session, "error=\"invalid_token\""));
        }
        return token;
    }

    private static AuthResult authenticate(KeycloakSession session) {
        try {
            AppAuthManager.AuthHeader header = AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                    session.getContext().getHttpRequest().getHttpHeaders());
            if (header == null) {
                return null;
            }
            if (new JWSInput(header.getToken()).getHeader().getAlgorithm() == null) {
                // the stock verifier takes it for granted that there is one
                return null;
            }
            AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
            return result != null
                            && !OffSwitch.of(result.client()).isMarked()
                            && isHeldByCaller(session, result.token())
                    ? result
                    : null;
        } catch (NotAuthorizedException | JWSInputException notAToken) {
            return null;
        }
    }

    /** Whether a token says that it is bound to a key, or was sent as such. */
    private static boolean isBoundToAKey(KeycloakSession session) {
        try {
            AppAuthManager.AuthHeader header = AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                    session.getContext().getHttpRequest().getHttpHeaders());
            return header != null
                    && (DPoPUtil.DPOP_SCHEME.equalsIgnoreCase(header.getScheme())
                            || DPoPUtil.DPOP_TOKEN_TYPE.equalsIgnoreCase(new JWSInput(header.getToken())
                                    .readJsonContent(JsonWebToken.class)
                                    .getType()));
        } catch (NotAuthorizedException | JWSInputException notAToken) {
            return false;
        }
    }

    /** A token that is bound to a certificate is worth nothing without it (RFC 8705, section 3). */
    private static boolean isHeldByCaller(KeycloakSession session, AccessToken token) {
        return token.getConfirmation() == null
                || token.getConfirmation().getCertThumbprint() == null
                || MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
                        token, session.getContext().getHttpRequest(), session);
    }

    private Bearer() {}
}
