package io.assent.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;

class DestinationTest {

    private final ComponentModel component = component("fraud-desk");

    private static ComponentModel component(String name) {
        ComponentModel component = new ComponentModel();
        component.setId("4711");
        component.setName(name);
        component.put("enabled", true);
        return component;
    }

    private Destination destination() {
        return new Destination(component);
    }

    @Test
    void whatIsSetRightIsOn() {
        component.put("customerId", "false");
        component.put("source", "https://bank.example/");

        assertThat(destination().flaw()).isEmpty();
        assertThat(destination().isOn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "source, bank",
        "source, 'https://bank.example/ '' '",
        "goneAt, yesterday",
        "goneAt, 1795813836",
        "customerId, yes",
        "enabled, 'TRUE'"
    })
    void whatIsNotSetRightIsOffAndSaysWhatToSetWithoutTheValue(String name, String value) {
        component.put(name, value);

        assertThat(destination().isOn()).isFalse();
        assertThat(destination().flaw())
                .hasValueSatisfying(
                        flaw -> assertThat(flaw).contains("'" + name + "'").doesNotContain(value));
        assertThat(destination().switchedOff()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", "a\nb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void aNameThatIsNoneIsInNoLogLine(String name) {
        Destination destination = new Destination(component(name));

        assertThat(destination.isOn()).isFalse();
        assertThat(destination.nameOrId()).isEqualTo("4711");
    }

    @Test
    void spaceAroundAFlagIsNoPartOfIt() {
        component.put("enabled", " true\n");
        component.put("customerId", "true ");

        assertThat(destination().flaw()).isEmpty();
        assertThat(destination().isOn()).isTrue();
        assertThat(destination().hasCustomerId()).isTrue();
    }

    @Test
    void oneWithoutANameIsOff() {
        Destination destination = new Destination(component(null));

        assertThat(destination.name()).isEmpty();
        assertThat(destination.isOn()).isFalse();
    }

    @Test
    void aSourceThatIsTooLongIsRefused() {
        component.put("source", "https://bank.example/" + "a".repeat(255));

        assertThat(destination().flaw()).isPresent();
    }

    @Test
    void whatTheServerSwitchedOffSaysWhenUntilItIsOnAgain() {
        Instant now = Instant.parse("2026-11-27T12:00:00Z");
        destination().off(now, "the receiver answered 410 Gone");

        assertThat(destination().isOn()).isFalse();
        assertThat(destination().flaw()).isEmpty();
        assertThat(destination().switchedOff())
                .contains(new Destination.SwitchedOff(now, "the receiver answered 410 Gone"));
        component.put("enabled", true);
        assertThat(destination().switchedOff()).isEmpty();
    }
}
