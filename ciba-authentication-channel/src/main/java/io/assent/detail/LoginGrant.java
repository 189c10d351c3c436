package io.assent.detail;

import io.assent.server.Sha256;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The consent that has the authorization details of a login, kept for the login's code. The client session is one for
 * all logins of a client in a browser, so that the login goes by what its code has of it: {@code nonce} and
 * {@code code_challenge}. It only says where to look; the consent says what is granted.
 *
 * @param consentId the consent that has the details
 * @param requestId the request that the customer answered: the consent may have details of others, too
 */
public record LoginGrant(String consentId, String requestId) {

    private static final String NOTE = "assent.details.";

    private static final String SEPARATOR = " ";

    /** A login begins: nothing is granted in it, whatever one before left. */
    public static void clear(AuthenticationSessionModel login) {
        login.setClientNote(note(login), "");
    }

    /** Whether the code of a login can be told from those of others. */
    public static boolean canBeKeptFor(AuthenticationSessionModel login) {
        return login.getClientNote(OIDCLoginProtocol.NONCE_PARAM) != null
                || login.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_PARAM) != null;
    }

    /** For the code of the login. */
    public void keepFor(AuthenticationSessionModel login) {
        login.setClientNote(note(login), consentId + SEPARATOR + requestId);
    }

    /** Takes what there is for a code, which is good once; empty where no details were granted. */
    public static Optional<LoginGrant> takeFrom(AuthenticatedClientSessionModel clientSession, OAuth2Code code) {
        String note = note(code.getNonce(), code.getCodeChallenge());
        String kept = clientSession.getNote(note);
        if (kept == null) {
            // what is removed is written to the database, also where it was not there
            return Optional.empty();
        }
        // a client session lives as long as the customer's login, and has many codes
        clientSession.removeNote(note);
        return Optional.of(kept.split(SEPARATOR))
                .filter(ids -> ids.length == 2)
                .map(ids -> new LoginGrant(ids[0], ids[1]));
    }

    private static String note(AuthenticationSessionModel login) {
        return note(
                login.getClientNote(OIDCLoginProtocol.NONCE_PARAM),
                login.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_PARAM));
    }

    private static String note(String nonce, String codeChallenge) {
        return NOTE + Sha256.base64Url(nonce + ' ' + codeChallenge);
    }
}
