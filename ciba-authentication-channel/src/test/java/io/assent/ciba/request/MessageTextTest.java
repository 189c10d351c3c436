package io.assent.ciba.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {

    private static Optional<String> text(String sent) {
        return MessageText.of(sent).map(MessageText::value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KR-4711",
                "Payment of 12,50 € to Müller & Söhne",
                "Überweisung: «Ça va»?",
                "支払い 1200円",
                "שלום 42",
                "✓ 4711 \uD83D\uDE00"
            })
    void textOfOneLineIsShownAsItIs(String message) {
        assertThat(text(message)).hasValue(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\tb",
                "a\u0000b",
                "a\u007fb",
                "a\u202eb",
                "a\u2066b",
                "a\u200fb",
                "a\u200bb",
                "a\u00adb",
                "\ufeffa",
                "a\u2028b",
                "a\u2029b",
                "a\ue000b",
                "a\ud800b",
                "a\u0300\u0301\u0302\u0303",
                "   ",
                ""
            })
    void whatIsNotSeenOrTurnsTheTextIsRefused(String message) {
        assertThat(text(message)).isEmpty();
    }

    @Test
    void aLetterAndItsAccentAreOne() {
        assertThat(text("Mu\u0308ller")).hasValue("M\u00fcller");
    }

    @Test
    void itHasOneHundredAndTwentyEightCharacters() {
        assertThat(text("é".repeat(128))).isPresent();
        assertThat(text("é".repeat(129))).isEmpty();
    }
}
