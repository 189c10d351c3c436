package io.assent.rest.admin.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.server.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The largest evidence is one that the verifier reads. */
class DocumentSizeTest {

    /** What the verifier reads: {@code SmallFile} of the module evidence-verifier. */
    private static final int VERIFIER_READS = 1 << 20;

    private static final int SEAL = 8_192;

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Of which each character has more bytes than one. */
    private static ObjectNode part(int bytes) {
        return object().put("text", "\u00fc".repeat(bytes / 2));
    }

    private static ObjectNode document(int lines, int answerBytes, int signedBytes) {
        ObjectNode document = object().put("format", "assent-evidence/1");
        document.set("shown", part(100_000));
        ArrayNode history = document.putObject("consent").putArray("history");
        for (int at = 0; at < lines; at++) {
            ObjectNode line = history.addObject().put("at", at);
            line.set("answer", at % 2 == 0 && answerBytes > 0 ? part(answerBytes) : null);
            line.set("signed", at % 2 == 1 && signedBytes > 0 ? part(signedBytes) : null);
        }
        DocumentSize.bound(document);
        return document;
    }

    private static void assertIsRead(ObjectNode document) {
        assertThat(CanonicalJson.of(document).getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(VERIFIER_READS - SEAL);
        assertThat(document.at("/shown/text").asText()).hasSize(50_000);
    }

    /** The places of the lines that have such a part. */
    private static List<Integer> having(ObjectNode document, String part) {
        JsonNode history = document.at("/consent/history");
        return IntStream.range(0, history.size())
                .filter(at -> history.get(at).get(part).isObject())
                .boxed()
                .toList();
    }

    @Test
    void whatFitsStaysAsItIs() {
        ObjectNode document = document(8, 50_000, 50_000);

        assertIsRead(document);
        assertThat(document.at("/consent/leftOut").asInt()).isZero();
        assertThat(having(document, "answer")).containsExactly(0, 2, 4, 6);
    }

    @Test
    void ofFiftyLargeAnswersTheNewestStay() {
        ObjectNode document = document(100, 100_000, 10);

        assertIsRead(document);
        assertThat(having(document, "answer")).containsExactly(84, 86, 88, 90, 92, 94, 96, 98);
        assertThat(having(document, "signed")).hasSize(50);
        assertThat(document.at("/consent/leftOut").asInt()).isEqualTo(42);
    }

    @Test
    void signedConfirmationsAreLeftOutOnceNoAnswerIsThere() {
        ObjectNode document = document(200, 10, 20_000);

        assertIsRead(document);
        assertThat(having(document, "answer")).isEmpty();
        assertThat(having(document, "signed")).last().isEqualTo(199);
        assertThat(document.at("/consent/history")).hasSize(200);
    }

    @Test
    void ofTooManyLinesTheFirstAndTheNewestStay() {
        ObjectNode document = document(60_000, 0, 0);

        assertIsRead(document);
        JsonNode history = document.at("/consent/history");
        assertThat(history.get(0).get("at").asInt()).isZero();
        assertThat(history.get(history.size() - 1).get("at").asInt()).isEqualTo(59_999);
        assertThat(history.size() + document.at("/consent/leftOut").asInt()).isEqualTo(60_000);
    }
}
