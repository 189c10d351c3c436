package io.assent.rest.admin.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.keycloak.util.JsonSerialization;

/** Parts of documents. */
final class Json {

    static ArrayNode sorted(Collection<String> names) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        names.stream().sorted().forEach(json::add);
        return json;
    }

    /** What the pack wrote itself. */
    static JsonNode read(String json) {
        try {
            return JsonSerialization.mapper.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Json() {}
}
