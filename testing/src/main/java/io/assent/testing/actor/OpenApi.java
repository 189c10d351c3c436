package io.assent.testing.actor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The description of the consent API that a server publishes, and what it allows. */
public final class OpenApi {

    private static final String PATH = "/consent/v1/openapi.json";

    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    public OpenApi(JsonNode document) {
        this.document = document;
    }

    static OpenApi servedBy(Realm realm) {
        return new OpenApi(Http.send(Http.request(realm.uri(PATH))).ok());
    }

    public JsonNode document() {
        return document;
    }

    /** Fails where the answer is one that the description does not know of, or that says that the server failed. */
    void check(String method, String path, Answer answer) {
        check(method, path, answer, String.valueOf(answer.status()));
    }

    /** Fails where the answer, which says that the server failed, is not one that the description knows of. */
    void checkFailure(String method, String path, Answer answer) {
        check(method, path, answer, answer.status() / 100 + "XX");
    }

    private void check(String method, String path, Answer answer, String response) {
        JsonNode documented = resolve(operation(method, path).path("responses").path(response));
        assertThat(documented.isObject())
                .as("status %s of %s %s is documented; %s", answer.status(), method, path, answer)
                .isTrue();
        JsonNode content = documented.path("content");
        if (content.isMissingNode() || content.isEmpty()) {
            assertThat(answer.body()).as("documented as empty: %s", answer).isEmpty();
            return;
        }
        String mediaType = answer.contentType().orElse("none").split(";")[0].trim();
        assertThat(content.has(mediaType))
                .as("content type %s is documented for %s", mediaType, answer)
                .isTrue();
        List<Error> errors = schema(content.get(mediaType).get("schema")).validate(answer.body(), InputFormat.JSON);
        assertThat(errors).as("as documented: %s", answer).isEmpty();
        for (Map.Entry<String, JsonNode> header : documented.path("headers").properties()) {
            assertThat(answer.header(header.getKey()))
                    .as("documented header %s of %s", header.getKey(), answer)
                    .isPresent();
        }
    }

    /** Whether a body is one that the description allows an app to send. */
    public boolean allows(String method, String path, String body) {
        return schema(requestSchema(method, path))
                .validate(body, InputFormat.JSON)
                .isEmpty();
    }

    /** What is wrong with a value, by a schema of this description. */
    public List<Error> errors(JsonNode schema, JsonNode value) {
        return schema(schema).validate(value.toString(), InputFormat.JSON);
    }

    /** The schema of an operation's body. */
    public JsonNode requestSchema(String method, String path) {
        JsonNode body = resolve(operation(method, path).path("requestBody"));
        return resolve(body.path("content").path("application/json").path("schema"));
    }

    /** A documented parameter of an operation, which may be documented with its path. */
    public JsonNode parameter(String method, String path, String name) {
        for (JsonNode holder : List.of(operation(method, path), pathItem(path))) {
            for (JsonNode entry : holder.path("parameters")) {
                JsonNode parameter = resolve(entry);
                if (parameter.path("name").asText().equals(name)) {
                    return parameter;
                }
            }
        }
        throw new AssertionError("parameter " + name + " of " + method + " " + path + " is not documented");
    }

    /** An operation by its method and the end of its path. */
    public JsonNode operation(String method, String path) {
        JsonNode operation = pathItem(path).path(method.toLowerCase(Locale.ROOT));
        assertThat(operation.isObject()).as("%s %s is documented", method, path).isTrue();
        return operation;
    }

    /** The node that a {@code $ref} leads to; anything else is itself. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? resolve(document.at(node.get("$ref").asText().substring(1))) : node;
    }

    private JsonNode pathItem(String path) {
        for (Map.Entry<String, JsonNode> entry : document.get("paths").properties()) {
            if (entry.getKey().endsWith(path)) {
                return entry.getValue();
            }
        }
        throw new AssertionError(path + " is not documented");
    }

    private Schema schema(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), text -> {
            ObjectNode standalone = Http.parse(text);
            standalone.set("components", document.path("components").deepCopy());
            closeObjects(standalone);
            return registry.getSchema(standalone.toString(), InputFormat.JSON);
        });
    }

    /** What the description does not mention is not allowed: otherwise any new field would pass unnoticed. */
    private static void closeObjects(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.has("allOf")) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApi::closeObjects);
    }
}
