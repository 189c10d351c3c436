package io.assent.ciba.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters of one request: those of the form, or, where there is a signed request, the claims of that and nothing
 * else (CIBA Core 1.0, section 7.1.1).
 */
final class SentParameters {

    static final String REQUEST = "request";

    /** What is no parameter of the request, but the client's way to say who it is. */
    private static final Set<String> CLIENT_AUTHENTICATION =
            Set.of("client_id", "client_secret", "client_assertion", "client_assertion_type");

    private final Map<String, List<String>> form;
    private final Optional<JsonNode> claims;

    /**
     * @param form each parameter at most once
     * @param claims of the signed request, verified
     */
    SentParameters(Map<String, List<String>> form, Optional<JsonNode> claims) {
        this.form = form;
        this.claims = claims;
    }

    /** A text or a number; what is sent without a value is not there (RFC 6749, section 3.1). */
    Optional<String> value(String name) {
        return claims.map(signed -> claim(signed, name)).orElseGet(() -> formValue(name));
    }

    /**
     * JSON: the text of a form; of a signed request the claim itself, in which a text is no JSON (RFC 9101, section 4).
     */
    Optional<String> json(String name) {
        return claims.map(signed -> Optional.ofNullable(signed.get(name))
                        .filter(value -> !value.isNull())
                        .map(JsonNode::toString))
                .orElseGet(() -> formValue(name));
    }

    /** Whether it is there, whatever it is. */
    boolean has(String name) {
        return formValue(name).isPresent() || claims.stream().anyMatch(signed -> signed.hasNonNull(name));
    }

    /** Whether a parameter stands beside the signed request, where nobody signed it. */
    boolean saysMoreThanIsSigned() {
        return claims.isPresent()
                && form.keySet().stream()
                        .filter(name -> !name.equals(REQUEST) && !CLIENT_AUTHENTICATION.contains(name))
                        .anyMatch(name -> formValue(name).isPresent());
    }

    /** Whether the signed request has something else than a text or a number where a text belongs. */
    boolean isMisshapen(String name) {
        return claims.map(signed -> signed.get(name))
                .filter(value -> !value.isNull() && !isText(value))
                .isPresent();
    }

    /** The form was looked at for the character that no database takes; what is signed was not. */
    private static boolean isText(JsonNode value) {
        return value.isIntegralNumber()
                || value.isTextual() && value.textValue().indexOf('\0') < 0;
    }

    private static Optional<String> claim(JsonNode signed, String name) {
        return Optional.ofNullable(signed.get(name))
                .filter(SentParameters::isText)
                .map(JsonNode::asText)
                .filter(value -> !value.isBlank());
    }

    private Optional<String> formValue(String name) {
        return Stream.ofNullable(form.get(name))
                .flatMap(List::stream)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }
}
