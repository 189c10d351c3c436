package io.assent.safeguard;

import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * An authorization request as the realm's client policies see it: the permissions that carry its claims are asked for.
 */
final class ClaimedRequest extends AuthorizationRequestContext {

    private final String scope;

    /** @param scope with those permissions */
    ClaimedRequest(AuthorizationRequestContext sent, String scope) {
        super(
                sent.getParsedResponseType(),
                sent.getAuthorizationEndpointRequest(),
                sent.getRedirectUri(),
                sent.getRequestParameters(),
                sent.getAuthenticationSession());
        this.scope = scope;
    }

    @Override
    public String getScopeParameter() {
        return scope;
    }
}
