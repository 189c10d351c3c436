package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A line of the history that the customer signed: a yes again to the consent, with all that was shown then. */
final class Confirmation {

    private static final List<String> OBJECTS = List.of("/signed/shown", "/signed/shownContent", "/signed/signature");
    private static final List<String> TEXTS = List.of("/signed/challenge", "/signed/contentHash");
    private static final List<String> TIMES = List.of("/at", "/signed/askedAt", "/signed/expiresAt");

    /** What is not of its form in the lines that are signed; empty where nothing is. */
    static Optional<String> flaw(JsonNode history) {
        return signed(history).flatMap(line -> flawed(line).stream()).findFirst();
    }

    private static Optional<String> flawed(JsonNode line) {
        List<String> flawed = new ArrayList<>();
        if (!line.path("type").asText().equals("confirmed")) {
            flawed.add("/type");
        }
        if (!line.path("grantedScopes").isArray()) {
            flawed.add("/grantedScopes");
        }
        OBJECTS.stream().filter(at -> !line.at(at).isObject()).forEach(flawed::add);
        TEXTS.stream().filter(at -> !line.at(at).isTextual()).forEach(flawed::add);
        TIMES.stream().filter(at -> !Document.isTime(line.at(at))).forEach(flawed::add);
        return flawed.stream()
                .findFirst()
                .map(at -> at + " of a confirmation that is signed is missing, or not of its form.");
    }

    /** Each as the answer to a question of its own, which asks for what the consent grants and was shown with it. */
    static List<Document> of(Document document) {
        return signed(document.at("/consent/history"))
                .map(line -> new Document(answer(document, line)))
                .toList();
    }

    private static Stream<JsonNode> signed(JsonNode history) {
        return StreamSupport.stream(history.spliterator(), false)
                .filter(line -> !line.path("signed").isMissingNode()
                        && !line.path("signed").isNull());
    }

    private static ObjectNode answer(Document document, JsonNode line) {
        JsonNode signed = line.get("signed");
        ArrayNode details = JsonNodeFactory.instance.arrayNode();
        signed.at("/shownContent/details").forEach(detail -> details.add(detail.path("detail")));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode request = json.putObject("request");
        request.set("id", document.at("/consent/id"));
        request.set("customerId", document.at("/request/customerId"));
        request.set("customerRemoved", document.at("/request/customerRemoved"));
        request.set("challenge", signed.get("challenge"));
        request.set("askedAt", signed.get("askedAt"));
        request.set("expiresAt", signed.get("expiresAt"));
        request.set("askedScopes", line.get("grantedScopes"));
        request.set("askedDetails", details);
        ObjectNode decision = json.putObject("decision").put("decision", "approve");
        decision.set("decidedAt", line.get("at"));
        decision.set("grantedScopes", line.get("grantedScopes"));
        decision.set("grantedDetails", details);
        for (String same : List.of("shown", "shownContent", "contentHash", "signature")) {
            json.set(same, signed.get(same));
        }
        return json;
    }

    private Confirmation() {}
}
