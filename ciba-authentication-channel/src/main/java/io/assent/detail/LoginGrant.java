package io.assent.detail;

import io.assent.server.Sha256;
import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * In which consent the authorization details are that were granted in a login: for the code that comes of it. The
 * client session is one for all logins of a client in a browser, so that the login goes by what its code has of it:
 * {@code nonce} and {@code code_challenge}. It only says where to look; the consent says what is granted.
 */
public final class LoginGrant {

    private static final String NOTE = "assent.details.";

    /** A login begins: nothing is granted in it, whatever one before left. */
    public static void clear(AuthenticationSessionModel login) {
        login.setClientNote(note(login), "");
    }

    /** @param consentId the consent that has the details */
    public static void keep(AuthenticationSessionModel login, String consentId) {
        login.setClientNote(note(login), consentId);
    }

    /** The id of the consent that has the details of a code; empty where there are none. */
    public static Optional<String> of(AuthenticatedClientSessionModel clientSession, OAuth2Code code) {
        return Optional.ofNullable(clientSession.getNote(note(code.getNonce(), code.getCodeChallenge())))
                .filter(id -> !id.isEmpty());
    }

    private static String note(AuthenticationSessionModel login) {
        return note(
                login.getClientNote(OIDCLoginProtocol.NONCE_PARAM),
                login.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_PARAM));
    }

    private static String note(String nonce, String codeChallenge) {
        return NOTE + Sha256.base64Url(nonce + ' ' + codeChallenge);
    }

    private LoginGrant() {}
}
