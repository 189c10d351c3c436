package io.assent.it.detail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Makes a request's {@code contentHash} as the API's description says, of the API's answer alone. */
final class ContentHash {

    static String of(JsonNode request) {
        ObjectNode words = Http.object();
        words.set("language", request.get("language"));
        ObjectNode client = words.putObject("client");
        copy(request.get("client"), client, "clientId", "name", "legalEntity");
        if (client.get("legalEntity").isNull()) {
            client.remove("legalEntity");
        }
        ArrayNode groups = words.putArray("groups");
        request.get("groups").forEach(group -> {
            ObjectNode one = groups.addObject();
            copy(group, one, "title", "summary");
            ArrayNode permissions = one.putArray("permissions");
            group.get("permissions")
                    .forEach(permission ->
                            copy(permission, permissions.addObject(), "scope", "title", "detail", "required"));
        });
        ObjectNode content = Http.object().put("text", HexFormat.of().formatHex(sha256(canonical(words))));
        if (!request.get("bindingMessage").isNull()) {
            content.set("bindingMessage", request.get("bindingMessage"));
        }
        ArrayNode details = content.putArray("details");
        request.get("details").forEach(detail -> copy(detail, details.addObject(), "detail", "rows"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(canonical(content)));
    }

    private static void copy(JsonNode from, ObjectNode to, String... fields) {
        for (String field : fields) {
            to.set(field, from.get(field));
        }
    }

    /** RFC 8785, as far as there are no fractions. */
    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
            return fields.entrySet().stream()
                    .map(field ->
                            Http.JSON.getNodeFactory().textNode(field.getKey()) + ":" + canonical(field.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(ContentHash::canonical)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return node.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentHash() {}
}
