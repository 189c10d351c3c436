package io.assent.ciba;

import io.assent.ciba.ping.PingStore;
import io.assent.consent.Consents;
import io.assent.detail.DetailTypes;
import io.assent.permission.PermissionCatalogue;
import io.assent.request.ConsentRequest;
import jakarta.ws.rs.Path;
import org.keycloak.Config;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.protocol.oidc.ext.OIDCExtProvider;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.CibaRootEndpoint;

/** Takes the place of the stock {@code ext/ciba}, to see the {@code auth_req_id} that a {@link ConsentRequest} got. */
public final class ConsentCibaRootEndpoint extends CibaRootEndpoint {

    private final KeycloakSession session;
    private int maxAuthReqId;
    private EventBuilder event;

    /** The factory. */
    public ConsentCibaRootEndpoint() {
        this(null, 0);
    }

    private ConsentCibaRootEndpoint(KeycloakSession session, int maxAuthReqId) {
        super(session);
        this.session = session;
        this.maxAuthReqId = maxAuthReqId;
    }

    /** Reads what the admin lets the token endpoint's parameters be. */
    @Override
    public void init(Config.Scope config) {
        maxAuthReqId = new OIDCProviderConfig(Config.scope("login-protocol", OIDCLoginProtocol.LOGIN_PROTOCOL))
                .getMaxLengthForTheParameter(CibaGrantType.AUTH_REQ_ID, false);
    }

    @Override
    public OIDCExtProvider create(KeycloakSession session) {
        return new ConsentCibaRootEndpoint(session, maxAuthReqId);
    }

    @Override
    public void setEvent(EventBuilder event) {
        super.setEvent(event);
        this.event = event;
    }

    @Override
    @Path("/auth")
    public BackchannelAuthenticationEndpoint authorize() {
        PermissionCatalogue permissions = new PermissionCatalogue(session);
        return new ConsentBackchannelAuthenticationEndpoint(
                session,
                event,
                PingStore.of(session),
                new WantedGrant(session, Consents.of(session), permissions),
                new AskingRules(session, permissions, DetailTypes.of(session)),
                maxAuthReqId);
    }

    /** Above the stock provider's 0. */
    @Override
    public int order() {
        return 1;
    }
}
