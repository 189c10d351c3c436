package io.assent.sandbox;

import io.assent.rest.JsonBody;
import io.assent.rest.OpenBodies;
import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.sandbox.client.ClientWanted;
import io.assent.sandbox.client.MadeClients;
import io.assent.sandbox.client.MadeClients.Result;
import io.assent.sandbox.client.RegisteredClient;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;

/**
 * Registers a client for a developer who has none yet, and so for anybody. Its body is JSON, which no page of another
 * site can send.
 */
record ClientMaking(KeycloakSession session) {

    Response make(InputStream body) {
        OpenBodies.sentBy(session, session.getContext().getConnection().getRemoteHost());
        ClientWanted wanted = ClientWanted.read(JsonBody.read(session, body));
        wanted.flaw().ifPresent(flaw -> {
            throw Problem.malformedRequest(flaw).toException();
        });
        Result result = new MadeClients(session, session.getContext().getRealm()).register(wanted);
        if (result instanceof Result.Made made) {
            return Responses.of(
                    Response.Status.CREATED,
                    new RegisteredClient(wanted, made).toJson().toString());
        }
        if (result instanceof Result.Refused refused) {
            throw Problem.invalidRegistration(
                            refused.why().flaw(), refused.why().reason())
                    .toException();
        }
        throw new Problem(
                        "urn:assent:problem:too-many-clients",
                        "The realm has enough clients",
                        409,
                        "The sandbox makes " + MadeClients.MOST
                                + " clients in a realm at the most. Start over with a client of the realm, or use one that"
                                + " you have.")
                .toException();
    }
}
