package io.assent.screen;

import io.assent.permission.PermissionCatalogue;
import io.assent.permission.RequestedPermissions;
import io.assent.screen.link.AppLogin;
import io.assent.screen.link.FormFields;
import io.assent.screen.partner.OtherWay;
import io.assent.text.Texts;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;
import org.keycloak.forms.login.LoginFormsPages;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.rar.AuthorizationDetails;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The stock pages, where the consent page also gets its permissions in groups. The stock template does not look at
 * them; that of the theme {@code permissions} does. And where a step of the login is over since the browser was taken
 * to a partner, the stock page says how to go on.
 */
final class ConsentLoginFormsProvider extends FreeMarkerLoginFormsProvider {

    private final PermissionCatalogue permissions;

    ConsentLoginFormsProvider(KeycloakSession session, PermissionCatalogue permissions) {
        super(session);
        this.permissions = permissions;
    }

    /** Called with each call of a login page, before anything else is done. */
    @Override
    public LoginFormsProvider setAuthenticationSession(AuthenticationSessionModel authSession) {
        if (authSession != null) {
            PushedRequest.note(authSession, requestUri());
            AuthorizationInProgress.restoreBeforeLogin(authSession);
            AppLogin.forgetBeforeLogin(authSession);
        }
        return super.setAuthenticationSession(authSession);
    }

    private String requestUri() {
        String inQuery =
                session.getContext().getUri().getQueryParameters().getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
        HttpRequest request = session.getContext().getHttpRequest();
        return inQuery != null || !FormFields.areReadable(request)
                ? inQuery
                : request.getDecodedFormParameters().getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    }

    @Override
    protected Response createResponse(LoginFormsPages page) {
        if (page == LoginFormsPages.OAUTH_GRANT) {
            if (!new LoginDetails(authenticationSession).open().isEmpty()) {
                // this page shows none, and what is not shown is not granted
                return RefusedAuthorizationException.unaskableDetails(session, authenticationSession);
            }
            setAttribute(ConsentScreen.ATTRIBUTE, screen());
        }
        if (page == LoginFormsPages.LOGIN_PAGE_EXPIRED && authenticationSession != null && actionUri != null) {
            setActionUri(OtherWay.goingOn(authenticationSession, actionUri));
        }
        return super.createResponse(page);
    }

    private ConsentScreen screen() {
        UserModel customer = authenticationSession.getAuthenticatedUser();
        Texts texts = Texts.of(session, realm, session.getContext().resolveLocale(customer));
        RequestedPermissions requested = permissions.requested(
                realm, client, customer, authenticationSession.getClientNote(OAuth2Constants.SCOPE));
        Set<String> open = clientScopesRequested.stream()
                .map(AuthorizationDetails::getClientScope)
                .filter(scope -> scope != null && !(scope instanceof ClientModel))
                .map(scope -> scope.getName())
                .collect(Collectors.toSet());
        Set<String> granted = new LinkedHashSet<>(requested.asked());
        granted.removeAll(open);
        ConsentScreen screen = ConsentScreen.of(
                session,
                permissions,
                client,
                customer,
                new RequestedPermissions(requested.without(granted).asked(), Set.of(), false),
                requested.without(open),
                Set.of(),
                texts);
        // for the device grant the client itself stands among them
        return clientScopesRequested.stream().anyMatch(asked -> asked.getClientScope() instanceof ClientModel)
                ? screen.withTextOf(client, texts)
                : screen;
    }
}
