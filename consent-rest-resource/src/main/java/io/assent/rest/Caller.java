package io.assent.rest;

import io.assent.permission.Scopes;
import io.assent.request.ConsentApp;
import io.assent.server.Customer;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * The customer on whose behalf the app calls.
 *
 * @param client the client that the access token was issued to
 * @param sessionId the token's user session ({@code sid}), or {@code null} where it has none
 * @param acr how the customer was authenticated, or {@code null} where the token does not say
 * @param authTime when, or {@code null} where the token does not say
 */
public record Caller(
        RealmModel realm, UserModel user, ClientModel client, String sessionId, String acr, Instant authTime) {

    /** The longest {@code Authorization} header, in characters: what most proxies let through is less. */
    static final int MAX_AUTHORIZATION_LENGTH = 16_384;

    /** Who calls, or the problem that says why they may not. */
    public static Caller of(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        if (realm.getSslRequired().isRequired(session.getContext().getConnection())
                && !"https".equals(session.getContext().getUri().getBaseUri().getScheme())) {
            throw Problem.httpsRequired("This realm is reached by https only.").toException();
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
            throw Problem.invalidToken("The access token is malformed, expired, or not from this realm.")
                    .toException("Bearer error=\"invalid_token\"");
        }
        if (!Scopes.split(token.token().getScope()).contains(ConsentApp.SCOPE)) {
            throw Problem.insufficientScope("The access token needs the scope '" + ConsentApp.SCOPE + "'.")
                    .toException("Bearer error=\"insufficient_scope\", scope=\"" + ConsentApp.SCOPE + "\"");
        }
        if (ConsentApp.isAsker(realm, token.client())) {
            throw Problem.askingClient("The client asks customers, and can't answer for them.")
                    .toException();
        }
        AccessToken claims = token.token();
        return new Caller(
                realm,
                token.user(),
                token.client(),
                claims.getSessionId(),
                claims.getAcr(),
                claims.getAuth_time() == null ? null : Instant.ofEpochSecond(claims.getAuth_time()));
    }

    public Customer customer() {
        return Customer.of(realm, user);
    }

    /** Counts a call, and refuses it where it is one too many. */
    public void throttle(CallLimit limit) {
        throttle(limit, () -> {});
    }

    /** @param atFirst what to do with the first call that is one too many, once in each minute */
    public void throttle(CallLimit limit, Runnable atFirst) {
        limit.exceededBy(realm.getId() + " " + user.getId()).ifPresent(excess -> {
            if (excess.first()) {
                atFirst.run();
            }
            throw Problem.tooManyCalls("Wait for as long as Retry-After says.").toException(excess.delay());
        });
    }

    private static AuthResult authenticate(KeycloakSession session) {
        try {
            String token = AppAuthManager.extractAuthorizationHeaderToken(
                    session.getContext().getHttpRequest().getHttpHeaders());
            if (new JWSInput(token).getHeader().getAlgorithm() == null) {
                // the stock verifier takes it for granted that there is one
                return null;
            }
            AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
            return result != null && isHeldByCaller(session, result.token()) ? result : null;
        } catch (NotAuthorizedException | JWSInputException notAToken) {
            return null;
        }
    }

    /** A token that is bound to a certificate is worth nothing without it (RFC 8705, section 3). */
    private static boolean isHeldByCaller(KeycloakSession session, AccessToken token) {
        return token.getConfirmation() == null
                || token.getConfirmation().getCertThumbprint() == null
                || MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
                        token, session.getContext().getHttpRequest(), session);
    }
}
