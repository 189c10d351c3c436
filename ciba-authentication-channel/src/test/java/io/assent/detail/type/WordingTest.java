package io.assent.detail.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Merchant A",
                "M\u00fcller & S\u00f6hne <GmbH>",
                "Mu\u0308ller",
                "Nguye\u0302\u0303n Th\u1ecb",
                "\u0628\u0650\u0651\u0633\u0645",
                "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",
                "\u0e19\u0e49\u0e33",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "\u682a\u5f0f\u4f1a\u793e",
                "A \ud83d\ude00"
            })
    void whatPeopleWriteMayBeRead(String text) {
        assertThat(Wording.flaw("creditorName", TextNode.valueOf(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0335\u0336\u0337",
                "\u00e4\u0335\u0336\u0337b",
                "1\u20dd\u20dd\u20dd",
                "a\u0300\u0301\u0302\u0303"
            })
    void marksDoNotPaintOverWhatStandsAround(String text) {
        assertThat(Wording.flaw("creditorName", TextNode.valueOf(text)))
                .contains("creditorName has more than two marks on a letter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A\ufe00",
                "A\ufe0f",
                "A\u180b",
                "A\udb40\udd00",
                "A\udb40\udc41",
                "\u3164A",
                "A\u00ad",
                "A\u200b"
            })
    void whatNobodySeesIsRefused(String text) {
        assertThat(Wording.flaw("creditorName", TextNode.valueOf(text)))
                .contains("creditorName has characters that nobody sees");
    }
}
