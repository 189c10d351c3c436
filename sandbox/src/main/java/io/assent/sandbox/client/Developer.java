package io.assent.sandbox.client;

import io.assent.detail.DetailTypes;
import io.assent.detail.type.PersonalAccessFactory;
import io.assent.registration.Registrar;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ParConfig;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisteredContext;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.DefaultClientRegistrationContext;

/**
 * A developer whom nobody knows, as at Keycloak's dynamic client registration without a token. The realm's client
 * policies count; its client registration policies, which let no stranger in, don't: the sandbox lets all in.
 */
record Developer(Kind kind) implements Registrar {

    private static final Map<String, String> FAPI = Map.of(
            ParConfig.REQUIRE_PUSHED_AUTHORIZATION_REQUESTS, "true",
            OIDCConfigAttributes.DPOP_BOUND_ACCESS_TOKENS, "true",
            OIDCConfigAttributes.TOKEN_ENDPOINT_AUTH_SIGNING_ALG, "ES256");

    @Override
    public boolean isForTrials() {
        return true;
    }

    @Override
    public void complete(ClientRepresentation wanted) {
        if (kind == Kind.FAPI) {
            wanted.getAttributes().putAll(FAPI);
        }
    }

    @Override
    public ClientPolicyContext before(KeycloakSession own, ClientRepresentation wanted) {
        return new DynamicClientRegisterContext(
                call(own, wanted), null, own.getContext().getRealm());
    }

    @Override
    public ClientPolicyContext after(KeycloakSession own, ClientRepresentation wanted, ClientModel client) {
        return new DynamicClientRegisteredContext(
                call(own, wanted), client, null, own.getContext().getRealm());
    }

    private static ClientRegistrationContext call(KeycloakSession own, ClientRepresentation wanted) {
        return new DefaultClientRegistrationContext(own, wanted, null);
    }

    /** Which details it may send is the bank's word, and so no part of what was wanted. */
    @Override
    public void made(KeycloakSession own, ClientRepresentation wanted, ClientModel client) {
        client.setAttribute(MadeClients.MARK, "true");
        client.setAttribute(
                DetailTypes.ATTRIBUTE,
                DetailTypes.of(own).names().stream()
                        // which customers read as their own
                        .filter(name -> !name.equals(PersonalAccessFactory.TYPE))
                        .collect(Collectors.joining(" ")));
        new EventBuilder(own.getContext().getRealm(), own, own.getContext().getConnection())
                .event(EventType.CLIENT_REGISTER)
                .client(client.getClientId())
                .success();
    }
}
