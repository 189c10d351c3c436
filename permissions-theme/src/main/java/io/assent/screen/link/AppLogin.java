package io.assent.screen.link;

import io.assent.evidence.Evidence;
import io.assent.server.ServerTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A login by the bank's app: as strong and as old as the customer's login to the app is, and no better. What is not
 * known is the weakest level, and the oldest time.
 *
 * @param level of authentication, as the realm's flows count them
 * @param authTime when the customer logged in to the app
 */
public record AppLogin(int level, Instant authTime) {

    /** That the note of the server's own about the time is this one's. */
    private static final String NOTED = "assent.link.auth-time";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** The login of the app's session in which a customer answered. */
    public static AppLogin of(RealmModel realm, Evidence evidence) {
        ClientModel app = evidence.clientId() == null ? null : realm.getClientById(evidence.clientId());
        return new AppLogin(
                level(
                        evidence.acr(),
                        app == null ? Map.of() : AcrUtils.getAcrLoaMap(app),
                        AcrUtils.getAcrLoaMap(realm)),
                Optional.ofNullable(evidence.authTime()).orElse(Instant.EPOCH));
    }

    /**
     * @param acr as the app's token says it, or {@code null}
     * @param ofApp the levels by name that the app maps
     * @param ofRealm those that the realm maps
     */
    static int level(String acr, Map<String, Integer> ofApp, Map<String, Integer> ofRealm) {
        if (acr == null) {
            return Constants.MINIMUM_LOA;
        }
        Integer mapped = ofApp.getOrDefault(acr, ofRealm.get(acr));
        if (mapped != null) {
            return mapped;
        }
        return NUMBER.matcher(acr).matches() ? Integer.parseInt(acr) : Constants.MINIMUM_LOA;
    }

    /**
     * Whether it is older than the client wants a login to be ({@code max_age}, OpenID Connect Core 1.0, section
     * 3.1.2.1).
     */
    public boolean isTooOldFor(AuthenticationSessionModel authSession) {
        return isTooOld(authSession.getClientNote(OIDCLoginProtocol.MAX_AGE_PARAM), ServerTime.now());
    }

    /** @param maxAge in seconds, as the client says it, or {@code null} where any age will do */
    boolean isTooOld(String maxAge, Instant now) {
        return maxAge != null
                && (!NUMBER.matcher(maxAge).matches()
                        || authTime.plusSeconds(Long.parseLong(maxAge)).isBefore(now));
    }

    /**
     * Makes it the login of an authentication session. It says how strong this login is, and does not meet a condition
     * of the flow on the level: what meets one is kept with the time at which it did, which would be now.
     */
    public void note(KeycloakSession session, AuthenticationSessionModel authSession) {
        new AcrStore(session, authSession).setLevelAuthenticatedToCurrentRequest(level);
        String seconds = String.valueOf(authTime.getEpochSecond());
        authSession.setClientNote(AuthenticationManager.AUTH_TIME_BROKER, seconds);
        authSession.setClientNote(NOTED, seconds);
    }

    /** Forgets its time where the login is started anew: notes of the client stay then, and the next login is newer. */
    public static void forgetBeforeLogin(AuthenticationSessionModel authSession) {
        String noted = authSession.getClientNote(NOTED);
        if (noted != null
                && authSession.getAuthenticatedUser() == null
                && AuthenticationSessionModel.Action.AUTHENTICATE.name().equals(authSession.getAction())) {
            authSession.removeClientNote(NOTED);
            if (noted.equals(authSession.getClientNote(AuthenticationManager.AUTH_TIME_BROKER))) {
                authSession.removeClientNote(AuthenticationManager.AUTH_TIME_BROKER);
            }
        }
    }
}
