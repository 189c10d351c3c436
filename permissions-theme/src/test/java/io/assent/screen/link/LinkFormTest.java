package io.assent.screen.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.screen.link.LinkForm.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkFormTest {

    @Test
    void aFormOfAnotherPageIsNone() {
        assertThat(LinkForm.of(Map.of())).isEmpty();
        assertThat(LinkForm.of(Map.of("decision", List.of("approve")))).isEmpty();
        assertThat(LinkForm.of(Map.of("way", List.of("browser"), "cancel", List.of("true"))))
                .isEmpty();
    }

    @Test
    void aFormAsItStandsLooksAgain() {
        assertThat(form(Map.of())).isEqualTo(LinkForm.LOOK);
        assertThat(form(Map.of("digits", List.of("  ")))).isEqualTo(LinkForm.LOOK);
        assertThat(form(Map.of("anything", List.of("else")))).isEqualTo(LinkForm.LOOK);
    }

    @ParameterizedTest
    @CsvSource({"more-time, MORE_TIME", "new-code, NEW_CODE", "answer-here, ANSWER_HERE", "cancel, CANCEL"})
    void aButtonSaysWhatIsWanted(String button, Wanted wanted) {
        assertThat(form(Map.of(button, List.of("true")))).isEqualTo(new LinkForm(wanted, Optional.empty()));
    }

    @Test
    void aButtonCountsMoreThanTheFieldBesideIt() {
        assertThat(form(Map.of("digits", List.of("123456"), "cancel", List.of("true"))))
                .isEqualTo(new LinkForm(Wanted.CANCEL, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456", "123 456", " 12-34-56 ", "123\u00a0456"})
    void digitsAreReadHoweverTheyAreGrouped(String typed) {
        assertThat(form(Map.of("digits", List.of(typed)))).isEqualTo(new LinkForm(Wanted.ENTER, Optional.of("123456")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "1234567", "12345a", "\u0661\u0662\u0663\u0664\u0665\u0666", "１２３４５６"})
    void whatIsNotSixDigitsIsNone(String typed) {
        assertThat(form(Map.of("digits", List.of(typed)))).isEqualTo(new LinkForm(Wanted.ENTER, Optional.empty()));
    }

    @Test
    void whatIsSentTwiceOrMuchTooLongIsNone() {
        assertThat(form(Map.of("digits", List.of("123456", "654321"))).digits()).isEmpty();
        assertThat(form(Map.of("digits", List.of("123456" + " ".repeat(100)))).digits())
                .isEmpty();
    }

    private static LinkForm form(Map<String, List<String>> fields) {
        Map<String, List<String>> all = new HashMap<>(fields);
        all.put("way", List.of("app"));
        return LinkForm.of(all).orElseThrow();
    }
}
