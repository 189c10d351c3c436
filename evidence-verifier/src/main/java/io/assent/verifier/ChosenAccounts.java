package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Whether the details that were granted are those that were asked for, with the accounts that were chosen, and nothing
 * else. An account is an object with its {@code id}, and stands alone or in a list.
 */
final class ChosenAccounts {

    /** @param chosen lists of ids, by the place of their detail */
    static boolean match(JsonNode asked, JsonNode granted, JsonNode chosen) {
        if (!chosen.isObject() || asked.size() != granted.size()) {
            return false;
        }
        Set<String> places = new HashSet<>();
        chosen.fieldNames().forEachRemaining(places::add);
        for (int place = 0; place < asked.size(); place++) {
            Optional<Set<String>> ids = places.remove(String.valueOf(place))
                    ? Optional.of(texts(chosen.get(String.valueOf(place))))
                    : Optional.empty();
            if (!matches(asked.get(place), granted.get(place), ids)) {
                return false;
            }
        }
        return places.isEmpty();
    }

    private static boolean matches(JsonNode asked, JsonNode granted, Optional<Set<String>> chosen) {
        Set<String> changed = new HashSet<>();
        asked.fieldNames().forEachRemaining(changed::add);
        granted.fieldNames().forEachRemaining(changed::add);
        Set<String> members = Set.copyOf(changed);
        changed.removeIf(name -> asked.path(name).equals(granted.path(name)));
        if (changed.size() > 1) {
            return false;
        }
        return changed.isEmpty()
                ? chosen.isEmpty()
                        || members.stream()
                                .anyMatch(name -> ids(granted.path(name)).equals(chosen.get()))
                : ids(granted.path(changed.iterator().next())).equals(chosen.orElseGet(Set::of));
    }

    private static Set<String> ids(JsonNode accounts) {
        Set<String> ids = new HashSet<>();
        if (accounts.isArray()) {
            accounts.forEach(account -> ids.add(account.path("id").asText()));
        } else if (accounts.isObject()) {
            ids.add(accounts.path("id").asText());
        }
        return ids;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).forEach(texts::add);
        return texts;
    }

    private ChosenAccounts() {}
}
