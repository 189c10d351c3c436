package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bank's staff, who change permissions, on a development server, whose first admin everybody knows. */
final class Staff {

    private static final String ADMIN = "admin";
    private static final String CHANGES = "/consents/permissions/changes";

    private final Wire master;
    private final Wire wire;
    private String accessToken;

    Staff(Realm realm, Transcript transcript) {
        this.master = new Wire(new Realm(realm.base(), "master"), transcript);
        this.wire = new Wire(realm.administered(), transcript);
    }

    /** As the admin console does; its tokens are good for a minute alone, so this is done before each piece of work. */
    void logIn() throws InterruptedException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("client_id", "admin-cli");
        form.put("username", ADMIN);
        form.put("password", ADMIN);
        accessToken = master.form("/protocol/openid-connect/token", form, shown("/access_token"))
                .expect(200)
                .text("access_token");
    }

    /** Makes a client scope that customers are asked for. */
    void makePermission(String name, String words) throws InterruptedException {
        ObjectNode scope = object().put("name", name).put("protocol", "openid-connect");
        scope.putObject("attributes")
                .put("display.on.consent.screen", "true")
                .put("include.in.token.scope", "true")
                .put("consent.screen.text", words);
        call("POST", "/client-scopes", scope).expect(201);
    }

    /** @return its secret */
    String register(String clientId, String name, List<String> permissions) throws InterruptedException {
        ObjectNode tpp = object().put("clientId", clientId)
                .put("name", name)
                .put("ciba", "poll")
                .put("authentication", "client-secret");
        permissions.forEach(tpp.putArray("permissions")::add);
        return call("POST", "/consents/clients", tpp, "/clientId", "/permissions")
                .expect(200)
                .text("secret");
    }

    /** The changes in force, as they are written. */
    ObjectNode changes() throws InterruptedException {
        return call("GET", CHANGES, MissingNode.getInstance(), "/version", "/followed/done")
                .expect(200)
                .body()
                .deepCopy();
    }

    /** What changes would do, and do not do by this call: how many consents come to what. */
    JsonNode tryOut(JsonNode document) throws InterruptedException {
        ObjectNode sums = object();
        String after = "";
        while (after != null) {
            JsonNode counted = call(
                            "POST",
                            CHANGES + "/dry-run" + after,
                            document,
                            "/unchanged",
                            "/mapped",
                            "/waiting",
                            "/needsCustomer",
                            "/loses",
                            "/ends")
                    .expect(200)
                    .body();
            counted.properties().stream()
                    .filter(field -> field.getValue().isInt())
                    .forEach(field -> sums.put(
                            field.getKey(),
                            sums.path(field.getKey()).asInt() + field.getValue().asInt()));
            after = counted.hasNonNull("next")
                    ? "?after=" + counted.path("next").asText()
                    : null;
        }
        return sums;
    }

    void change(JsonNode document) throws InterruptedException {
        call("PUT", CHANGES, document, "/version").expect(200);
    }

    /** Tries to write what contradicts itself. */
    void changeInVain(JsonNode document) throws InterruptedException {
        Answer refused = call("PUT", CHANGES, document, "/title", "/detail").expect(422);
        if (!refused.text("type").equals("urn:assent:problem:invalid-change")) {
            throw new JourneyException("it was refused for another reason: " + refused.text("type"));
        }
    }

    /** Removes what was made for a journey: clients and client scopes. */
    void remove(String clientId, Set<String> permissions) throws InterruptedException {
        for (JsonNode client : call("GET", "/clients?clientId=" + clientId, MissingNode.getInstance())
                .expect(200)
                .body()) {
            call("DELETE", "/clients/" + client.path("id").asText(), MissingNode.getInstance())
                    .expect(204);
        }
        for (JsonNode scope : call("GET", "/client-scopes", MissingNode.getInstance())
                .expect(200)
                .body()) {
            if (permissions.contains(scope.path("name").asText())) {
                call("DELETE", "/client-scopes/" + scope.path("id").asText(), MissingNode.getInstance())
                        .expect(204);
            }
        }
    }

    private Answer call(String method, String path, JsonNode body, String... shown) throws InterruptedException {
        return wire.api(method, path, accessToken, body, shown(shown));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Set<String> shown(String... pointers) {
        return new LinkedHashSet<>(List.of(pointers));
    }
}
