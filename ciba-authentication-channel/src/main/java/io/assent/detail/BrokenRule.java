package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A rule of a JSON Schema (draft 2020-12) that a field breaks.
 *
 * @param keyword what the standard calls the rule
 * @param value what the schema says there: the bank's text, and nothing that a client sent
 */
record BrokenRule(String keyword, JsonNode value) {

    private static final Map<String, String> TYPES = Map.of(
            "string", "a text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "array", "a list",
            "object", "an object",
            "null", "null");

    /** What an OAuth error may say (RFC 6749, section 5.2), in a length that is read. */
    private static final Pattern SPEAKABLE = Pattern.compile("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,120}");

    BrokenRule {
        Objects.requireNonNull(keyword);
        Objects.requireNonNull(value);
    }

    /** What is wrong, for the client's developer, as the rest of a sentence that begins with the field's name. */
    String inWords() {
        String words = words();
        return SPEAKABLE.matcher(words).matches() ? words : "is not as its type wants it";
    }

    private String words() {
        return switch (keyword) {
            case "required", "dependentRequired" -> "is missing";
            case "additionalProperties", "unevaluatedProperties", "propertyNames" ->
                "has a field that its type does not have";
            case "type" -> "has to be " + oneOf(TYPES);
            case "const" -> "has to be " + text(value);
            case "enum" -> "has to be one of: " + list();
            case "minLength" -> isOne() ? "is empty" : "has fewer than %s characters".formatted(text(value));
            case "maxLength" -> "has more than %s characters".formatted(text(value));
            case "minItems" -> isOne() ? "is an empty list" : "has fewer than %s entries".formatted(text(value));
            case "maxItems" -> isOne() ? "has more than one entry" : "has more than %s entries".formatted(text(value));
            case "uniqueItems" -> "has an entry twice";
            case "minimum" -> "is below " + text(value);
            case "maximum" -> "is above " + text(value);
            case "exclusiveMinimum" -> "has to be above " + text(value);
            case "exclusiveMaximum" -> "has to be below " + text(value);
            case "pattern" -> "does not match the pattern " + text(value);
            default -> "is not as its type wants it (%s)".formatted(keyword);
        };
    }

    private boolean isOne() {
        return value.asInt() == 1;
    }

    private String oneOf(Map<String, String> words) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(type -> words.getOrDefault(text(type), text(type)))
                        .collect(Collectors.joining(" or "))
                : words.getOrDefault(text(value), text(value));
    }

    private String list() {
        return StreamSupport.stream(value.spliterator(), false)
                .map(BrokenRule::text)
                .collect(Collectors.joining(", "));
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }
}
