package io.assent.rest.tpp;

import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.rest.Bearer;
import io.assent.rest.CallLimit;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.rest.Uuids;
import io.assent.server.ServerTime;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** What customers granted to the client that calls (Grant Management for OAuth 2.0, draft 03, section 6). */
@Produces(MediaType.APPLICATION_JSON)
public class GrantsResource {

    private final KeycloakSession session;
    private final Consents consents;
    private final CallLimit calls;

    public GrantsResource(KeycloakSession session, Consents consents, CallLimit calls) {
        this.session = session;
        this.consents = consents;
        this.calls = calls;
    }

    @GET
    @Path("{id}")
    public Response query(@PathParam("id") String id) {
        ClientModel client = caller(GrantManagement.QUERY_SCOPE);
        Consent consent = consents.findLive(client.getRealm().getId(), client.getId(), uuid(id))
                .orElseThrow(() -> unknown().toException());
        return Responses.ok(GrantView.of(consent, consents.history(consent), ServerTime.now()));
    }

    @DELETE
    @Path("{id}")
    public Response revoke(@PathParam("id") String id) {
        ClientModel client = caller(GrantManagement.REVOKE_SCOPE);
        consents.giveBack(client.getRealm().getId(), client.getId(), uuid(id))
                .orElseThrow(() -> unknown().toException());
        return Responses.noContent();
    }

    /** The client that the access token was issued to, be it for itself or for a customer. */
    private ClientModel caller(String scope) {
        ClientModel client = Bearer.withScope(session, scope).client();
        if (client.isPublicClient()) {
            throw Problem.publicClient("A public client can't manage grants: it has no credential.")
                    .toException();
        }
        calls.refuseExcess(client.getRealm().getId() + " " + client.getId(), () -> {});
        return client;
    }

    private static String uuid(String id) {
        return Uuids.normalized(id).orElseThrow(() -> unknown().toException());
    }

    /** Another client's, one that ended, and one that never was are not told apart. */
    private static Problem unknown() {
        return Problem.notFound("The client has no such grant.");
    }
}
