package io.assent.claim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.keycloak.representations.ClaimsRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * The parameter {@code claims} (OpenID Connect Core 1.0, section 5.5). The members {@code id_token} and
 * {@code userinfo} ask alike for a claim: where it is told, says the mapper that carries it. What was verified is told
 * where it was asked for, and nowhere else. {@code essential} is read and changes nothing but where {@link #flawOfAcr
 * an acr} is: what a customer grants does not depend on it.
 */
public final class ClaimsParameter {

    /** Its name. */
    public static final String NAME = "claims";

    /** In characters: it goes through a cookie while the customer logs in. */
    public static final int MAX_LENGTH = 2_000;

    /** How many claims can be asked for. */
    static final int MAX_CLAIMS = 50;

    private static final int MAX_NAME = 255;

    private static final int DEEPEST = 12;

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What a client asks for. Members, and requirements of a claim, that the standard does not name say nothing. */
    public static ClaimsReading read(String sent) {
        if (sent.length() > MAX_LENGTH) {
            return tooLong();
        }
        return tree(sent)
                .filter(JsonNode::isObject)
                .map(ClaimsParameter::read)
                .orElseGet(() -> new ClaimsFlaw("claims is no JSON object that can be read in one way alone"));
    }

    public static ClaimsFlaw tooLong() {
        return new ClaimsFlaw("claims is too long: it has more than " + MAX_LENGTH + " characters");
    }

    private static Optional<JsonNode> tree(String sent) {
        try {
            return Optional.ofNullable(STRICT.readTree(sent));
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private static ClaimsReading read(JsonNode parameter) {
        Map<String, Set<JsonNode>> claims = new LinkedHashMap<>();
        Set<JsonNode> verified = new LinkedHashSet<>();
        for (ClaimPlace place : ClaimPlace.values()) {
            JsonNode asked = parameter.path(place.member());
            if (!asked.isMissingNode() && !asked.isNull() && !asked.isObject()) {
                return new ClaimsFlaw("claims: " + place.member() + " is no JSON object");
            }
            for (Entry<String, JsonNode> claim : asked.properties()) {
                if (claim.getKey().equals(VerifiedWish.NAME)) {
                    List<VerifiedWish> wishes = wishes(claim.getValue());
                    Optional<String> flaw = flaw(wishes);
                    if (flaw.isPresent()) {
                        return new ClaimsFlaw("claims: verified_claims: " + flaw.get());
                    }
                    verified = VerifiedWishes.and(
                            verified,
                            wishes.stream()
                                    .map(wish -> wish.at(EnumSet.of(place)).json())
                                    .toList());
                    continue;
                }
                Optional<String> flaw = flaw(claim);
                if (flaw.isPresent()) {
                    return new ClaimsFlaw("claims: " + flaw.get());
                }
                if (claim.getKey().equals(ClaimSet.ALL)) {
                    // no claim of that name is ever asked for
                    continue;
                }
                claims.merge(claim.getKey(), values(claim.getValue()), ClaimsParameter::inBoth);
            }
        }
        if (!verified.isEmpty()) {
            claims.put(VerifiedWish.NAME, verified);
        }
        return claims.size() > MAX_CLAIMS
                ? new ClaimsFlaw("claims asks for more than " + MAX_CLAIMS + " claims")
                : new ClaimSet(claims);
    }

    /**
     * What is wrong where an {@code acr} is essential (section 5.5.1.1) and nobody would see to it.
     *
     * @param sent what was {@link #read}
     * @param server whether the server itself reads it, as it does at the authorization endpoint: it passes over what
     *     has a member that it does not know, as {@code verified_claims} is one
     */
    public static Optional<ClaimsFlaw> flawOfAcr(String sent, boolean server) {
        boolean demanded = tree(sent)
                .map(parameter -> parameter.path(ClaimPlace.ID_TOKEN.member()).path("acr"))
                .filter(acr -> acr.path("essential").asBoolean())
                .isPresent();
        return demanded && !(server && isReadByTheServer(sent))
                ? Optional.of(
                        new ClaimsFlaw("claims: the server reads no essential acr here: ask for it by acr_values"))
                : Optional.empty();
    }

    private static boolean isReadByTheServer(String sent) {
        try {
            return JsonSerialization.readValue(sent, ClaimsRepresentation.class) != null;
        } catch (IOException unknownMember) {
            return false;
        }
    }

    private static List<VerifiedWish> wishes(JsonNode sent) {
        return sent.isArray()
                ? StreamSupport.stream(sent.spliterator(), false)
                        .map(VerifiedWish::new)
                        .toList()
                : List.of(new VerifiedWish(sent));
    }

    private static Optional<String> flaw(List<VerifiedWish> wishes) {
        return wishes.isEmpty() || wishes.size() > VerifiedWish.MAX_WISHES
                ? Optional.of("there is none, or more than " + VerifiedWish.MAX_WISHES)
                : wishes.stream()
                        .map(VerifiedWish::flaw)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    static Optional<String> flaw(Entry<String, JsonNode> claim) {
        JsonNode wish = claim.getValue();
        if (claim.getKey().isBlank()
                || claim.getKey().length() > MAX_NAME
                || claim.getKey().indexOf('\0') >= 0) {
            return Optional.of("the name of a claim is empty or too long");
        }
        if (!wish.isNull() && !wish.isObject()) {
            return Optional.of("a claim is asked for by null or by a JSON object");
        }
        return flawOfRequirement(wish);
    }

    /** What is wrong with what is required of a value. */
    static Optional<String> flawOfRequirement(JsonNode wish) {
        if (wish.has("essential") && !wish.get("essential").isBoolean()) {
            return Optional.of("essential is true or false");
        }
        if (wish.has("value") && wish.has("values")) {
            return Optional.of("a claim has value or values, and not both");
        }
        if (wish.has("values")
                && (!wish.get("values").isArray() || wish.get("values").isEmpty())) {
            return Optional.of("values is a JSON array with values");
        }
        // no database takes it
        return wish.toString().contains("\\u0000") ? Optional.of("a value has a NUL character") : Optional.empty();
    }

    private static Set<JsonNode> values(JsonNode wish) {
        Set<JsonNode> values = new LinkedHashSet<>();
        if (wish.has("value")) {
            values.add(wish.get("value"));
        }
        wish.path("values").forEach(values::add);
        return values;
    }

    /** One that neither takes, where there is none that both take, is the value of no claim. */
    private static Set<JsonNode> inBoth(Set<JsonNode> values, Set<JsonNode> others) {
        if (values.isEmpty() || others.isEmpty()) {
            return values.isEmpty() ? others : values;
        }
        Set<JsonNode> both = new LinkedHashSet<>(values);
        both.retainAll(others);
        return both.isEmpty() ? Set.of(NullNode.instance) : both;
    }

    private ClaimsParameter() {}
}
