package io.assent.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.text.Unseen;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Claims that a client wants as they were verified (OpenID Connect for Identity Assurance 1.0, section 6).
 *
 * @param json an element of {@value #NAME}, as it was sent, and its place where it is told at one alone
 */
public record VerifiedWish(JsonNode json) {

    /** The claim in which they are asked for and told. */
    public static final String NAME = "verified_claims";

    /** How many elements can be asked for. */
    static final int MAX_WISHES = 5;

    private static final String VERIFICATION = "verification";
    private static final String CLAIMS = "claims";
    private static final String TRUST_FRAMEWORK = "trust_framework";
    private static final String EVIDENCE = "evidence";

    /** What of a verification is told to whoever may have the claims: it says nothing else about the customer. */
    private static final Set<String> ABOUT_THE_VERIFICATION =
            Set.of(TRUST_FRAMEWORK, "assurance_level", "time", "verification_process");

    /** No member of the standard: the pack's own, over whatever was sent under this name. */
    private static final String PLACE = "place";

    private static final String PURPOSE = "purpose";
    private static final int SHORTEST_PURPOSE = 3;
    private static final int LONGEST_PURPOSE = 300;

    /** What says something about a value, and is none of its parts. */
    private static final Set<String> REQUIREMENTS = Set.of("essential", "value", "values", MaxAge.NAME, PURPOSE);

    /** Why it can't be read, as the end of a sentence about it. */
    Optional<String> flaw() {
        if (!json.path(VERIFICATION).isObject() || !json.path(VERIFICATION).has(TRUST_FRAMEWORK)) {
            return Optional.of("verification with a trust_framework is missing");
        }
        if (!json.path(CLAIMS).isObject() || json.path(CLAIMS).isEmpty()) {
            return Optional.of("claims are missing");
        }
        // that of another trust framework would be told where a requirement can't be read
        return flawOfVerification(json.get(VERIFICATION))
                .or(() -> json.path(CLAIMS).properties().stream()
                        .map(VerifiedWish::flawOfClaim)
                        .flatMap(Optional::stream)
                        .findFirst())
                .or(() -> flawOfPurpose(json));
    }

    private static Optional<String> flawOfVerification(JsonNode wish) {
        if (wish.isNull()) {
            return Optional.empty();
        }
        if (wish.isArray()) {
            return StreamSupport.stream(wish.spliterator(), false)
                    .map(VerifiedWish::flawOfVerification)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (!wish.isObject()) {
            return Optional.of("verification asks by null or by JSON objects");
        }
        return isRequirement(wish)
                ? flawOfRequirement(wish)
                : wish.properties().stream()
                        .map(part -> flawOfVerification(part.getValue()))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private static Optional<String> flawOfClaim(Entry<String, JsonNode> claim) {
        return ClaimsParameter.flaw(claim)
                .or(() -> MaxAge.flaw(claim.getValue()))
                .or(() -> flawOfPurpose(claim.getValue()));
    }

    private static Optional<String> flawOfRequirement(JsonNode wish) {
        return ClaimsParameter.flawOfRequirement(wish).or(() -> MaxAge.flaw(wish));
    }

    private static Optional<String> flawOfPurpose(JsonNode wish) {
        JsonNode purpose = wish.path(PURPOSE);
        return purpose.isMissingNode() || purpose.isTextual() && isPurpose(purpose.textValue())
                ? Optional.empty()
                : Optional.of("purpose is a text of " + SHORTEST_PURPOSE + " to " + LONGEST_PURPOSE
                        + " printable characters");
    }

    /** Customers read it. */
    private static boolean isPurpose(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= SHORTEST_PURPOSE
                && length <= LONGEST_PURPOSE
                && text.codePoints().noneMatch(VerifiedWish::isUnseen);
    }

    private static boolean isUnseen(int character) {
        return Unseen.isNoCharacter(character) || Character.getType(character) == Character.FORMAT;
    }

    /** Whether an element that is told has a claim. */
    public static boolean hasClaims(ObjectNode answer) {
        return !answer.path(CLAIMS).isEmpty();
    }

    /** The names of the claims. */
    public Set<String> claims() {
        Set<String> names = new TreeSet<>();
        json.path(CLAIMS).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The names of the claims, and of the documents by which they were verified where these are wanted, too. */
    public Set<String> names() {
        Set<String> names = claims();
        if (wantsEvidence()) {
            names.add(EVIDENCE);
        }
        return names;
    }

    /** Whether the documents by which they were verified are wanted, too. */
    boolean wantsEvidence() {
        return !typedEvidence().isEmpty();
    }

    /** What is required of it; null where any will do. */
    JsonNode trustFramework() {
        return json.path(VERIFICATION).path(TRUST_FRAMEWORK);
    }

    /** What all of it is wanted for, in the client's words. */
    Optional<String> purpose() {
        return Optional.ofNullable(json.path(PURPOSE).textValue());
    }

    /** The same of one claim. */
    Optional<String> purpose(String claim) {
        return Optional.ofNullable(json.path(CLAIMS).path(claim).path(PURPOSE).textValue());
    }

    /** Where it is told. */
    Set<ClaimPlace> places() {
        return ClaimPlace.named(json.path(PLACE));
    }

    /** Whether it is told at one of these. */
    public boolean isToldAt(Set<ClaimPlace> places) {
        return !Collections.disjoint(places(), places);
    }

    /** The same, to be told at these. */
    VerifiedWish at(Set<ClaimPlace> places) {
        ObjectNode wish = json.deepCopy();
        wish.remove(PLACE);
        if (places.size() == 1) {
            wish.put(PLACE, places.iterator().next().member());
        }
        return new VerifiedWish(wish);
    }

    /** What is wanted, whatever for and wherever. */
    JsonNode withoutPurpose() {
        ObjectNode wish = (ObjectNode) at(ClaimPlace.ALL).json;
        wish.remove(PURPOSE);
        wish.path(CLAIMS).forEach(claim -> {
            if (claim instanceof ObjectNode requirement) {
                requirement.remove(PURPOSE);
            }
        });
        return wish;
    }

    /**
     * What of a verification can be told at all. Of anything else nobody asks by a requirement either, which would tell
     * whether it is met.
     *
     * @param evidence what of it is among that
     */
    public static ObjectNode tellable(ObjectNode verification, CarriedEvidence evidence) {
        ObjectNode told = verification.deepCopy().retain(ABOUT_THE_VERIFICATION);
        evidence.told(verification.path(EVIDENCE)).ifPresent(items -> told.set(EVIDENCE, items));
        return told;
    }

    /** The same for some of its claims. */
    public VerifiedWish only(Set<String> names) {
        ObjectNode some = json.deepCopy();
        ((ObjectNode) some.get(CLAIMS)).retain(names);
        return new VerifiedWish(some);
    }

    /** What they are wanted for, in the client's words. */
    Set<String> purposes() {
        Set<String> purposes = new LinkedHashSet<>();
        purpose().ifPresent(purposes::add);
        json.path(CLAIMS).fieldNames().forEachRemaining(claim -> purpose(claim).ifPresent(purposes::add));
        return purposes;
    }

    /**
     * What of an identity meets it: no more than was asked for.
     *
     * @param verification how the claims were verified
     * @param known the claims
     * @param now how old a time is
     * @return an element of {@value #NAME}, without claims where none of them is known or as it is required, and then
     *     without the documents, too; empty where no claim is wanted, or the verification does not meet what is
     *     required
     */
    public Optional<ObjectNode> answer(ObjectNode verification, ObjectNode known, Instant now) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        json.path(CLAIMS).properties().forEach(claim -> {
            JsonNode value = known.path(claim.getKey());
            if (!value.isMissingNode() && !value.isNull() && isMet(claim.getValue(), value, now)) {
                told.set(claim.getKey(), value);
            }
        });
        if (json.path(CLAIMS).isEmpty()) {
            return Optional.empty();
        }
        return wantedVerification()
                .flatMap(wanted -> part(wanted, verification, now))
                .map(how -> {
                    ObjectNode answer = JsonNodeFactory.instance.objectNode();
                    answer.set(VERIFICATION, told.isEmpty() ? ((ObjectNode) how).without(EVIDENCE) : how);
                    answer.set(CLAIMS, told);
                    return answer;
                });
    }

    /** With the evidence that is asked for as it has to be; empty where another is required, which nothing meets. */
    private Optional<JsonNode> wantedVerification() {
        ObjectNode wanted = json.get(VERIFICATION).deepCopy();
        ArrayNode typed = typedEvidence();
        if (!typed.isEmpty()) {
            wanted.set(EVIDENCE, typed);
        } else if (isDemanded(json.get(VERIFICATION).path(EVIDENCE))) {
            return Optional.empty();
        } else {
            wanted.remove(EVIDENCE);
        }
        return Optional.of(wanted);
    }

    /** Evidence is asked for one step deeper, by its type: null asks for none. */
    private ArrayNode typedEvidence() {
        ArrayNode typed = JsonNodeFactory.instance.arrayNode();
        JsonNode evidence = json.path(VERIFICATION).path(EVIDENCE);
        if (evidence.isArray()) {
            evidence.forEach(one -> {
                if (one.has("type")) {
                    typed.add(one);
                }
            });
        }
        return typed;
    }

    /** The part of what is known that is asked for; empty where a requirement is not met. */
    private static Optional<JsonNode> part(JsonNode wish, JsonNode known, Instant now) {
        if (wish.isNull()) {
            return Optional.of(known);
        }
        if (isRequirement(wish)) {
            return isMet(wish, known, now) ? Optional.of(known) : Optional.empty();
        }
        if (wish.isArray()) {
            return known.isArray() ? matching(wish, known, now) : Optional.empty();
        }
        return known.isObject() ? parts(wish, known, now) : Optional.empty();
    }

    private static Optional<JsonNode> parts(JsonNode wish, JsonNode known, Instant now) {
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        for (Entry<String, JsonNode> wanted : wish.properties()) {
            JsonNode value = known.path(wanted.getKey());
            if (value.isMissingNode() || value.isNull()) {
                if (isDemanded(wanted.getValue())) {
                    return Optional.empty();
                }
                continue;
            }
            Optional<JsonNode> part = part(wanted.getValue(), value, now);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.set(wanted.getKey(), part.get());
        }
        return Optional.of(parts);
    }

    /** Of a list what meets one of those that are asked for. */
    private static Optional<JsonNode> matching(JsonNode wishes, JsonNode known, Instant now) {
        ArrayNode matching = JsonNodeFactory.instance.arrayNode();
        known.forEach(one -> StreamSupport.stream(wishes.spliterator(), false)
                .map(wish -> part(wish, one, now))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(matching::add));
        return matching.isEmpty() ? Optional.empty() : Optional.of(matching);
    }

    private static boolean isRequirement(JsonNode wish) {
        return wish.isObject() && wish.properties().stream().allMatch(part -> REQUIREMENTS.contains(part.getKey()));
    }

    /** Whether nothing is told without it: what is essential is told if it is known, as anything else. */
    private static boolean isDemanded(JsonNode wish) {
        if (wish.isArray()) {
            return StreamSupport.stream(wish.spliterator(), false).anyMatch(VerifiedWish::isDemanded);
        }
        return isRequirement(wish)
                ? wish.has("value") || wish.has("values") || wish.has(MaxAge.NAME)
                : StreamSupport.stream(wish.spliterator(), false).anyMatch(VerifiedWish::isDemanded);
    }

    private static boolean isMet(JsonNode wish, JsonNode value, Instant now) {
        return isOneOf(wish, value) && MaxAge.isMet(wish, value, now);
    }

    private static boolean isOneOf(JsonNode wish, JsonNode value) {
        if (wish.has("value")) {
            return wish.get("value").equals(value);
        }
        return !wish.has("values")
                || StreamSupport.stream(wish.get("values").spliterator(), false).anyMatch(value::equals);
    }
}
