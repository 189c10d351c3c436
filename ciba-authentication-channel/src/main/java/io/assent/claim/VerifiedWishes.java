package io.assent.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Wishes for what was verified, of several requests, each with the places at which it is told. */
final class VerifiedWishes {

    /**
     * What any of them wants. The same wish with another purpose takes the place of the one before, where it is told.
     */
    static Set<JsonNode> and(Collection<JsonNode> before, Collection<JsonNode> later) {
        List<VerifiedWish> all = new ArrayList<>();
        before.forEach(wish -> add(new VerifiedWish(wish), all));
        later.forEach(wish -> add(new VerifiedWish(wish), all));
        return all.stream().map(VerifiedWish::json).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void add(VerifiedWish wish, List<VerifiedWish> all) {
        Set<ClaimPlace> places = EnumSet.copyOf(wish.places());
        List<VerifiedWish> others = new ArrayList<>();
        for (VerifiedWish other : all) {
            if (!other.withoutPurpose().equals(wish.withoutPurpose())) {
                others.add(other);
            } else if (other.at(ClaimPlace.ALL).equals(wish.at(ClaimPlace.ALL))) {
                places.addAll(other.places());
            } else if (!wish.places().containsAll(other.places())) {
                Set<ClaimPlace> rest = EnumSet.copyOf(other.places());
                rest.removeAll(wish.places());
                others.add(other.at(rest));
            }
        }
        all.clear();
        all.addAll(others);
        all.add(wish.at(places));
    }

    /** Whether all that the others want, for the same, is told by these where they want it. */
    static boolean cover(Collection<JsonNode> wishes, Collection<JsonNode> others) {
        List<VerifiedWish> all = wishes.stream().map(VerifiedWish::new).toList();
        return others.stream().map(VerifiedWish::new).allMatch(other -> other.places().stream()
                .allMatch(place -> all.stream()
                        .anyMatch(wish -> wish.isToldAt(EnumSet.of(place))
                                && wish.at(ClaimPlace.ALL).equals(other.at(ClaimPlace.ALL)))));
    }

    /** Those that share no claim with what was refused. */
    static Set<JsonNode> afterNoTo(Collection<JsonNode> wishes, Collection<JsonNode> refused) {
        Set<String> claims = refused.stream()
                .flatMap(wish -> new VerifiedWish(wish).names().stream())
                .collect(Collectors.toSet());
        return wishes.stream()
                .filter(wish -> Collections.disjoint(new VerifiedWish(wish).names(), claims))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private VerifiedWishes() {}
}
