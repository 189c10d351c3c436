package io.assent.verifier;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.server.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The evidence in a file, of the one format that is known here, with everything in it that is looked at. Whether it is
 * true is another question.
 */
record Document(ObjectNode json) {

    static final String FORMAT = "assent-evidence/1";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final List<String> TEXTS = List.of(
            "/issuer",
            "/realm",
            "/request/id",
            "/request/customerId",
            "/request/client/id",
            "/request/channel",
            "/decision/decision",
            "/consent/id",
            "/consent/status",
            "/seal");

    private static final List<String> TEXTS_OR_NULL = List.of(
            "/request/client/clientId",
            "/request/client/name",
            "/request/client/legalEntity",
            "/request/bindingMessage",
            "/request/challenge",
            "/decision/deviceId",
            "/decision/appClientId",
            "/decision/sessionId",
            "/decision/acr",
            "/decision/authTime",
            "/decision/address",
            "/contentHash");

    private static final List<String> TIMES = List.of(
            "/exportedAt", "/request/askedAt", "/request/expiresAt", "/decision/decidedAt", "/consent/grantedAt");

    private static final List<String> LISTS = List.of(
            "/request/askedScopes",
            "/request/askedDetails",
            "/decision/grantedScopes",
            "/decision/grantedDetails",
            "/consent/history");

    private static final List<String> OBJECTS_OR_NULL = List.of("/shown", "/shownContent", "/signature");

    /** What is in these bytes. */
    static Reading read(byte[] bytes) {
        try {
            return JSON.readTree(bytes) instanceof ObjectNode json ? read(bytes, json) : noJson();
        } catch (IOException | UncheckedIOException malformed) {
            return noJson();
        }
    }

    private static Reading noJson() {
        return new Flawed("The file is no JSON object.");
    }

    private static Reading read(byte[] bytes, ObjectNode json) {
        if (!Arrays.equals(CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8), bytes)) {
            return new Flawed("The file is not in canonical form (RFC 8785), as it was exported.");
        }
        if (!json.path("format").asText().equals(FORMAT)) {
            return new Flawed("The format is not " + FORMAT + ", the one that is known here.");
        }
        return flaw(json).<Reading>map(Flawed::new).orElseGet(() -> new Read(new Document(json)));
    }

    private static Optional<String> flaw(ObjectNode json) {
        return flawAmong(json, "/")
                .or(() -> json.path("sealKey").isObject() ? Optional.empty() : Optional.of("/sealKey"))
                .map(at -> at + " is missing, or not of its form.")
                .or(() -> Confirmation.flaw(json.at("/consent/history")))
                .or(() -> OtherAnswer.flaw(json.at("/consent/history")));
    }

    /** Where in an answer something is missing, or not of its form; empty where nothing is. */
    static Optional<String> flawOfAnswer(JsonNode json) {
        return Stream.of("/request/", "/decision/", "/shown", "/contentHash", "/signature")
                .flatMap(part -> flawAmong(json, part).stream())
                .findFirst();
    }

    private static Optional<String> flawAmong(JsonNode json, String part) {
        Stream<String> flawed = Stream.of(
                        missing(TEXTS, at -> json.at(at).isTextual()),
                        missing(
                                TEXTS_OR_NULL,
                                at -> json.at(at).isTextual() || json.at(at).isNull()),
                        missing(TIMES, at -> isTime(json.at(at))),
                        missing(LISTS, at -> json.at(at).isArray()),
                        missing(
                                OBJECTS_OR_NULL,
                                at -> json.at(at).isObject() || json.at(at).isNull()),
                        missing(List.of("/request/customerRemoved"), at -> json.at(at)
                                .isBoolean()))
                .flatMap(all -> all);
        return flawed.filter(at -> at.startsWith(part)).findFirst();
    }

    private static Stream<String> missing(List<String> pointers, Predicate<String> isOfItsForm) {
        return pointers.stream().filter(isOfItsForm.negate());
    }

    static boolean isTime(JsonNode node) {
        try {
            return node.isTextual() && Instant.parse(node.textValue()) != null;
        } catch (DateTimeException noTime) {
            return false;
        }
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** Empty where it is {@code null}. */
    Optional<String> text(String pointer) {
        return Optional.ofNullable(json.at(pointer).textValue());
    }

    Instant time(String pointer) {
        return Instant.parse(json.at(pointer).textValue());
    }

    Set<String> names(String pointer) {
        Set<String> names = new TreeSet<>();
        json.at(pointer).forEach(name -> names.add(name.asText()));
        return names;
    }

    boolean approved() {
        return text("/decision/decision").equals(Optional.of("approve"));
    }

    boolean customerRemoved() {
        return json.at("/request/customerRemoved").booleanValue();
    }

    /** What of it there is, or empty where it is {@code null}. */
    Optional<JsonNode> find(String pointer) {
        return Optional.of(json.at(pointer)).filter(JsonNode::isObject);
    }

    /** What was found in a file. */
    sealed interface Reading {}

    record Read(Document document) implements Reading {}

    /** @param what what is wrong, in a sentence */
    record Flawed(String what) implements Reading {}
}
