package io.assent.screen.partner;

import io.assent.partner.PartnerAccess;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Makes {@link ConnectPartnerAction}. In the console: <i>Authentication</i>, <i>Required actions</i>, <i>Connect a
 * partner</i>.
 */
public final class ConnectPartnerActionFactory implements RequiredActionFactory {

    /** Also what an app names as {@code kc_action}, with the access's id behind a colon. */
    public static final String PROVIDER_ID = PartnerAccess.ACTION;

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayText() {
        return "Connect a partner";
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new ConnectPartnerAction(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
