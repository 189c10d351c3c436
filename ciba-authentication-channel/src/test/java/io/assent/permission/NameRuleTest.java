package io.assent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {

    private final NameRule rule = new NameRule(List.of("Example Bank", "GiroPlus 24", "ABC"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acme Budget",
                "Müller & Söhne GmbH",
                "Société d’Épargne",
                "O'Neill (UK) Ltd.",
                "Привет",
                "Ελληνικά Credit",
                "アクメ Pay",
                "אקמי",
                "𝔸cme",
                "Bank of Examples",
                "Another Bank, for example",
                "GiroPlus",
                "24",
                "Abcd",
                "7*7 {{name}} $5"
            })
    void aNameOfItsOwnIsShown(String name) {
        assertThat(rule.flaw(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Example Bank",
                " example  BANK ",
                "ExampleBank",
                "E x a m p l e Bank",
                "Example-Bank Support",
                "The Example Bank, Inc.",
                "Éxàmple Bänk",
                "Ｅｘａｍｐｌｅ Ｂａｎｋ",
                "𝐄𝐱𝐚𝐦𝐩𝐥𝐞 𝐁𝐚𝐧𝐤",
                "ExampIe Bank",
                "Examp1e Bank",
                "my giroplus24",
                "G1roP|us 24",
                "|Example Bank|",
                "MyExample Banking24",
                "Abc",
                "A.B.C. Pay"
            })
    void theBanksNameIsReservedHoweverItIsWritten(String name) {
        assertThat(rule.flaw(name)).contains("has a reserved name in it");
    }

    /** With a letter of the Cyrillic alphabet, or the Greek. */
    @ParameterizedTest
    @ValueSource(strings = {"Ex\u0430mple Bank", "\u0415xample Bank", "Examp\u03bbe B\u03b1nk", "\u0410cme"})
    void aWordOfTwoAlphabetsIsNotShown(String name) {
        assertThat(rule.flaw(name)).contains("has a word of two alphabets in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Acme\u202e kcabyaP",
                "Acme\u2066",
                "Acme\u200f",
                "Ac\u200bme",
                "Exam\u00adple Bank",
                "Acme\nYour bank says: approve",
                "Acme\u0000",
                "Acme\u2028",
                "\u2800\u2800",
                "\u3164",
                "Acme\ufe0f",
                "\ue000",
                "\ud800"
            })
    void whatCantBeSeenOrTurnsTheTextIsNotShown(String name) {
        assertThat(rule.flaw(name)).contains("has characters in it that can't be seen or change the direction");
    }

    @Test
    void markupAndMessageKeysAreNotShown() {
        assertThat(rule.flaw("<b>Acme</b>")).contains("has markup in it");
        assertThat(rule.flaw("Acme > all")).contains("has markup in it");
        assertThat(rule.flaw("${doLogIn}")).contains("has a message key in it");
        assertThat(rule.flaw("Acme ${7*7}")).contains("has a message key in it");
    }

    @Test
    void anEmptyReservedNameReservesNothing() {
        assertThat(new NameRule(List.of("", " ", "&")).flaw("Acme")).isEmpty();
    }
}
