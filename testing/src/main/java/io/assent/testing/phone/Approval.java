package io.assent.testing.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.http.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What a customer grants of a request.
 *
 * @param scopes the permissions
 * @param details the authorization details, each with the accounts that were chosen
 */
public record Approval(List<String> scopes, List<JsonNode> details) {

    public Approval {
        scopes = List.copyOf(scopes);
        details = List.copyOf(details);
    }

    /**
     * All that is asked for; of accounts, where one has to be chosen, the first.
     *
     * @param request as {@code GET /requests/{id}} answers it
     */
    public static Approval ofAll(JsonNode request) {
        List<String> scopes = new ArrayList<>();
        for (JsonNode permissions : request.get("groups").findValues("permissions")) {
            permissions.forEach(permission -> scopes.add(permission.get("scope").asText()));
        }
        List<JsonNode> details = StreamSupport.stream(request.get("details").spliterator(), false)
                .map(Approval::chosen)
                .toList();
        return new Approval(scopes, details);
    }

    private static JsonNode chosen(JsonNode asked) {
        JsonNode detail = asked.get("detail");
        JsonNode accounts = asked.get("accounts");
        if (accounts.isNull()
                || !accounts.get("required").asBoolean()
                || accounts.get("choices").isEmpty()) {
            return detail;
        }
        ObjectNode account =
                Http.object().put("id", accounts.at("/choices/0/id").asText());
        ObjectNode chosen = detail.deepCopy();
        String field = accounts.get("field").asText();
        if (accounts.get("many").asBoolean()) {
            chosen.putArray(field).add(account);
        } else {
            chosen.set(field, account);
        }
        return chosen;
    }

    /** The body of {@code PUT /requests/{id}/decision}. */
    public ObjectNode body() {
        ObjectNode body = Http.object().put("decision", "approve");
        if (!scopes.isEmpty()) {
            scopes.forEach(body.withArrayProperty("grantedScopes")::add);
        }
        if (!details.isEmpty()) {
            body.putArray("grantedDetails").addAll(details);
        }
        return body;
    }
}
