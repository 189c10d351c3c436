package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where {@code authorization_details} stands in a request that a browser brings, or that was pushed for one.
 *
 * @param open the values of the parameter
 * @param pushed its value in the pushed request (RFC 9126) that the browser names; empty where it names none
 * @param signed the claims of the request object (RFC 9101), or {@code null} without one
 */
public record SentDetails(List<String> open, Optional<List<String>> pushed, JsonNode signed) {

    public SentDetails {
        open = List.copyOf(open);
        Objects.requireNonNull(pushed);
    }

    /** The values of the parameter, among those of a form or a query. */
    public static List<String> values(Map<String, List<String>> parameters) {
        return parameters.getOrDefault(Details.PARAMETER, List.of()).stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /** What was sent, wherever it stands; what is there without a value is not (RFC 6749, section 3.1). */
    List<String> texts() {
        return Stream.of(present(open), present(pushed.orElseGet(List::of)), claim().map(SentDetails::text).stream())
                .flatMap(texts -> texts)
                .toList();
    }

    /** What is wrong with where it stands: of two each reader takes its own, and an open one was signed by nobody. */
    Optional<String> flaw() {
        if (open.size() > 1 || pushed.filter(values -> values.size() > 1).isPresent()) {
            return Optional.of("authorization_details is there twice");
        }
        if (pushed.isPresent() && present(open).findAny().isPresent()) {
            return Optional.of("authorization_details goes into the pushed request");
        }
        if (signed != null
                && present(Stream.concat(open.stream(), pushed.stream().flatMap(List::stream))
                                .toList())
                        .findAny()
                        .isPresent()) {
            return Optional.of("authorization_details goes into the request object");
        }
        return claim().filter(value -> !value.isArray()).isPresent()
                ? Optional.of("authorization_details of a request object is a JSON array, and no text")
                : Optional.empty();
    }

    private Optional<JsonNode> claim() {
        return Optional.ofNullable(signed)
                .map(claims -> claims.get(Details.PARAMETER))
                .filter(value -> !value.isNull());
    }

    /** As the server itself would read it. */
    private static String text(JsonNode claim) {
        return claim.isTextual() ? claim.textValue() : claim.toString();
    }

    private static Stream<String> present(List<String> values) {
        return values.stream().filter(value -> !value.isBlank());
    }
}
