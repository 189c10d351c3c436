package io.assent.rest;

import io.assent.evidence.Circumstances;
import io.assent.evidence.Circumstances.Presence;
import io.assent.request.ConsentApp;
import io.assent.rest.CallLimit.Excess;
import io.assent.server.Customer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The customer on whose behalf the app or the account console calls.
 *
 * @param client the client that the access token was issued to
 * @param sessionId the token's user session ({@code sid}), or {@code null} where it has none
 * @param presence whose session that is
 * @param acr how the customer was authenticated, or {@code null} where the token does not say
 * @param authTime when, or {@code null} where nobody knows
 */
public record Caller(
        RealmModel realm,
        UserModel user,
        ClientModel client,
        String sessionId,
        Presence presence,
        String acr,
        Instant authTime) {

    /** Who calls by the bank's app, or the problem that says why they may not. */
    public static Caller of(KeycloakSession session, ApiAudience audience) {
        return of(session, audience, token -> false, "");
    }

    /** The same where the account console may call, too. */
    public static Caller of(KeycloakSession session, ApiAudience audience, AccountRight right) {
        RealmModel realm = session.getContext().getRealm();
        return of(session, audience, token -> right.isOf(session, realm, token), " or " + right.describe());
    }

    private static Caller of(
            KeycloakSession session, ApiAudience audience, Predicate<AuthResult> otherwise, String orElse) {
        RealmModel realm = session.getContext().getRealm();
        AuthResult token = Bearer.withScope(session, ConsentApp.SCOPE, otherwise, orElse);
        if (ConsentApp.isAsker(realm, token.client())) {
            throw Problem.askingClient("This client asks customers, so it can't answer for them.")
                    .toException();
        }
        if (!otherwise.test(token)) {
            audience.require(session, realm, token);
        }
        OpenBodies.sentBy(session, realm.getId() + " " + token.user().getId());
        AccessToken claims = token.token();
        return new Caller(
                realm,
                token.user(),
                token.client(),
                claims.getSessionId(),
                Presence.of(token.session()),
                claims.getAcr(),
                LoginTime.of(claims, token.session()));
    }

    /**
     * In what circumstances the customer answers.
     *
     * @param address where the call came from, as the server sees it
     * @param display what the customer is shown
     */
    public Circumstances circumstances(String address, Circumstances.Display display) {
        return new Circumstances(presence, acr, authTime, address, display);
    }

    public Customer customer() {
        return Customer.of(realm, user);
    }

    /** Counts a call, and refuses it where it is one too many. */
    public void throttle(CallLimit limit) {
        count(limit).ifPresent(excess -> {
            throw excess.toException();
        });
    }

    /** Counts a call of the customer. @return what is to be said of it, if it is one too many */
    public Optional<Excess> count(CallLimit limit) {
        return limit.exceededBy(name());
    }

    /** Counts a call of this session of the customer's. @return what is to be said of it, if it is one too many */
    public Optional<Excess> countInSession(CallLimit limit) {
        return limit.exceededBy(name() + " " + sessionId);
    }

    private String name() {
        return realm.getId() + " " + user.getId();
    }
}
