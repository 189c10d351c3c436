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
 * for OAuth 2.0, section 5.5), whatever grant they came by. A filter, since not every grant of the server lets others
 * add to its response.
 */
@Provider
public final class GrantIdInResponse implements ContainerResponseFilter {

    private static final String ATTRIBUTE = GrantIdInResponse.class.getName();

    static void announce(KeycloakSession session, Consent consent) {
        session.setAttribute(ATTRIBUTE, consent.id());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof AccessTokenResponse tokens) {
            KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
            String grantId = session == null ? null : session.getAttribute(ATTRIBUTE, String.class);
            if (grantId != null && tokens.getToken() != null) {
                tokens.setOtherClaims(GrantParameters.GRANT_ID, grantId);
            }
        }
    }
}
