package io.assent.safeguard;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.consent.Consents;
import io.assent.consent.GrantParameters;
import io.assent.consent.GrantWish;
import io.assent.consent.GrantWish.Refused;
import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.permission.ConsentSettings;
import io.assent.permission.PermissionCatalogue;
import io.assent.request.ConsentApp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.grants.device.clientpolicy.context.DeviceAuthorizationRequestContext;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.UserInfoRequestContext;

/**
 * Checks the parameters of Grant Management for OAuth 2.0 (draft 03, section 5.2) of a request in a browser: none is
 * passed over. The owner of a grant is known after the login, and checked there.
 */
final class GrantGate {

    private final KeycloakSession session;
    private final ConsentApp app;

    GrantGate(KeycloakSession session, ConsentApp app) {
        this.session = session;
        this.app = app;
    }

    /** Whether the token was issued for a consent that has ended. The server has checked the token before. */
    boolean isOver(UserInfoRequestContext context) {
        try {
            AccessToken token =
                    new JWSInput(context.getTokenForUserInfo().getToken()).readJsonContent(AccessToken.class);
            Object grantId = token.getOtherClaims().get(GrantParameters.GRANT_ID);
            String realmId = context.getClientSession().getRealm().getId();
            return grantId != null && Consents.of(session).isOver(realmId, grantId.toString(), token.getSessionId());
        } catch (JWSInputException unreadable) {
            return true;
        }
    }

    /**
     * Why the client can't have what it wants.
     *
     * @param details what it asks for beside the scope
     */
    Optional<Refused> refusal(ClientModel client, ClientPolicyContext context, Details details) {
        if (!app.isIn(client.getRealm())) {
            return Optional.empty();
        }
        if (context instanceof PushedAuthorizationRequestContext pushed) {
            return refusal(client, pushed.getRequest(), sent(pushed.getRequestParameters()), details);
        }
        if (context instanceof AuthorizationRequestContext authorization) {
            return refusal(client, authorization, details);
        }
        return context instanceof DeviceAuthorizationRequestContext device && has(device.getRequestParameters())
                ? Optional.of(Refused.invalid("A device can't say what becomes of the client's grants"))
                : Optional.empty();
    }

    private Optional<Refused> refusal(ClientModel client, AuthorizationRequestContext context, Details details) {
        Map<String, List<String>> parameters = context.getRequestParameters();
        Optional<Map<String, String>> pushed = PushedRequest.named(session, parameters);
        if (pushed.isPresent() && has(parameters)) {
            return Optional.of(Refused.invalid("grant_management_action and grant_id go into the pushed request"));
        }
        GrantParameters sent =
                sent(pushed.<Map<String, List<String>>>map(GrantGate::multiple).orElse(parameters));
        // the server itself keeps some of what it does not know, and passes over the rest
        sent.keepIn(context.getAuthenticationSession());
        return refusal(client, context.getAuthorizationEndpointRequest(), sent, details);
    }

    private static Map<String, List<String>> multiple(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .collect(Collectors.toMap(Map.Entry::getKey, parameter -> List.of(parameter.getValue())));
    }

    private GrantParameters sent(Map<String, List<String>> parameters) {
        return GrantParameters.of(
                parameters, session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class));
    }

    private static boolean has(Map<String, List<String>> parameters) {
        return parameters.containsKey(GrantParameters.ACTION) || parameters.containsKey(GrantParameters.GRANT_ID);
    }

    private Optional<Refused> refusal(
            ClientModel client, AuthorizationEndpointRequest request, GrantParameters sent, Details details) {
        GrantWish wish = Consents.of(session)
                .wish(client.getRealm().getId(), client.getId(), sent)
                .inTheBrowser();
        if (wish instanceof Refused refused) {
            return Optional.of(refused);
        }
        return wish instanceof GrantWish.Change ? flaw(client, request.getScope(), details) : Optional.empty();
    }

    private Optional<Refused> flaw(ClientModel client, String scope, Details details) {
        RealmModel realm = client.getRealm();
        if (!ConsentSettings.asksInTheBrowser(realm)
                || !ConsentSettings.of(realm).asksFor(client)) {
            return Optional.of(Refused.invalid("The client's customers are not asked in the browser"));
        }
        PermissionCatalogue permissions = new PermissionCatalogue(session);
        Set<String> asked = permissions.requested(realm, client, null, scope).asked();
        if (asked.isEmpty() && details.isEmpty()) {
            return Optional.of(Refused.nothingAsked());
        }
        return permissions.oneTime(client, null, scope).isEmpty()
                        && !DetailTypes.of(session).isOneTime(details)
                ? Optional.empty()
                : Optional.of(Refused.oneTime());
    }
}
