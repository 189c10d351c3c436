package io.assent.screen;

import io.assent.consent.GrantWish;
import io.assent.detail.DetailFlaw;
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
 * A client gets an OAuth error in place of a page or a code. The server by itself has one answer for whatever it would
 * have to show to a client that wants no page, {@code interaction_required}, and this exception is the one way around
 * it.
 */
final class RefusedAuthorizationException extends AuthenticationFlowException {

    private static final long serialVersionUID = 1;

    /** What the client is told. */
    private static final String UNASKABLE =
            "No customer can be asked for authorization_details by this request, or it has neither nonce nor code_challenge";

    private final String error;
    private final transient Response response;

    private RefusedAuthorizationException(
            KeycloakSession session, AuthenticationSessionModel authSession, String error, String description) {
        // an answer like any other: the log gets no stack trace
        super(error, null, false, false, AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR);
        this.error = error;
        this.response = answer(session, authSession, error, description);
    }

    /**
     * A client that wants no page ({@code prompt=none}) needs a consent that is not there (OpenID Connect Core 1.0,
     * section 3.1.2.6).
     */
    static RefusedAuthorizationException consentRequired(
            KeycloakSession session, AuthenticationSessionModel authSession) {
        return new RefusedAuthorizationException(session, authSession, "consent_required", null);
    }

    /** A client wants of its grants what it can't have (Grant Management for OAuth 2.0, draft 03, section 5.4). */
    static RefusedAuthorizationException grant(
            KeycloakSession session, AuthenticationSessionModel authSession, GrantWish.Refused refused) {
        return new RefusedAuthorizationException(session, authSession, refused.error(), refused.description());
    }

    /** The client wants authorization details (RFC 9396) that can't be asked for here, or not be given to its code. */
    static RefusedAuthorizationException details(KeycloakSession session, AuthenticationSessionModel authSession) {
        return new RefusedAuthorizationException(session, authSession, DetailFlaw.ERROR, UNASKABLE);
    }

    /** The same in place of a page that can't show them. */
    static Response unaskableDetails(KeycloakSession session, AuthenticationSessionModel authSession) {
        return answer(session, authSession, DetailFlaw.ERROR, UNASKABLE);
    }

    /** No login of the customer's here is one that may answer (OpenID Connect Core Error Code, section 2). */
    static Response unmetAuthenticationRequirements(KeycloakSession session, AuthenticationSessionModel authSession) {
        return answer(
                session,
                authSession,
                "unmet_authentication_requirements",
                "The customer's login is too weak or too old for this request");
    }

    @Override
    public Response getResponse() {
        return response;
    }

    @Override
    public String getEventDetails() {
        return error;
    }

    private static Response answer(
            KeycloakSession session, AuthenticationSessionModel authSession, String error, String description) {
        OIDCResponseType type =
                OIDCResponseType.parse(authSession.getClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM));
        OIDCResponseMode mode =
                OIDCResponseMode.parse(authSession.getClientNote(OIDCLoginProtocol.RESPONSE_MODE_PARAM), type);
        OIDCRedirectUriBuilder redirect = OIDCRedirectUriBuilder.fromUri(
                        authSession.getRedirectUri(), mode, session, null)
                .addParam(OAuth2Constants.ERROR, error);
        if (description != null) {
            redirect.addParam(OAuth2Constants.ERROR_DESCRIPTION, description);
        }
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
