package io.assent.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A wish for verified claims by its names alone, without any value that it demands of a claim: for who has no business
 * with the customer's data.
 *
 * @param trustFrameworks the names of those under which a claim has to be verified; empty where any will do
 * @param claims the claims' names, each with what the client says that it wants the claim for
 * @param evidence whether what they were verified by is wanted, too
 * @param toldIn by their names, the places where it is told
 */
public record NamedWish(
        List<String> trustFrameworks, Map<String, Optional<String>> claims, boolean evidence, List<String> toldIn) {

    public NamedWish {
        trustFrameworks = List.copyOf(trustFrameworks);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        toldIn = List.copyOf(toldIn);
    }

    /** What a claim says of its purpose goes before what the whole wish says. */
    public static NamedWish of(VerifiedWish wish) {
        Optional<String> purpose = wish.purpose();
        Map<String, Optional<String>> claims = new LinkedHashMap<>();
        wish.claims().forEach(name -> claims.put(name, wish.purpose(name).or(() -> purpose)));
        return new NamedWish(
                names(wish.trustFramework()),
                claims,
                wish.wantsEvidence(),
                wish.places().stream().sorted().map(ClaimPlace::member).toList());
    }

    private static List<String> names(JsonNode requirement) {
        JsonNode values = requirement.path("values").isArray()
                ? requirement.path("values")
                : JsonNodeFactory.instance.arrayNode();
        return Stream.concat(Stream.of(requirement.path("value")), StreamSupport.stream(values.spliterator(), false))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .distinct()
                .toList();
    }
}
