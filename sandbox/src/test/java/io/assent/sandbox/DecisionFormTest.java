package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.sandbox.DecisionForm.Reading;
import io.assent.sandbox.unattended.Answer;
import io.assent.sandbox.unattended.Answer.Action;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionFormTest {

    private static final MultivaluedMap<String, String> NOTHING = fields();

    @Test
    void theQueryAndAFormSayTheSame() {
        MultivaluedMap<String, String> fields = fields("auth_req_id", "a.b.c", "action", "allow");

        assertThat(form(fields, NOTHING))
                .isEqualTo(form(NOTHING, fields))
                .isEqualTo(form(fields("auth_req_id", "a.b.c"), fields("action", "allow")))
                .isEqualTo(new DecisionForm("a.b.c", new Answer(Action.ALLOW, Optional.empty(), Optional.empty())));
    }

    @Test
    void aPartIsNamedByWords() {
        DecisionForm form =
                form(NOTHING, fields("auth_req_id", "a", "action", "allow", "scope", " one  two one ", "accounts", ""));

        assertThat(form.answer().scope()).contains(Set.of("one", "two"));
        assertThat(form.answer().accounts()).contains(Set.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ALLOW", "approve", "allow deny", "x"})
    void anActionThatIsNoneIsRefused(String action) {
        assertRefused(fields("auth_req_id", "a", "action", action), NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aRequestIsNamed(String authReqId) {
        assertRefused(fields("auth_req_id", authReqId, "action", "allow"), NOTHING);
        assertRefused(fields("action", "allow"), NOTHING);
    }

    @Test
    void eachParameterIsThereOnce() {
        MultivaluedMap<String, String> twice = fields("auth_req_id", "a", "action", "allow");
        twice.add("action", "allow");

        assertRefused(twice, NOTHING);
        assertRefused(fields("auth_req_id", "a", "action", "allow"), fields("action", "deny"));
    }

    @Test
    void aValueHasABound() {
        String longest = "x".repeat(DecisionForm.MAX_LENGTH);

        assertThat(form(fields("auth_req_id", longest, "action", "deny"), NOTHING)
                        .authReqId())
                .isEqualTo(longest);
        for (String name : new String[] {"auth_req_id", "action", "scope", "accounts"}) {
            MultivaluedMap<String, String> fields = fields("auth_req_id", "a", "action", "allow");
            fields.putSingle(name, longest + "x");
            assertRefused(fields, NOTHING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deny", "report"})
    void aNoHasNoPart(String action) {
        assertRefused(fields("auth_req_id", "a", "action", action, "scope", "one"), NOTHING);
        assertRefused(fields("auth_req_id", "a", "action", action, "accounts", "one"), NOTHING);
    }

    private static DecisionForm form(MultivaluedMap<String, String> query, MultivaluedMap<String, String> form) {
        return ((Reading.Sound) DecisionForm.read(query, form)).form();
    }

    private static void assertRefused(MultivaluedMap<String, String> query, MultivaluedMap<String, String> form) {
        assertThat(DecisionForm.read(query, form)).isInstanceOf(Reading.Malformed.class);
    }

    private static MultivaluedMap<String, String> fields(String... namesAndValues) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
