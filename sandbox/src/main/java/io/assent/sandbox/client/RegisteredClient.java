package io.assent.sandbox.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.sandbox.client.MadeClients.Result.Made;
import java.util.stream.Collectors;

/** A client that was made, with what its developer needs to be it. Nobody is told the secret again. */
public record RegisteredClient(ClientWanted wanted, Made made) {

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("clientId", made.form().clientId())
                .put("kind", wanted.kind().word())
                .put("name", made.form().name());
        made.secret().ifPresent(secret -> json.put("secret", secret));
        wanted.key().ifPresent(key -> json.put("kid", key.id()));
        wanted.redirectUri().ifPresent(uri -> json.put("redirectUri", uri));
        made.form().notificationEndpoint().ifPresent(endpoint -> json.put("notificationEndpoint", endpoint));
        return json.put("scope", made.form().scopes().stream().sorted().collect(Collectors.joining(" ")));
    }

    /** Without the secret: nobody prints it by chance. */
    @Override
    public String toString() {
        return "RegisteredClient[" + made.form().clientId() + "]";
    }
}
