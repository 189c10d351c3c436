package io.assent.sandbox.unattended;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.assent.sandbox.unattended.Answer.Action;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * How a client's requests are answered while nobody is there: by the first of its rules that is for the request. Kept
 * in the client's attribute {@value #ATTRIBUTE} as it was sent, and so the same on every node and after a restart.
 *
 * @param rules up to {@value #MAX_RULES}, each of which has something that none before it is for
 * @param clock how far the server's clock is ahead for the client, up to {@value #MAX_CLOCK} seconds either way
 */
public record Script(List<Rule> rules, Duration clock) {

    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 8_000;

    static final int MAX_RULES = 50;

    static final int MAX_CLOCK = 300;

    private static final String ATTRIBUTE = "sandbox.script";

    private static final int MAX_TEXT = 255;
    private static final int MAX_PART = 2_000;
    private static final Set<String> FIELDS =
            Set.of("customer", "bindingMessage", "action", "scope", "accounts", "after", "ping");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What was sent. */
    public sealed interface Reading {

        record Sound(Script script) implements Reading {}

        /** @param detail what is wrong with it, in words for a developer */
        record Malformed(String detail) implements Reading {}
    }

    /** The client's, as it stands; empty where it has none, or somebody else wrote one that is none. */
    static Optional<Script> of(ClientModel client) {
        return Optional.ofNullable(client.getAttribute(ATTRIBUTE))
                .map(Script::read)
                .filter(Reading.Sound.class::isInstance)
                .map(read -> ((Reading.Sound) read).script());
    }

    /** Gives a client another one. Without rules nobody answers but the customer. */
    public static void set(ClientModel client, Reading.Sound read, String sound) {
        client.setAttribute(ATTRIBUTE, sound);
        ClockMapper.give(client, !read.script().clock().isZero());
    }

    /**
     * Takes the scripts of some clients.
     *
     * @param whose the internal id of the one client whose script is taken; of any where it is empty
     * @return of how many; 0 where none has one
     */
    public static int forget(RealmModel realm, Optional<String> whose, int most) {
        List<ClientModel> scripted = realm.getClientsStream()
                .filter(client -> whose.map(client.getId()::equals).orElse(true))
                .filter(client -> client.getAttribute(ATTRIBUTE) != null)
                .limit(most)
                .toList();
        scripted.forEach(client -> {
            client.removeAttribute(ATTRIBUTE);
            ClockMapper.give(client, false);
        });
        return scripted.size();
    }

    /** Reads {@code {"rules": [...], "clock": 30}}. */
    public static Reading read(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Reading.Malformed("A script has at most " + MAX_LENGTH + " characters.");
        }
        try {
            JsonNode script = JSON.readTree(text);
            JsonNode list = script.path("rules");
            JsonNode clock = script.path("clock");
            int fields = clock.isMissingNode() ? 1 : 2;
            if (!script.isObject() || script.size() != fields || !list.isArray() || list.size() > MAX_RULES) {
                return new Reading.Malformed("A script is {\"rules\": [...]}, with at most " + MAX_RULES
                        + " rules, may have a clock, and has nothing else.");
            }
            if (fields == 2 && !(clock.isInt() && Math.abs(clock.intValue()) <= MAX_CLOCK)) {
                return new Reading.Malformed(
                        "clock is a whole number of seconds, from -" + MAX_CLOCK + " to " + MAX_CLOCK + ".");
            }
            List<Rule> rules = new ArrayList<>();
            for (JsonNode rule : list) {
                rules.add(rule(rule));
                unreached(rules).ifPresent(Script::complain);
            }
            return new Reading.Sound(new Script(List.copyOf(rules), Duration.ofSeconds(clock.asInt())));
        } catch (JsonProcessingException e) {
            return new Reading.Malformed("The script is not JSON.");
        } catch (Complaint complaint) {
            return new Reading.Malformed(complaint.getMessage());
        }
    }

    Optional<Rule> find(String username, String message) {
        return rules.stream().filter(rule -> rule.isFor(username, message)).findFirst();
    }

    /** Two rules for the same requests contradict each other, or one of them is of no use. */
    private static Optional<String> unreached(List<Rule> rules) {
        int last = rules.size() - 1;
        for (int before = 0; before < last; before++) {
            if (rules.get(before).covers(rules.get(last))) {
                return Optional.of("Rule " + (last + 1) + " is never reached: rule " + (before + 1)
                        + " is for the same requests. The first that fits counts: put the narrower one before it.");
            }
        }
        return Optional.empty();
    }

    private static Rule rule(JsonNode rule) {
        if (!rule.isObject()) {
            complain("A rule is an object.");
        }
        rule.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                complain("A rule has no field '" + name + "'. It has action, after, customer, bindingMessage, scope,"
                        + " accounts and ping.");
            }
        });
        String word = text(rule, "action", MAX_TEXT).orElse("");
        Optional<Set<String>> scope = text(rule, "scope", MAX_PART).map(Answer::words);
        Optional<Set<String>> accounts = text(rule, "accounts", MAX_PART).map(Answer::words);
        Optional<Action> action = Action.of(word);
        if (action.isEmpty() && !word.equals("none")) {
            complain("action must be allow, deny, report, expire or none.");
        }
        if (!action.equals(Optional.of(Action.ALLOW)) && (scope.isPresent() || accounts.isPresent())) {
            complain("scope and accounts say what is granted: they go with the action allow alone.");
        }
        JsonNode after = rule.path("after");
        if (!after.isMissingNode()
                && !(after.isInt() && after.intValue() >= 0 && after.intValue() <= Rule.MAX_AFTER.toSeconds())) {
            complain("after is a whole number of seconds, from 0 to " + Rule.MAX_AFTER.toSeconds() + ".");
        }
        Optional<String> ping = text(rule, "ping", MAX_TEXT);
        if (ping.isPresent() && !ping.get().equals("lose")) {
            complain("ping is lose, or is left out.");
        }
        return new Rule(
                text(rule, "customer", MAX_TEXT),
                text(rule, "bindingMessage", MAX_TEXT),
                action.map(known -> new Answer(known, scope, accounts)),
                Duration.ofSeconds(after.asInt()),
                ping.isPresent());
    }

    private static Optional<String> text(JsonNode rule, String field, int longest) {
        JsonNode value = rule.path(field);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().length() > longest) {
            complain(field + " is a string of at most " + longest + " characters.");
        }
        return Optional.of(value.textValue());
    }

    private static void complain(String detail) {
        throw new Complaint(detail);
    }

    private static final class Complaint extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1;

        private Complaint(String detail) {
            super(detail, null, false, false);
        }
    }
}
