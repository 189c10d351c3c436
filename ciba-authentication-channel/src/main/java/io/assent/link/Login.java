package io.assent.link;

import io.assent.detail.DetailParameters;
import io.assent.server.Sha256;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * One login of a client in a browser. It is told again when the page is loaded anew, and when the server lost the
 * authentication session and began another one for the same request.
 *
 * @param clientId the internal id of the client
 * @param fingerprint what the client asks for, and no other login of the browser: 43 characters
 * @param userId the customer, where the browser knows who it is
 */
public record Login(String realmId, String clientId, Browser browser, String fingerprint, Optional<String> userId) {

    /** What tells one authorization request from another (OpenID Connect Core 1.0, section 3.1.2.1; RFC 7636). */
    private static final List<String> NOTES = List.of(
            OIDCLoginProtocol.STATE_PARAM,
            OIDCLoginProtocol.NONCE_PARAM,
            OIDCLoginProtocol.RESPONSE_TYPE_PARAM,
            OIDCLoginProtocol.RESPONSE_MODE_PARAM,
            OIDCLoginProtocol.CODE_CHALLENGE_PARAM,
            OIDCLoginProtocol.CODE_CHALLENGE_METHOD_PARAM,
            OIDCLoginProtocol.ACR_PARAM,
            OIDCLoginProtocol.MAX_AGE_PARAM,
            OAuth2Constants.SCOPE);

    public Login {
        Objects.requireNonNull(realmId);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(browser);
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(userId);
    }

    /**
     * The login of an authentication session.
     *
     * @param scope the whole {@code scope} that the client sent, also where the session was narrowed since
     */
    public static Login of(AuthenticationSessionModel authSession, String scope, Browser browser) {
        return new Login(
                authSession.getRealm().getId(),
                authSession.getClient().getId(),
                browser,
                fingerprint(authSession, scope),
                Optional.ofNullable(authSession.getAuthenticatedUser()).map(UserModel::getId));
    }

    private static String fingerprint(AuthenticationSessionModel authSession, String scope) {
        return Sha256.base64Url(Stream.concat(
                        Stream.of(
                                authSession.getClient().getClientId(),
                                authSession.getRedirectUri(),
                                DetailParameters.keptIn(authSession).json()),
                        NOTES.stream()
                                .map(note ->
                                        note.equals(OAuth2Constants.SCOPE) ? scope : authSession.getClientNote(note)))
                // with its length, so that no two requests are written alike
                .map(part -> part == null ? "-" : part.length() + ":" + part)
                .collect(Collectors.joining(" ")));
    }
}
