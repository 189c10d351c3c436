package io.assent.screen;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OIDCRedirectUriBuilder;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A client that wants no page ({@code prompt=none}) needs a consent that is not there: answered with {@value #ERROR}
 * (OpenID Connect Core 1.0, section 3.1.2.6). The server by itself has one answer for whatever it would have to show,
 * {@code interaction_required}, and this exception is the one way around it.
 */
final class ConsentRequiredException extends AuthenticationFlowException {

    private static final long serialVersionUID = 1;

    private static final String ERROR = "consent_required";

    private final transient Response response;

    ConsentRequiredException(KeycloakSession session, AuthenticationSessionModel authSession) {
        // an answer like any other: the log gets no stack trace
        super(ERROR, null, false, false, AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR);
        this.response = answer(session, authSession);
    }

    @Override
    public Response getResponse() {
        return response;
    }

    @Override
    public String getEventDetails() {
        return ERROR;
    }

    private static Response answer(KeycloakSession session, AuthenticationSessionModel authSession) {
        OIDCResponseType type =
                OIDCResponseType.parse(authSession.getClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM));
        OIDCResponseMode mode =
                OIDCResponseMode.parse(authSession.getClientNote(OIDCLoginProtocol.RESPONSE_MODE_PARAM), type);
        OIDCRedirectUriBuilder redirect = OIDCRedirectUriBuilder.fromUri(
                        authSession.getRedirectUri(), mode, session, null)
                .addParam(OAuth2Constants.ERROR, ERROR);
        String state = authSession.getClientNote(OIDCLoginProtocol.STATE_PARAM);
        if (state != null) {
            redirect.addParam(OAuth2Constants.STATE, state);
        }
        if (!OIDCAdvancedConfigWrapper.fromClientModel(authSession.getClient()).isExcludeIssuerFromAuthResponse()) {
            // RFC 9207
            redirect.addParam(
                    OAuth2Constants.ISSUER,
                    Urls.realmIssuer(
                            session.getContext().getUri().getBaseUri(),
                            authSession.getRealm().getName()));
        }
        new AuthenticationSessionManager(session)
                .removeTabIdInAuthenticationSession(authSession.getRealm(), authSession);
        return redirect.build();
    }
}
