package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;

/**
 * What the phone signs: who said yes, on which device, to what, and what was on the screen.
 *
 * @param request as the phone fetched it
 */
record SignedDecision(String deviceId, String accessToken, JsonNode request) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int GOOD_FOR_SECONDS = 30;

    /**
     * A compact JWS, after the customer showed the phone a finger.
     *
     * @param scopes the permissions that are granted
     * @param details the authorization details that are granted, whole
     */
    String by(DeviceKey key, Collection<String> scopes, Collection<ObjectNode> details) {
        JsonNode token = Jwt.claims(accessToken);
        long now = Instant.now().getEpochSecond();
        ObjectNode claims = JSON.objectNode()
                .put("iss", deviceId)
                .put("aud", token.path("iss").asText())
                .put("sub", token.path("sub").asText())
                .put("iat", now)
                .put("exp", Math.min(now + GOOD_FOR_SECONDS, end()))
                .put("req", request.path("id").asText())
                .put("dec", "approve");
        ObjectNode granted = claims.putObject("grt");
        scopes.forEach(granted.putArray("scopes")::add);
        granted.put("details_hash", Canonical.hash(JSON.arrayNode().addAll(details)));
        claims.put("dsp", contentHash()).put("chl", request.path("challenge").asText());
        claims.putArray("amr").add("fpt");
        return key.sign("consent-decision+jwt", claims);
    }

    /** The hash of what the phone shows. It is made here, not read from the answer: else it would prove nothing. */
    String contentHash() {
        ObjectNode content = JSON.objectNode();
        content.put("text", HexFormat.of().formatHex(Canonical.sha256(words())));
        if (request.hasNonNull("bindingMessage")) {
            content.set("bindingMessage", request.path("bindingMessage"));
        }
        ArrayNode details = content.putArray("details");
        for (JsonNode detail : request.path("details")) {
            details.add(only(detail, "detail", "rows"));
        }
        return Canonical.hash(content);
    }

    private ObjectNode words() {
        ObjectNode client = only(request.path("client"), "clientId", "name");
        if (request.at("/client").hasNonNull("legalEntity")) {
            client.set("legalEntity", request.at("/client/legalEntity"));
        }
        ObjectNode words = only(request, "language");
        words.set("client", client);
        ArrayNode groups = words.putArray("groups");
        for (JsonNode group : request.path("groups")) {
            ObjectNode shown = only(group, "title", "summary");
            groups.add(shown);
            ArrayNode permissions = shown.putArray("permissions");
            for (JsonNode permission : group.path("permissions")) {
                permissions.add(only(permission, "scope", "title", "detail", "required"));
            }
        }
        return words;
    }

    private static ObjectNode only(JsonNode all, String... fields) {
        ObjectNode some = JSON.objectNode();
        for (String field : fields) {
            some.set(field, all.get(field));
        }
        return some;
    }

    /** The request's end in seconds, rounded up. */
    private long end() {
        return Instant.parse(request.path("expiresAt").asText())
                .plusNanos(999_999_999)
                .getEpochSecond();
    }
}
