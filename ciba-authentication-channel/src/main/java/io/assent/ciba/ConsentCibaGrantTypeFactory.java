package io.assent.ciba;

import io.assent.consent.Consents;
import io.assent.permission.PermissionCatalogue;
import io.assent.request.ConsentRequests;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantTypeFactory;

/** Puts {@link ConsentCibaGrantType} in the place of the stock CIBA grant, in every realm and with no setting. */
public final class ConsentCibaGrantTypeFactory extends CibaGrantTypeFactory {

    @Override
    public OAuth2GrantType create(KeycloakSession session) {
        PermissionCatalogue permissions = new PermissionCatalogue(session);
        Consents consents = Consents.of(session);
        return new ConsentCibaGrantType(
                ConsentRequests.of(session), consents, permissions, new WantedGrant(session, consents, permissions));
    }

    /** Above the stock grant's 0. */
    @Override
    public int order() {
        return 1;
    }
}
