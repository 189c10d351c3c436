package io.assent.sandbox.unattended;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.sandbox.unattended.Answer.Action;
import io.assent.sandbox.unattended.Script.Reading;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

    @Test
    void theFirstRuleThatFitsCounts() {
        Script script = sound("""
                {"rules": [
                  {"customer": "alice", "bindingMessage": "Order 1", "action": "deny"},
                  {"customer": "alice", "action": "report", "after": 600},
                  {"bindingMessage": "Order 1", "action": "none"},
                  {"action": "allow", "scope": "a  b", "accounts": "", "after": 3}
                ]}""");

        assertThat(script.find("alice", "Order 1")).contains(rule("alice", "Order 1", Action.DENY, 0));
        assertThat(script.find("alice", "Order 2")).contains(rule("alice", null, Action.REPORT, 600));
        assertThat(script.find("alice", null)).contains(rule("alice", null, Action.REPORT, 600));
        assertThat(script.find("bob", "Order 1")).contains(rule(null, "Order 1", null, 0));
        assertThat(script.find("bob", null))
                .contains(new Rule(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Answer(Action.ALLOW, Optional.of(Set.of("a", "b")), Optional.of(Set.of()))),
                        Duration.ofSeconds(3),
                        false));
    }

    @Test
    void aScriptEndsTimesLosesPingsAndHasAClock() {
        Script script = sound("""
                {"clock": -300, "rules": [
                  {"customer": "alice", "action": "expire", "after": 2},
                  {"action": "deny", "ping": "lose"}
                ]}""");

        assertThat(script.clock()).isEqualTo(Duration.ofSeconds(-300));
        assertThat(script.find("alice", null)).contains(rule("alice", null, Action.EXPIRE, 2));
        assertThat(script.find("bob", null)).get().matches(Rule::losesPing);
        assertThat(sound("{\"rules\": []}").clock()).isZero();
    }

    @Test
    void withoutARuleNobodyAnswers() {
        assertThat(sound("{\"rules\": []}").find("alice", null)).isEmpty();
        assertThat(sound("{\"rules\": [{\"customer\": \"bob\", \"action\": \"deny\"}]}")
                        .find("alice", null))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"rules\": {}}",
                "{\"rules\": [], \"more\": 1}",
                "{\"rules\": [], \"rules\": []}",
                "{\"rules\": []} {}",
                "{\"rules\": [1]}",
                "{\"rules\": [{}]}",
                "{\"rules\": [{\"action\": \"ALLOW\"}]}",
                "{\"rules\": [{\"action\": 1}]}",
                "{\"rules\": [{\"action\": \"allow\", \"user\": \"alice\"}]}",
                "{\"rules\": [{\"action\": \"allow\", \"customer\": null}]}",
                "{\"rules\": [{\"action\": \"allow\", \"after\": -1}]}",
                "{\"rules\": [{\"action\": \"allow\", \"after\": 601}]}",
                "{\"rules\": [{\"action\": \"allow\", \"after\": 1.5}]}",
                "{\"rules\": [{\"action\": \"allow\", \"after\": \"1\"}]}",
                "{\"rules\": [{\"action\": \"allow\", \"after\": 99999999999}]}",
                "{\"rules\": [{\"action\": \"deny\", \"scope\": \"a\"}]}",
                "{\"rules\": [{\"action\": \"none\", \"accounts\": \"a\"}]}",
                "{\"rules\": [{\"action\": \"expire\", \"accounts\": \"a\"}]}",
                "{\"rules\": [{\"action\": \"deny\", \"ping\": \"send\"}]}",
                "{\"rules\": [{\"action\": \"deny\", \"ping\": true}]}",
                "{\"rules\": [], \"clock\": 301}",
                "{\"rules\": [], \"clock\": -301}",
                "{\"rules\": [], \"clock\": 1.5}",
                "{\"rules\": [], \"clock\": \"1\"}",
                "{\"rules\": [], \"clock\": null}",
                "{\"clock\": 1}",
            })
    void whatIsNoScriptIsRefused(String text) {
        assertThat(Script.read(text)).isInstanceOf(Reading.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\": \"deny\"}, {\"action\": \"allow\"}",
                "{\"action\": \"deny\"}, {\"action\": \"allow\", \"customer\": \"alice\"}",
                "{\"action\": \"deny\", \"customer\": \"alice\"}, {\"action\": \"allow\", \"customer\": \"alice\", \"bindingMessage\": \"x\"}",
            })
    void aRuleThatIsNeverReachedIsRefused(String rules) {
        assertThat(Script.read("{\"rules\": [" + rules + "]}"))
                .isInstanceOfSatisfying(Reading.Malformed.class, malformed -> assertThat(malformed.detail())
                        .startsWith("Rule 2 is never reached: rule 1"));
    }

    @Test
    void aScriptHasABound() {
        assertThat(Script.read(rules(Script.MAX_RULES))).isInstanceOf(Reading.Sound.class);
        assertThat(Script.read(rules(Script.MAX_RULES + 1))).isInstanceOf(Reading.Malformed.class);
        assertThat(Script.read("{\"rules\": []}" + " ".repeat(Script.MAX_LENGTH)))
                .isInstanceOf(Reading.Malformed.class);
        assertThat(Script.read("{\"rules\": [{\"action\": \"deny\", \"customer\": \"" + "x".repeat(256) + "\"}]}"))
                .isInstanceOf(Reading.Malformed.class);
    }

    private static String rules(int number) {
        return IntStream.range(0, number)
                .mapToObj("{\"action\": \"deny\", \"customer\": \"c%d\"}"::formatted)
                .collect(Collectors.joining(",", "{\"rules\": [", "]}"));
    }

    private static Rule rule(String customer, String message, Action action, int after) {
        return new Rule(
                Optional.ofNullable(customer),
                Optional.ofNullable(message),
                Optional.ofNullable(action).map(known -> new Answer(known, Optional.empty(), Optional.empty())),
                Duration.ofSeconds(after),
                false);
    }

    private static Script sound(String text) {
        return ((Reading.Sound) Script.read(text)).script();
    }
}
