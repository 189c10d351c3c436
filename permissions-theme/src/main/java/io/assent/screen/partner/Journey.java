package io.assent.screen.partner;

import io.assent.partner.PartnerAccess;
import io.assent.partner.provider.LoginWish;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext.KcActionStatus;
import org.keycloak.broker.provider.IdpLinkAction;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.ClientSessionCode;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The way of a browser to the partner and back, as Keycloak's own action <em>idp_link</em> goes it, by its notes. */
final class Journey {

    /**
     * What the client itself named as {@code kc_action}; empty where it named none. It stays, as that one does, when
     * the customer begins the login anew.
     */
    private static final String ACTION_OF_CLIENT = "assent.partner.kc-action";

    private final KeycloakSession session;
    private final AuthenticationSessionModel login;

    Journey(KeycloakSession session, AuthenticationSessionModel login) {
        this.session = session;
        this.login = login;
    }

    /** The id of what is wanted: by the answer on the consent screen, or by the app. */
    Optional<String> accessId() {
        return LoginWish.of(login)
                .map(LoginWish::accessId)
                .or(() -> isOfApp()
                        ? Optional.ofNullable(login.getClientNote(Constants.KC_ACTION_PARAMETER))
                        : Optional.empty());
    }

    /** Whether an app started the login for this alone. */
    boolean isOfApp() {
        return ConnectPartnerActionFactory.PROVIDER_ID.equals(Optional.ofNullable(login.getClientNote(ACTION_OF_CLIENT))
                .orElseGet(() -> login.getClientNote(Constants.KC_ACTION)));
    }

    /** Whether the browser is, or was, at the partner. */
    boolean hasBegun() {
        return hasBegun(login);
    }

    static boolean hasBegun(AuthenticationSessionModel login) {
        return Boolean.parseBoolean(login.getAuthNote(IdpLinkAction.KC_ACTION_LINKING_IDENTITY_PROVIDER));
    }

    /** @return the response that takes the browser to the partner */
    Response begin(PartnerAccess wish) {
        LoginWish.of(wish).keepIn(login);
        if (login.getClientNote(ACTION_OF_CLIENT) == null) {
            String ofClient = login.getClientNote(Constants.KC_ACTION);
            login.setClientNote(ACTION_OF_CLIENT, ofClient == null ? "" : ofClient);
        }
        // by it the browser is led back to this action
        login.setClientNote(Constants.KC_ACTION, ConnectPartnerActionFactory.PROVIDER_ID);
        login.setAuthNote(
                IdentityBrokerService.LINKING_IDENTITY_PROVIDER,
                login.getParentSession().getId() + login.getClient().getClientId() + wish.alias());
        login.setAuthNote(IdpLinkAction.KC_ACTION_LINKING_IDENTITY_PROVIDER, Boolean.TRUE.toString());
        login.removeAuthNote(IdpLinkAction.IDP_LINK_STATUS);
        ClientSessionCode<AuthenticationSessionModel> code = new ClientSessionCode<>(session, login.getRealm(), login);
        code.setAction(AuthenticationSessionModel.Action.AUTHENTICATE.name());
        return new IdentityBrokerService(session).performClientInitiatedAccountLogin(wish.alias(), code);
    }

    /** What came of it, once: a note of the server's alone. */
    Optional<KcActionStatus> takeResult() {
        Optional<KcActionStatus> result = Optional.ofNullable(login.getAuthNote(IdpLinkAction.IDP_LINK_STATUS))
                .map(KcActionStatus::valueOf);
        login.removeAuthNote(IdpLinkAction.IDP_LINK_STATUS);
        return result;
    }

    /** The key of Keycloak's own message, or an empty text. */
    String error() {
        return Optional.ofNullable(login.getAuthNote(IdpLinkAction.IDP_LINK_ERROR))
                .orElse("");
    }

    /** The login goes on as if it had never left. */
    void end() {
        String ofClient = login.getClientNote(ACTION_OF_CLIENT);
        if (ofClient != null && ofClient.isEmpty()) {
            login.removeClientNote(Constants.KC_ACTION);
        } else if (ofClient != null) {
            login.setClientNote(Constants.KC_ACTION, ofClient);
        }
        login.removeClientNote(ACTION_OF_CLIENT);
        login.removeAuthNote(IdpLinkAction.KC_ACTION_LINKING_IDENTITY_PROVIDER);
        login.removeAuthNote(IdpLinkAction.IDP_LINK_STATUS);
        login.removeAuthNote(IdpLinkAction.IDP_LINK_ERROR);
        login.removeAuthNote(IdentityBrokerService.LINKING_IDENTITY_PROVIDER);
        login.removeRequiredAction(ConnectPartnerActionFactory.PROVIDER_ID);
        LoginWish.forget(login);
    }
}
