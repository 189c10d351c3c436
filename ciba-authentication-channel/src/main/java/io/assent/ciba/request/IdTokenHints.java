package io.assent.ciba.request;

import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.protocol.oidc.mappers.AbstractPairwiseSubMapper;
import org.keycloak.representations.IDToken;
import org.keycloak.util.TokenUtil;

/**
 * Believes an ID token that this realm issued to the same client (CIBA Core 1.0, section 7.1), also one that is over:
 * it names a customer, and grants nothing.
 *
 * @param issuer what the realm calls itself
 */
record IdTokenHints(KeycloakSession session, ClientModel client, String issuer, LoginHints customers) {

    HintedCustomer find(String jwt) {
        // by any key that the realm still knows
        IDToken token = session.tokens().decode(jwt, IDToken.class);
        if (token == null || !TokenUtil.TOKEN_TYPE_ID.equals(token.getType()) || !issuer.equals(token.getIssuer())) {
            return Refusal.invalidRequest("id_token_hint is not an ID token of this realm");
        }
        if (!client.getClientId().equals(token.getIssuedFor()) || !token.hasAudience(client.getClientId())) {
            return Refusal.invalidRequest("id_token_hint was not issued to this client");
        }
        if (isPairwise()) {
            return Refusal.invalidRequest("id_token_hint can't be used with a pairwise sub: send a login_hint");
        }
        return customers.byId(token.getSubject());
    }

    private boolean isPairwise() {
        return Stream.of(
                        Stream.of(client),
                        client.getClientScopes(true).values().stream(),
                        client.getClientScopes(false).values().stream())
                .flatMap(holders -> holders)
                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream)
                .anyMatch(mapper -> mapper.getProtocolMapper().endsWith(AbstractPairwiseSubMapper.PROVIDER_ID_SUFFIX));
    }
}
