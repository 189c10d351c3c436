package io.assent.detail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.server.CanonicalJson;
import java.util.Objects;

/**
 * One authorization detail (RFC 9396, section 2), immutable. Two are equal when they say the same, in whatever order.
 *
 * @param type its type
 * @param json the whole of it, in canonical form (RFC 8785)
 */
public record Detail(String type, String json) {

    public Detail {
        Objects.requireNonNull(type);
        Objects.requireNonNull(json);
    }

    static Detail of(ObjectNode content) {
        return new Detail(content.path(DetailJson.TYPE).asText(), CanonicalJson.of(content));
    }

    /** A copy of what it says. */
    public ObjectNode content() {
        return DetailJson.object(json);
    }
}
