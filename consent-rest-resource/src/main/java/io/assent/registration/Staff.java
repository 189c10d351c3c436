package io.assent.registration;

import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.context.AdminClientRegisterContext;
import org.keycloak.services.clientpolicy.context.AdminClientRegisteredContext;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** One of the bank's staff, as at the admin API's own call. */
record Staff(AdminAuth admin, AdminEventBuilder adminEvent) implements Registrar {

    @Override
    public boolean isForTrials() {
        return false;
    }

    @Override
    public void complete(ClientRepresentation wanted) {
        // the form says all
    }

    @Override
    public ClientPolicyContext before(KeycloakSession own, ClientRepresentation wanted) {
        return new AdminClientRegisterContext(wanted, admin);
    }

    @Override
    public ClientPolicyContext after(KeycloakSession own, ClientRepresentation wanted, ClientModel client) {
        return new AdminClientRegisteredContext(client, admin);
    }

    @Override
    public void made(KeycloakSession own, ClientRepresentation wanted, ClientModel client) {
        adminEvent
                .clone(own)
                .operation(OperationType.CREATE)
                .resource(ResourceType.CLIENT)
                .resourcePath("clients", client.getId())
                .representation(wanted)
                .success();
    }
}
