package io.assent.token;

import io.assent.consent.Consent;
import io.assent.consent.GrantParameters;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Puts the {@code grant_id} of the consent that tokens are tied to beside them in the token response (Grant Management
 * for OAuth 2.0, section 5.5), and the {@code authorization_details} that were granted (RFC 9396, section 7), whatever
 * grant they came by. A filter, since not every grant of the server lets others add to its response. What details are
 * good for once is one token: there is no refresh token beside it, which the server made before it was known.
 */
@Provider
public final class GrantInResponse implements ContainerResponseFilter {

    private static final String ATTRIBUTE = GrantInResponse.class.getName();

    /** @param once whether a detail is good for this token alone: then there is no refresh token */
    static void announce(KeycloakSession session, Consent consent, TokenDetails details, boolean once) {
        session.setAttribute(ATTRIBUTE, new Grant(consent.id(), details, once));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof AccessTokenResponse tokens) {
            KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
            Grant grant = session == null ? null : session.getAttribute(ATTRIBUTE, Grant.class);
            if (grant != null && tokens.getToken() != null) {
                tokens.setOtherClaims(GrantParameters.GRANT_ID, grant.id());
                if (!grant.details().details().isEmpty()) {
                    tokens.setAuthorizationDetails(grant.details().toClaim());
                }
                if (grant.once()) {
                    tokens.setRefreshToken(null);
                    tokens.setRefreshExpiresIn(0);
                }
            }
        }
    }

    private record Grant(String id, TokenDetails details, boolean once) {}
}
