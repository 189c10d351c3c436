package io.assent.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some claims, by their names, each with the values that it may have (OpenID Connect Core 1.0, section 5.5.1); with any
 * value where none is named.
 */
public record ClaimSet(Map<String, Set<JsonNode>> claims) implements ClaimsReading {

    public static final ClaimSet NONE = new ClaimSet(Map.of());

    /** How many values, or wishes, a claim has. */
    private static final int MOST = 10;

    /** In the place of a claim's name: all claims but those that are verified. */
    static final String ALL = "*";

    /** All that a permission carries which is asked for by its name: what is verified is not told unasked. */
    public static final ClaimSet WHOLE = new ClaimSet(Map.of(ALL, Set.of()));

    public ClaimSet {
        Map<String, Set<JsonNode>> copy = new LinkedHashMap<>();
        boolean whole = claims.containsKey(ALL);
        claims.forEach((name, values) -> {
            if (!whole || name.equals(ALL) || name.equals(VerifiedWish.NAME)) {
                copy.put(name, Collections.unmodifiableSet(new LinkedHashSet<>(values)));
            }
        });
        claims = Collections.unmodifiableMap(copy);
    }

    /** Whether they are all that a permission carries which is not verified. */
    public boolean isWhole() {
        return claims.containsKey(ALL);
    }

    /** Those that are named, and what is verified. */
    ClaimSet onlyNamed() {
        Map<String, Set<JsonNode>> named = new LinkedHashMap<>(claims);
        named.remove(ALL);
        return new ClaimSet(named);
    }

    public boolean isEmpty() {
        return claims.isEmpty();
    }

    /** Their names, of what a permission carries; without those that are verified. */
    public Set<String> names(Set<String> carried) {
        Set<String> names = new LinkedHashSet<>(carried);
        if (!claims.containsKey(ALL)) {
            names.retainAll(claims.keySet());
        }
        return names;
    }

    /** The names of those that are named. */
    public Set<String> named() {
        Set<String> names = new LinkedHashSet<>(claims.keySet());
        names.removeAll(Set.of(ALL, VerifiedWish.NAME));
        return names;
    }

    /** What of them is wanted as it was verified. */
    public List<VerifiedWish> verified() {
        return claims.getOrDefault(VerifiedWish.NAME, Set.of()).stream()
                .map(VerifiedWish::new)
                .toList();
    }

    /** Whether all that the other one lets through is let through by this one. */
    boolean covers(ClaimSet other) {
        return other.claims.entrySet().stream()
                .allMatch(claim -> claims.containsKey(claim.getKey())
                        ? covers(claim.getKey(), claim.getValue())
                        : claims.containsKey(ALL) && !claim.getKey().equals(VerifiedWish.NAME));
    }

    /** What of them the other one does not let through whole: a claim with more values than it has there stays. */
    public ClaimSet without(ClaimSet other) {
        Map<String, Set<JsonNode>> left = new LinkedHashMap<>(claims);
        left.entrySet().removeIf(claim -> other.covers(new ClaimSet(Map.of(claim.getKey(), claim.getValue()))));
        return new ClaimSet(left);
    }

    /**
     * What is left of them after a no to the others: nothing that these let through. All that is not named can't be
     * taken apart, and goes with any claim of it; so does any value of a claim.
     */
    public ClaimSet afterNoTo(ClaimSet refused) {
        Map<String, Set<JsonNode>> left = new LinkedHashMap<>();
        claims.forEach((name, values) -> refused.rest(name, values).ifPresent(rest -> left.put(name, rest)));
        return new ClaimSet(left);
    }

    private Optional<Set<JsonNode>> rest(String name, Set<JsonNode> granted) {
        Set<JsonNode> refused = claims.get(name);
        if (name.equals(VerifiedWish.NAME)) {
            return Optional.of(refused == null ? granted : VerifiedWishes.afterNoTo(granted, refused))
                    .filter(rest -> !rest.isEmpty());
        }
        boolean touched = name.equals(ALL)
                ? claims.keySet().stream().anyMatch(other -> !other.equals(VerifiedWish.NAME))
                : refused != null || isWhole();
        if (!touched) {
            return Optional.of(granted);
        }
        Set<JsonNode> rest = new LinkedHashSet<>(granted);
        rest.removeAll(refused == null || refused.isEmpty() ? granted : refused);
        return Optional.of(rest).filter(values -> !values.isEmpty());
    }

    /** Whether one lets something through that the other one does, too. */
    boolean overlaps(ClaimSet other) {
        return !afterNoTo(other).equals(this);
    }

    private boolean covers(String name, Set<JsonNode> others) {
        Set<JsonNode> values = claims.get(name);
        return name.equals(VerifiedWish.NAME)
                ? VerifiedWishes.cover(values, others)
                : values.isEmpty() || !others.isEmpty() && values.containsAll(others);
    }

    /**
     * What either of both lets through. Of many values, and of many wishes for what was verified, the last
     * {@value #MOST}, of which those of the other one are the later: less is let through then, and a row stays a row.
     */
    public ClaimSet and(ClaimSet other) {
        Map<String, Set<JsonNode>> all = new LinkedHashMap<>(claims);
        other.claims.forEach((name, values) -> all.merge(
                name,
                values,
                (before, later) -> name.equals(VerifiedWish.NAME)
                        ? last(VerifiedWishes.and(before, later))
                        : either(before, later)));
        return new ClaimSet(all);
    }

    private static Set<JsonNode> either(Set<JsonNode> values, Set<JsonNode> others) {
        if (values.isEmpty() || others.isEmpty()) {
            return Set.of();
        }
        Set<JsonNode> all = new LinkedHashSet<>(values);
        all.addAll(others);
        return last(all);
    }

    private static Set<JsonNode> last(Set<JsonNode> all) {
        return all.stream().skip(Math.max(0, all.size() - MOST)).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether a claim may be told with this value. */
    boolean lets(String name, JsonNode value) {
        return claims.containsKey(ALL)
                || claims.containsKey(name)
                        && (claims.get(name).isEmpty() || claims.get(name).contains(value));
    }
}
