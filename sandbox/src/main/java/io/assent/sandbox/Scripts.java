package io.assent.sandbox;

import io.assent.rest.Problem;
import io.assent.rest.Responses;
import io.assent.sandbox.unattended.Script;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** Takes the script by which a client's requests are answered; the same again changes nothing. */
record Scripts(KeycloakSession session) {

    Response take(MultivaluedMap<String, String> form) {
        ClientModel client = new CallingClient(session).authenticated();
        List<String> sent = form.getOrDefault("script", List.of());
        if (sent.size() != 1) {
            return Problem.malformedRequest("script is missing, or there more than once. Send it in a form.")
                    .toResponse();
        }
        Script.Reading read = Script.read(sent.get(0));
        if (read instanceof Script.Reading.Sound sound) {
            Script.set(client, sound, sent.get(0));
            return Responses.ok(sent.get(0));
        }
        return Problem.malformedRequest(((Script.Reading.Malformed) read).detail())
                .toResponse();
    }
}
