package io.assent.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * A JSON object in a request's body, read field by field: nothing is converted, guessed or passed over, and what is
 * wrong is said without repeating values.
 */
public final class JsonBody {

    /** The largest body, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The largest number of permissions in a selection. */
    public static final int MAX_SCOPES = 200;

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // a number that is passed on is the one that was sent
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final JsonNode json;
    private final byte[] bytes;
    private final Set<String> known = new HashSet<>();

    private JsonBody(JsonNode json, byte[] bytes) {
        this.json = json;
        this.bytes = bytes;
    }

    public static JsonBody read(KeycloakSession session, InputStream body) {
        refuseOther(session);
        return parse(bytes(session, body));
    }

    /** The same where a call need not have a body: empty where it has none. */
    public static Optional<JsonBody> readIfSent(KeycloakSession session, InputStream body) {
        byte[] bytes = bytes(session, body);
        if (bytes.length == 0) {
            return Optional.empty();
        }
        refuseOther(session);
        return Optional.of(parse(bytes));
    }

    private static void refuseOther(KeycloakSession session) {
        if (!ContentType.isJson(session)) {
            throw ContentType.notJson().toException();
        }
    }

    private static byte[] bytes(KeycloakSession session, InputStream body) {
        try {
            byte[] bytes = OpenBodies.read(session, body, MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw Problem.contentTooLarge("A body has at most " + MAX_BYTES + " bytes.")
                        .toException();
            }
            return bytes;
        } catch (IOException broken) {
            throw malformed("The body did not arrive whole.");
        }
    }

    private static JsonBody parse(byte[] bytes) {
        try {
            JsonNode json = READER.readValue(bytes);
            if (!json.isObject()) {
                throw malformed("The body must be a JSON object.");
            }
            return new JsonBody(json, bytes);
        } catch (JsonProcessingException notJson) {
            throw malformed("The body is not valid JSON, or names a field twice.");
        } catch (IOException broken) {
            throw malformed("The body did not arrive whole.");
        }
    }

    public String text(String name, TextRule rule) {
        return find(name)
                .map(value -> text(value, "'" + name + "'", rule))
                .orElseThrow(() -> malformed("'" + name + "' is missing."));
    }

    /** @return {@code null} where the field is absent or {@code null} */
    public String textOrNull(String name, TextRule rule) {
        return find(name)
                .filter(value -> !value.isNull())
                .map(value -> text(value, "'" + name + "'", rule))
                .orElse(null);
    }

    /** Whether the field is there, and be it {@code null}. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /** @return {@code false} where the field is absent */
    public boolean flag(String name) {
        return find(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw malformed("'" + name + "' must be true or false.");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    public int number(String name, int least, int most) {
        JsonNode value = find(name).orElseThrow(() -> malformed("'" + name + "' is missing."));
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw malformed("'" + name + "' must be a whole number from " + least + " to " + most + ".");
        }
        return value.intValue();
    }

    /** Objects in the body, each to be read like it. */
    public List<JsonBody> objects(String name, int most) {
        JsonNode array = find(name).orElseThrow(() -> malformed("'" + name + "' is missing."));
        List<JsonBody> objects = new ArrayList<>();
        array.forEach(value -> objects.add(new JsonBody(value, bytes)));
        if (!array.isArray() || array.size() > most || !objects.stream().allMatch(one -> one.json.isObject())) {
            throw malformed("'" + name + "' must be an array of at most " + most + " objects.");
        }
        return objects;
    }

    /** An object in the body, to be read like it; empty where the field is absent. */
    public Optional<JsonBody> object(String name) {
        return find(name).map(value -> {
            if (!value.isObject()) {
                throw malformed("'" + name + "' must be an object.");
            }
            return new JsonBody(value, bytes);
        });
    }

    /** The whole body, as it came. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public Optional<Set<String>> texts(String name, TextRule rule) {
        return find(name).map(array -> {
            if (!array.isArray() || array.size() > MAX_SCOPES) {
                throw malformed("'" + name + "' must be an array of at most " + MAX_SCOPES + " texts.");
            }
            Set<String> texts = new LinkedHashSet<>();
            array.forEach(value -> texts.add(text(value, "Each text in '" + name + "'", rule)));
            if (texts.size() < array.size()) {
                throw malformed("'" + name + "' names a text twice.");
            }
            return texts;
        });
    }

    /** A list in the body, as JSON, which somebody else reads; empty where the field is absent. */
    public Optional<String> list(String name, int most) {
        return find(name).map(array -> {
            if (!array.isArray() || array.size() > most) {
                throw malformed("'" + name + "' must be an array of at most " + most + " objects.");
            }
            return array.toString();
        });
    }

    /** Call it when all fields are read: any other one is an error, and not silently lost. */
    public void refuseOthers() {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw malformed("The body has a field that is not known here. Known: "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
    }

    private Optional<JsonNode> find(String name) {
        known.add(name);
        return Optional.ofNullable(json.get(name));
    }

    private static String text(JsonNode value, String what, TextRule rule) {
        if (!value.isTextual() || !rule.allows(value.textValue())) {
            throw malformed(what + " " + rule.inWords() + ".");
        }
        return value.textValue();
    }

    private static RuntimeException malformed(String detail) {
        return Problem.malformedRequest(detail).toException();
    }
}
