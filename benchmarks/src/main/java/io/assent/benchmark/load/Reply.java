package io.assent.benchmark.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An answer, which counts only if it is the one that was to be expected.
 *
 * @param location where a browser is sent, or {@code null}
 * @param cookies that a browser is to keep, each as its header says
 */
public record Reply(int status, String location, List<String> cookies, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The answer, if it has this status; otherwise the run is over. */
    public Reply expect(int expected, String what) {
        if (status != expected) {
            throw new UnexpectedReply(what + " was answered " + status + " instead of " + expected + ": " + text());
        }
        return this;
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UnexpectedReply("not JSON: " + text());
        }
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
