package io.assent.registration;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;

/**
 * The caller that makes a TPP a client; it decides by which of Keycloak's own calls the realm's client policies see
 * that. What a TPP's client must be like is not the registrar's to say. Each call belongs to the transaction of the
 * session that it gets.
 */
public interface Registrar {

    /** Whether the clients are for trials alone: then a ping may go to this machine by {@code http}. */
    boolean isForTrials();

    /** Adds to a client what a form does not say, before the policies look at it. */
    void complete(ClientRepresentation wanted);

    /** What the policies look at before there is a client. */
    ClientPolicyContext before(KeycloakSession own, ClientRepresentation wanted);

    /** What they look at once there is one. */
    ClientPolicyContext after(KeycloakSession own, ClientRepresentation wanted, ClientModel client);

    /** There is a new client: marks it, and tells of it. */
    void made(KeycloakSession own, ClientRepresentation wanted, ClientModel client);
}
