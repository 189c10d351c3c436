package io.assent.sandbox.bank;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.permission.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What a live access token permits, and who uses it in whose name.
 *
 * @param customer the internal id of the customer
 * @param client the {@code client_id}
 * @param details its {@code authorization_details}
 * @param act the claim {@code txn}: which answer of the customer it goes back to
 * @param contentHash names what the customer was shown
 * @param until when it expires
 */
public record Permit(
        String customer,
        String client,
        Set<String> scopes,
        List<JsonNode> details,
        Optional<String> act,
        Optional<String> contentHash,
        Instant until) {

    /**
     * @param answer of introspection (RFC 7662, section 2.2)
     * @param api the {@code client_id} of the API that asks
     * @return empty where the token is no live access token for this API, or takes a proof that nobody asks for here:
     *     one that is bound to a key is worth nothing without it (RFC 9449, RFC 8705)
     */
    static Optional<Permit> of(JsonNode answer, String api) {
        boolean usable = answer.path("active").asBoolean()
                && answer.path("token_type").asText().equals("Bearer")
                && audience(answer.path("aud")).contains(api)
                && answer.path("sub").isTextual()
                && answer.path("client_id").isTextual()
                && answer.path("exp").isIntegralNumber()
                && !answer.hasNonNull("cnf");
        return usable
                ? Optional.of(new Permit(
                        answer.path("sub").textValue(),
                        answer.path("client_id").textValue(),
                        Scopes.split(answer.path("scope").asText("")),
                        StreamSupport.stream(
                                        answer.path("authorization_details").spliterator(), false)
                                .toList(),
                        text(answer, "txn"),
                        text(answer, "content_hash"),
                        Instant.ofEpochSecond(answer.path("exp").longValue())))
                : Optional.empty();
    }

    /** One text, or a list of them (RFC 7662, section 2.2). */
    private static Set<String> audience(JsonNode aud) {
        return aud.isTextual()
                ? Set.of(aud.textValue())
                : StreamSupport.stream(aud.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet());
    }

    List<JsonNode> details(String type) {
        return details.stream()
                .filter(detail -> detail.path("type").asText().equals(type))
                .toList();
    }

    private static Optional<String> text(JsonNode answer, String claim) {
        return Optional.ofNullable(answer.path(claim).textValue());
    }
}
