package io.assent.testing.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.util.Base64;
import java.util.HexFormat;

/** Makes a {@code contentHash} of what the answer shows, and never of the hash in it. */
public final class ContentHash {

    /** @param request as {@code GET /requests/{id}} answers it, or a consent as {@code GET /consents/{id}} does */
    public static String of(JsonNode request) {
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
        ObjectNode content = Http.object().put("text", HexFormat.of().formatHex(Canonical.hash(words)));
        if (request.hasNonNull("bindingMessage")) {
            content.set("bindingMessage", request.get("bindingMessage"));
        }
        ArrayNode details = content.putArray("details");
        request.get("details").forEach(detail -> copy(detail, details.addObject(), "detail", "rows"));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Canonical.hash(content));
    }

    private static void copy(JsonNode from, ObjectNode to, String... fields) {
        for (String field : fields) {
            to.set(field, from.get(field));
        }
    }

    private ContentHash() {}
}
