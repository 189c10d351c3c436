package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a server answered. */
record Answer(int status, JsonNode body) {

    Answer expect(int... statuses) {
        for (int expected : statuses) {
            if (status == expected) {
                return this;
            }
        }
        throw new JourneyException("the server answered " + status + reason());
    }

    String text(String field) {
        JsonNode value = body.path(field);
        if (!value.isValueNode()) {
            throw new JourneyException("the answer lacks " + field);
        }
        return value.asText();
    }

    /** The OAuth error code, or an empty string. */
    String error() {
        return body.path("error").asText();
    }

    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        body.properties().forEach(field -> texts.put(field.getKey(), text(field.getValue())));
        return texts;
    }

    static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private String reason() {
        for (String field : new String[] {"detail", "error_description", "error"}) {
            if (body.hasNonNull(field)) {
                return ": " + body.path(field).asText();
            }
        }
        return "";
    }
}
