package io.assent.safeguard;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.claim.ClaimsFlaw;
import io.assent.claim.ClaimsParameter;
import io.assent.claim.ClaimsReading;
import io.assent.permission.ClaimedPermissions;
import io.assent.permission.ConsentSettings;
import io.assent.permission.change.ChangedPermissions;
import io.assent.request.ConsentApp;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * Checks the parameter {@code claims} (OpenID Connect Core 1.0, section 5.5) of a request in a browser: no claim is
 * cut, and the permissions that carry the claims count as asked for.
 */
final class ClaimsGate {

    private final KeycloakSession session;
    private final ConsentApp app;

    ClaimsGate(KeycloakSession session, ConsentApp app) {
        this.session = session;
        this.app = app;
    }

    /** Why a request is refused; one that is not is kept for the login. */
    Optional<ClaimsFlaw> flaw(ClientModel client, ClientPolicyContext context) {
        if (!app.isIn(client.getRealm())) {
            return Optional.empty();
        }
        if (context instanceof PushedAuthorizationRequestContext pushed) {
            return flaw(pushed.getRequest(), pushed.getRequestParameters());
        }
        if (!(context instanceof AuthorizationRequestContext authorization)) {
            return Optional.empty();
        }
        AuthorizationEndpointRequest request = authorization.getAuthorizationEndpointRequest();
        Optional<ClaimsFlaw> flaw = flaw(request, authorization.getRequestParameters());
        if (flaw.isEmpty()) {
            askedFor(client, request).keepIn(authorization.getAuthenticationSession());
        }
        return flaw;
    }

    private Optional<ClaimsFlaw> flaw(AuthorizationEndpointRequest request, MultivaluedMap<String, String> parameters) {
        if (request.getClaims() == null) {
            // the server passes over what is too long for it
            return isSent(parameters)
                    ? Optional.of(new ClaimsFlaw("claims is too long, or stands beside the request that it belongs to"))
                    : Optional.empty();
        }
        return ClaimsParameter.read(request.getClaims()) instanceof ClaimsFlaw flaw
                ? Optional.of(flaw)
                : ClaimsParameter.flawOfAcr(request.getClaims(), true);
    }

    private boolean isSent(MultivaluedMap<String, String> parameters) {
        JsonNode signed = session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class);
        return signed != null && signed.hasNonNull(ClaimsParameter.NAME)
                || Stream.ofNullable(parameters.get(ClaimsParameter.NAME))
                        .flatMap(List::stream)
                        .anyMatch(sent -> sent != null && !sent.isBlank());
    }

    /** The scope of a request, with the permissions that carry its claims. */
    String scope(ClientModel client, AuthorizationEndpointRequest request) {
        return ClaimedPermissions.withPermissions(request.getScope(), askedFor(client, request));
    }

    /** What the realm's own client policies are to see: a condition on client scopes reads the scope. */
    ClientPolicyContext seen(ClientModel client, ClientPolicyContext context) {
        if (context.getClass() != AuthorizationRequestContext.class) {
            return context;
        }
        AuthorizationRequestContext authorization = (AuthorizationRequestContext) context;
        return new ClaimedRequest(authorization, scope(client, authorization.getAuthorizationEndpointRequest()));
    }

    /** Nothing where the customer is not asked by us: the server's own page knows no claims. */
    private ClaimLimits askedFor(ClientModel client, AuthorizationEndpointRequest request) {
        return app.isIn(client.getRealm()) && isAsked(client) && request.getClaims() != null
                ? claims(ClaimsParameter.read(request.getClaims()))
                        .map(claims -> ChangedPermissions.of(client.getRealm())
                                .claimedBy(client)
                                .askedFor(claims, request.getScope()))
                        .orElse(ClaimLimits.NONE)
                : ClaimLimits.NONE;
    }

    private static Optional<ClaimSet> claims(ClaimsReading reading) {
        return reading instanceof ClaimSet claims ? Optional.of(claims) : Optional.empty();
    }

    private static boolean isAsked(ClientModel client) {
        return ConsentSettings.asksInTheBrowser(client.getRealm())
                && ConsentSettings.of(client.getRealm()).asksFor(client);
    }
}
