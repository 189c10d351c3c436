package io.assent.authority;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How high a login is that a token names by its {@code acr} (OpenID Connect Core 1.0, section 2): by the levels of
 * authentication that the client or the realm maps names to, as Keycloak does it.
 *
 * @param ofClient the levels by name that the client which got the token maps; empty where it maps none
 * @param ofRealm those that the realm maps
 */
record Levels(Map<String, Integer> ofClient, Map<String, Integer> ofRealm) {

    private static final Pattern LEVEL = Pattern.compile("[0-9]{1,9}");

    Levels {
        ofClient = Map.copyOf(ofClient);
        ofRealm = Map.copyOf(ofRealm);
    }

    /** @param acr what the token says, or {@code null} where it says nothing */
    boolean reaches(String acr, String wanted) {
        if (acr == null || wanted.isBlank()) {
            return false;
        }
        OptionalInt reached = level(acr);
        OptionalInt least = level(wanted);
        return acr.equals(wanted) || reached.isPresent() && least.isPresent() && reached.getAsInt() >= least.getAsInt();
    }

    /**
     * What another client calls a level, as it is called here.
     *
     * @param names the levels as the other client maps them
     * @return the same name where it means the same, or is no level there; else the level
     */
    String named(String acr, Levels names) {
        OptionalInt meant = names.level(acr);
        return meant.isEmpty() || meant.equals(level(acr)) ? acr : String.valueOf(meant.getAsInt());
    }

    /** The highest first, then those that are at no level. The empty name can't be reached, and is left out. */
    List<String> reachable(Set<String> wanted) {
        return wanted.stream()
                .filter(acr -> !acr.isBlank())
                .sorted(Comparator.comparingInt((String acr) -> level(acr).orElse(-1))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private OptionalInt level(String acr) {
        Integer mapped = ofClient.getOrDefault(acr, ofRealm.get(acr));
        if (mapped != null) {
            return OptionalInt.of(mapped);
        }
        return LEVEL.matcher(acr).matches() ? OptionalInt.of(Integer.parseInt(acr)) : OptionalInt.empty();
    }
}
