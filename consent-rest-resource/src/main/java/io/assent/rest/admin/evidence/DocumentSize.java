package io.assent.rest.admin.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.server.CanonicalJson;
import java.nio.charset.StandardCharsets;

/**
 * Keeps evidence as small as who checks it reads it. An answer has up to about 100 kB, and a history has as many lines,
 * and signed confirmations, as the years bring: no size of a file is enough for all of them. The oldest go first: other
 * answers, then signed confirmations, then lines but the first; the document says how many. The answer that the consent
 * came from stays.
 */
final class DocumentSize {

    /** The verifier reads 1 MiB; the rest is for the seal and its key, a few kilobytes, and for counting. */
    static final int MOST_BYTES = 1_000_000;

    /** What stands in the place of a part: {@code null}. */
    private static final int NULL = 4;

    private final ArrayNode history;
    private long bytes;
    private int leftOut;

    private DocumentSize(ObjectNode document) {
        history = (ArrayNode) document.at("/consent/history");
        bytes = bytes(document);
    }

    static void bound(ObjectNode document) {
        DocumentSize size = new DocumentSize(document);
        size.leaveOut("answer");
        size.leaveOut("signed");
        size.leaveOutLines();
        ((ObjectNode) document.get("consent")).put("leftOut", size.leftOut);
    }

    private void leaveOut(String part) {
        for (int at = 0; at < history.size() && bytes > MOST_BYTES; at++) {
            JsonNode old = history.get(at).path(part);
            if (old.isObject()) {
                ((ObjectNode) history.get(at)).putNull(part);
                count(bytes(old) - NULL);
            }
        }
    }

    private void leaveOutLines() {
        ArrayNode kept = history.arrayNode();
        for (int at = 0; at < history.size(); at++) {
            if (at > 0 && at < history.size() - 1 && bytes > MOST_BYTES) {
                count(bytes(history.get(at)));
            } else {
                kept.add(history.get(at));
            }
        }
        history.removeAll();
        history.addAll(kept);
    }

    private void count(int saved) {
        bytes -= saved;
        leftOut++;
    }

    private static int bytes(JsonNode json) {
        return CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8).length;
    }
}
