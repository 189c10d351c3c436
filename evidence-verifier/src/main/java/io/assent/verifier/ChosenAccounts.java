package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Whether the details that were granted are those that were asked for, with the accounts that were chosen, and nothing
 * else. Only the accounts are signed, and not what they are written to: so it is no more than the server writes for
 * them, which is one member, {@code {"id": "…"}} for one account, or a list of such objects.
 */
final class ChosenAccounts {

    private static final String ID = "id";

    /** @param chosen lists of ids, by the place of their detail */
    static boolean match(JsonNode asked, JsonNode granted, JsonNode chosen) {
        if (!chosen.isObject() || asked.size() != granted.size()) {
            return false;
        }
        Set<String> places = names(chosen);
        for (int place = 0; place < asked.size(); place++) {
            String named = String.valueOf(place);
            Optional<Set<String>> ids = places.remove(named) ? texts(chosen.get(named)) : Optional.of(Set.of());
            if (ids.isEmpty() || !matches(asked, place, granted.get(place), ids.get())) {
                return false;
            }
        }
        return places.isEmpty();
    }

    private static boolean matches(JsonNode allAsked, int place, JsonNode granted, Set<String> chosen) {
        JsonNode asked = allAsked.get(place);
        if (!asked.isObject() || !granted.isObject()) {
            return false;
        }
        Set<String> changed = names(asked);
        changed.addAll(names(granted));
        changed.removeIf(name -> asked.path(name).equals(granted.path(name)));
        if (changed.isEmpty()) {
            return chosen.isEmpty() || names(granted).stream().anyMatch(name -> isWritten(granted.path(name), chosen));
        }
        String name = changed.iterator().next();
        return changed.size() == 1
                && isWritten(granted.path(name), chosen)
                && hasRoom(allAsked, place, name, granted.path(name).isArray(), chosen);
    }

    private static boolean isWritten(JsonNode member, Set<String> chosen) {
        List<JsonNode> all = all(member);
        return all.size() == chosen.size()
                && all.stream().allMatch(account -> isAccount(account) && account.size() == 1)
                && ids(all).equals(chosen);
    }

    /**
     * Whether the member of what was asked has room for accounts in this form: it names none, or these among others.
     * The server looks for them in every detail of the request, which are often of one type.
     */
    private static boolean hasRoom(JsonNode allAsked, int place, String name, boolean list, Set<String> chosen) {
        JsonNode member = allAsked.get(place).path(name);
        Set<String> named = new HashSet<>();
        allAsked.forEach(asked -> named.addAll(ids(all(asked.path(name)))));
        return member.isMissingNode()
                || (member.isArray() == list
                        && all(member).stream().allMatch(ChosenAccounts::isAccount)
                        && named.containsAll(chosen));
    }

    private static List<JsonNode> all(JsonNode member) {
        return member.isArray()
                ? StreamSupport.stream(member.spliterator(), false).toList()
                : List.of(member);
    }

    private static boolean isAccount(JsonNode node) {
        return node.isObject() && node.path(ID).isTextual();
    }

    private static Set<String> ids(List<JsonNode> members) {
        return members.stream()
                .filter(ChosenAccounts::isAccount)
                .map(account -> account.get(ID).textValue())
                .collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Empty where it is no list of texts. */
    private static Optional<Set<String>> texts(JsonNode list) {
        return list.isArray() && all(list).stream().allMatch(JsonNode::isTextual)
                ? Optional.of(all(list).stream().map(JsonNode::textValue).collect(Collectors.toSet()))
                : Optional.empty();
    }

    private ChosenAccounts() {}
}
