package io.assent.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale.LanguageRange;
import org.junit.jupiter.api.Test;

class LanguagesTest {

    @Test
    void aListIsReadInItsOrderOfPreference() {
        assertThat(Languages.parse("en;q=0.5, de").orElseThrow())
                .extracting(LanguageRange::getRange)
                .startsWith("de");
    }

    @Test
    void whatIsNoListIsPassedOver() {
        assertThat(Languages.parse(";;;,,,")).isEmpty();
        assertThat(Languages.parse("de;q=x")).isEmpty();
    }

    @Test
    void aListThatIsTooLongIsPassedOver() {
        String longest = "de" + ",fr".repeat(332) + ",x";
        assertThat(longest).hasSize(Languages.MAX_RANGES_LENGTH);

        assertThat(Languages.parse(longest)).isPresent();
        assertThat(Languages.parse(longest + "x")).isEmpty();
    }
}
