package io.assent.testing.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What a server answered. */
public record Answer(String call, int status, Optional<String> contentType, HttpResponse<String> response) {

    public static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.request().method() + " " + response.request().uri().getPath(),
                response.statusCode(),
                response.headers().firstValue("Content-Type"),
                response);
    }

    public String body() {
        return response.body();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** The body, or a missing node where it is empty. */
    public JsonNode json() {
        if (body().isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return Http.JSON.readTree(body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + this, e);
        }
    }

    /** The value at a name in the body, as text; {@code ""} where there is none. */
    public String text(String name) {
        return json().path(name).asText();
    }

    /** The body, which is the answer to a call that must work. */
    public JsonNode ok() {
        if (status / 100 != 2) {
            throw new AssertionError("a success was expected: " + this);
        }
        return json();
    }

    /** The rows of a list, which is the answer to a call that must work. */
    public JsonNode list() {
        JsonNode body = ok();
        if (body.isArray()) {
            return body; // of a server from before lists were objects
        }
        for (JsonNode value : body) {
            if (value.isArray()) {
                return value;
            }
        }
        throw new AssertionError("a list was expected: " + this);
    }

    /** The OAuth error's code; {@code ""} where there is none. */
    public String error() {
        return text("error");
    }

    /** The problem's name, without {@code urn:assent:problem:}; or what is there instead. */
    public String problem() {
        return text("type").replaceFirst("^urn:assent:problem:", "");
    }

    @Override
    public String toString() {
        return call + " -> " + status + " " + contentType.orElse("") + " " + body();
    }
}
