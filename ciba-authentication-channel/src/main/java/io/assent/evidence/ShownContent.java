package io.assent.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.DetailRow;
import io.assent.detail.ShownDetail;
import io.assent.server.CanonicalJson;
import io.assent.server.Sha256;
import java.util.List;
import java.util.Objects;

/**
 * All that a customer is shown before answering: the words, which many requests share, and what is this request's own.
 *
 * @param text the words: who asks, and for which permissions
 * @param json a JSON object in canonical form (RFC 8785): {@code text}, the hash of the words; {@code bindingMessage},
 *     where there is one; and {@code details}, of each its {@code detail} and the {@code rows} that are read
 */
public record ShownContent(ShownText text, String json) {

    public ShownContent {
        Objects.requireNonNull(text);
        Objects.requireNonNull(json);
    }

    /** @param bindingMessage or {@code null} */
    public static ShownContent of(ShownText text, List<ShownDetail> details, String bindingMessage) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode().put("text", text.hash());
        if (bindingMessage != null) {
            shown.put("bindingMessage", bindingMessage);
        }
        ArrayNode all = shown.putArray("details");
        details.forEach(detail -> {
            ObjectNode one = all.addObject();
            one.set("detail", detail.detail().content());
            ArrayNode rows = one.putArray("rows");
            detail.rows().forEach(row -> add(rows, row));
        });
        return new ShownContent(text, CanonicalJson.of(shown));
    }

    private static void add(ArrayNode rows, DetailRow row) {
        rows.addObject().put("label", row.label()).put("value", row.value()).put("emphasis", row.emphasis());
    }

    /** By it an app, a token and the history name what was shown: the SHA-256 of the JSON, as base64url. */
    public String hash() {
        return Sha256.base64Url(json);
    }
}
