package io.assent.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Which of their claims permissions are for, by the permissions' names. A permission that is not here is for all that
 * it carries.
 */
public record ClaimLimits(Map<String, ClaimSet> limits) {

    public static final ClaimLimits NONE = new ClaimLimits(Map.of());

    private static final JsonMapper JSON = new JsonMapper();

    private static final String NOTE = "assent.claims";

    public ClaimLimits {
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
    }

    public boolean isEmpty() {
        return limits.isEmpty();
    }

    /** The permissions that are for some of their claims. */
    public Set<String> permissions() {
        return limits.keySet();
    }

    /** Which claims a permission is for; empty for all. */
    public Optional<ClaimSet> of(String permission) {
        return Optional.ofNullable(limits.get(permission));
    }

    /** Those of permissions with these names. */
    public ClaimLimits only(Collection<String> names) {
        Map<String, ClaimSet> some = new LinkedHashMap<>(limits);
        some.keySet().retainAll(names);
        return new ClaimLimits(some);
    }

    /** Whether a permission as it is limited here grants all that it would with the other limits. */
    public boolean covers(String permission, ClaimLimits other) {
        return claimsOf(permission).covers(other.claimsOf(permission));
    }

    /** Whether a permission as it is limited here is about something that it is about with the other limits. */
    public boolean overlap(String permission, ClaimLimits other) {
        return claimsOf(permission).overlaps(other.claimsOf(permission));
    }

    private ClaimSet claimsOf(String permission) {
        return of(permission).orElse(ClaimSet.WHOLE);
    }

    /**
     * What a permission is for that comes in the place of some others: what they were for by name. All of one is all of
     * the new one only where it is all of each.
     *
     * @param limits of each that it replaces; empty for all that it carries
     */
    public static Optional<ClaimSet> inPlaceOf(Collection<Optional<ClaimSet>> limits) {
        if (limits.stream().allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<ClaimSet> each =
                limits.stream().map(limit -> limit.orElse(ClaimSet.WHOLE)).toList();
        boolean whole = each.stream().allMatch(ClaimSet::isWhole);
        return Optional.of(
                each.stream().map(limit -> whole ? limit : limit.onlyNamed()).reduce(ClaimSet.NONE, ClaimSet::and));
    }

    /** What a permission is for that was granted by both. */
    public static Optional<ClaimSet> both(Optional<ClaimSet> one, Optional<ClaimSet> other) {
        return limit(one.orElse(ClaimSet.WHOLE).and(other.orElse(ClaimSet.WHOLE)));
    }

    /** What a permission is limited to that is for some claims; empty for all that it carries. */
    public static Optional<ClaimSet> limit(ClaimSet claims) {
        return Optional.of(claims).filter(some -> !some.equals(ClaimSet.WHOLE));
    }

    /** As it is kept; empty where nothing is limited. */
    public Optional<String> findJson() {
        if (isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        limits.forEach((permission, limit) -> {
            ObjectNode claims = json.putObject(permission);
            limit.claims().forEach((name, values) -> {
                ArrayNode all = claims.putArray(name);
                values.forEach(all::add);
            });
        });
        return Optional.of(json.toString());
    }

    /** @param json what this class wrote, or {@code null} */
    public static ClaimLimits parse(String json) {
        if (json == null) {
            return NONE;
        }
        Map<String, ClaimSet> limits = new LinkedHashMap<>();
        tree(json).properties().forEach(permission -> limits.put(permission.getKey(), claims(permission.getValue())));
        return new ClaimLimits(limits);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClaimSet claims(JsonNode json) {
        Map<String, Set<JsonNode>> claims = new LinkedHashMap<>();
        json.properties().forEach(claim -> {
            Set<JsonNode> values = new LinkedHashSet<>();
            claim.getValue().forEach(values::add);
            claims.put(claim.getKey(), values);
        });
        return new ClaimSet(claims);
    }

    /** Keeps them while the customer logs in, in a note that stays when the login starts anew. */
    public void keepIn(AuthenticationSessionModel login) {
        findJson().ifPresentOrElse(json -> login.setClientNote(NOTE, json), () -> login.removeClientNote(NOTE));
    }

    /** Those that the login began with. */
    public static ClaimLimits keptIn(AuthenticationSessionModel login) {
        return parse(login.getClientNote(NOTE));
    }
}
