package io.assent.sandbox;

import io.assent.sandbox.unattended.Answer;
import io.assent.sandbox.unattended.Answer.Action;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A decision without a customer, as a TPP's test suite sends it: in the query, in a form, or a part in each.
 *
 * @param authReqId up to {@value #MAX_LENGTH} characters
 */
record DecisionForm(String authReqId, Answer answer) {

    /**
     * The longest value that is read, in characters: as long as the server's token endpoint reads {@code auth_req_id}.
     */
    static final int MAX_LENGTH = 4_000;

    /** What was sent. */
    sealed interface Reading {

        record Sound(DecisionForm form) implements Reading {}

        /** @param detail what is wrong with it, in words for a developer */
        record Malformed(String detail) implements Reading {}
    }

    static Reading read(MultivaluedMap<String, String> query, MultivaluedMap<String, String> form) {
        for (String name : List.of("auth_req_id", "action", "scope", "accounts")) {
            List<String> values = values(name, query, form);
            if (values.size() > 1) {
                return new Reading.Malformed(name + " is there more than once.");
            }
            if (values.stream().anyMatch(value -> value.length() > MAX_LENGTH)) {
                return new Reading.Malformed(name + " has more than " + MAX_LENGTH + " characters.");
            }
        }
        String authReqId = String.join("", values("auth_req_id", query, form));
        if (authReqId.isBlank()) {
            return new Reading.Malformed("auth_req_id is missing. Send it in the query or in a form.");
        }
        Optional<Action> action = Action.of(String.join("", values("action", query, form)));
        if (action.isEmpty()) {
            return new Reading.Malformed("action must be allow, deny, report or expire.");
        }
        Optional<Set<String>> scope =
                values("scope", query, form).stream().map(Answer::words).findFirst();
        Optional<Set<String>> accounts =
                values("accounts", query, form).stream().map(Answer::words).findFirst();
        if (action.get() != Action.ALLOW && (scope.isPresent() || accounts.isPresent())) {
            return new Reading.Malformed("scope and accounts say what is granted: send them with action=allow alone.");
        }
        return new Reading.Sound(new DecisionForm(authReqId, new Answer(action.get(), scope, accounts)));
    }

    private static List<String> values(
            String name, MultivaluedMap<String, String> query, MultivaluedMap<String, String> form) {
        List<String> values = new ArrayList<>(query.getOrDefault(name, List.of()));
        values.addAll(form.getOrDefault(name, List.of()));
        return values;
    }
}
