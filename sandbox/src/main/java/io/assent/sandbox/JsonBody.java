package io.assent.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.rest.Problem;

/** A request's body, of which the sandbox only ever needs one string. */
record JsonBody(String text) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The longest body that is read, in characters. */
    static final int MAX_BODY_LENGTH = 64 * 1024;

    private static final int MAX_LENGTH = 4096;

    /** The member's value; a problem if the body is not an object, or the member no short, non-blank string. */
    String string(String member) {
        JsonNode value = parse().path(member);
        if (!value.isTextual()
                || value.textValue().isBlank()
                || value.textValue().length() > MAX_LENGTH) {
            throw malformed("The body must be a JSON object with the string \"" + member + "\", of at most "
                    + MAX_LENGTH + " characters.");
        }
        return value.textValue();
    }

    private JsonNode parse() {
        if (text != null && text.length() > MAX_BODY_LENGTH) {
            throw malformed("A body has at most " + MAX_BODY_LENGTH + " characters.");
        }
        try {
            return JSON.readTree(text == null ? "" : text);
        } catch (JsonProcessingException e) {
            throw malformed("The body is not JSON.");
        }
    }

    private static RuntimeException malformed(String detail) {
        return Problem.malformedRequest(detail).toException();
    }
}
