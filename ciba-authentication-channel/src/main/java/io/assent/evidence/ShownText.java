package io.assent.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.permission.Permission;
import io.assent.permission.PermissionGroup;
import io.assent.permission.RequestingClient;
import io.assent.server.CanonicalJson;
import io.assent.server.Sha256;
import java.util.List;
import java.util.Objects;

/**
 * The words that a customer was shown before answering: who asks, and for what. Says nothing about the customer, so
 * that many answers share one.
 *
 * @param content a JSON object with {@code language}, {@code client} and {@code groups}, in canonical form (RFC 8785)
 */
public record ShownText(String content) {

    public ShownText {
        Objects.requireNonNull(content);
    }

    /** @param language the language tag of the words */
    public static ShownText of(RequestingClient client, List<PermissionGroup> groups, String language) {
        ObjectNode shown = object();
        shown.put("language", language);
        ObjectNode who = object().put("clientId", client.clientId()).put("name", client.name());
        if (client.legalEntity() != null) {
            who.put("legalEntity", client.legalEntity());
        }
        shown.set("client", who);
        ArrayNode all = shown.putArray("groups");
        groups.forEach(group -> all.add(json(group)));
        return new ShownText(CanonicalJson.of(shown));
    }

    private static ObjectNode json(PermissionGroup group) {
        ObjectNode json = object().put("title", group.title()).put("summary", group.summary());
        ArrayNode all = json.putArray("permissions");
        group.permissions().forEach(permission -> all.add(json(permission)));
        return json;
    }

    private static ObjectNode json(Permission permission) {
        return object().put("scope", permission.scope())
                .put("title", permission.title())
                .put("detail", permission.detail())
                .put("required", permission.required());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** By it an answer names the text: the SHA-256 of the content in UTF-8, 64 hexadecimal digits. */
    public String hash() {
        return Sha256.of(content);
    }
}
