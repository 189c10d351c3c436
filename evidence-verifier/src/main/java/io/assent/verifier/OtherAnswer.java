package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An answer in the history, by which the customer granted more, or anew, with all that is kept of it. */
final class OtherAnswer {

    /** What the bank asked by itself is granted at once, by the names that it was asked by. */
    private static final String AMENDMENT = "amendment";

    /** How far the clocks of two nodes are apart, of which one took the answer and the other one granted by it. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    /** What is not of its form in the lines that have one; empty where nothing is. */
    static Optional<String> flaw(JsonNode history) {
        return answered(history).flatMap(line -> flawOf(line).stream()).findFirst();
    }

    private static Optional<String> flawOf(JsonNode line) {
        if (!line.path("type").asText().equals("granted")) {
            return Optional.of("A line of the history has an answer, and granted nothing.");
        }
        if (!Document.isTime(line.path("at"))) {
            return Optional.of("/at of a line of the history that has an answer is missing, or not of its form.");
        }
        return Document.flawOfAnswer(line.get("answer"))
                .map(at -> at + " of an answer in the history is missing, or not of its form.");
    }

    /** Each as a document of its own. */
    static List<Document> of(Document document) {
        return answered(document.at("/consent/history"))
                .map(line -> new Document((ObjectNode) line.get("answer")))
                .toList();
    }

    /** What contradicts the rest of the document; empty where nothing does. */
    static Optional<String> contradiction(Document document) {
        Set<String> requests = new HashSet<>();
        document.text("/request/id").ifPresent(requests::add);
        return answered(document.at("/consent/history"))
                .flatMap(line -> contradiction(document, line, requests).stream())
                .findFirst();
    }

    /** @param requests the ids of those that were answered before; this one's is there from then on */
    private static Optional<String> contradiction(Document document, JsonNode line, Set<String> requests) {
        Document answer = new Document((ObjectNode) line.get("answer"));
        if (!answer.text("/request/customerId").equals(document.text("/request/customerId"))
                || !answer.text("/request/client/id").equals(document.text("/request/client/id"))) {
            return Optional.of("An answer in the history is another customer's, or was given to another client.");
        }
        if (answer.customerRemoved() != document.customerRemoved()) {
            return Optional.of("An answer in the history says something else of whether its customer was removed.");
        }
        if (!requests.add(answer.text("/request/id").orElseThrow())) {
            return Optional.of("An answer in the history is the answer to a request that was answered already.");
        }
        Instant granted = Instant.parse(line.path("at").textValue());
        if (answer.time("/decision/decidedAt").isAfter(granted.plus(CLOCKS))) {
            return Optional.of("An answer in the history was given after the consent granted something by it.");
        }
        if (!answer.approved()) {
            return Optional.of("An answer in the history granted something, and is a denial.");
        }
        Set<String> names = new TreeSet<>();
        line.path("grantedScopes").forEach(name -> names.add(name.asText()));
        return answer.text("/request/channel").equals(Optional.of(AMENDMENT))
                        && !names.containsAll(answer.names("/decision/grantedScopes"))
                ? Optional.of("What the customer granted on top is not what the consent granted from then on.")
                : Optional.empty();
    }

    private static Stream<JsonNode> answered(JsonNode history) {
        return StreamSupport.stream(history.spliterator(), false)
                .filter(line -> line.path("answer").isObject());
    }

    private OtherAnswer() {}
}
