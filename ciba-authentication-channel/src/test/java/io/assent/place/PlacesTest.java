package io.assent.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesTest {

    @Test
    void aPlaceIsToldInTheCustomersLanguage() {
        Places places =
                Places.of(Optional.of((address, language) -> Optional.of(address + " " + language.getLanguage())));

        assertThat(places.find("192.0.2.1", Locale.GERMAN)).contains("192.0.2.1 de");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Berlin\nGermany", "Berlin\u202e", "a\u0301\u0301\u0301"})
    void whatCannotBeShownIsNotShown(String text) {
        assertThat(Places.of(Optional.of((address, language) -> Optional.of(text)))
                        .find("192.0.2.1", Locale.ENGLISH))
                .isEmpty();
    }

    @Test
    void aTextThatIsTooLongIsNotShown() {
        assertThat(Places.of(Optional.of((address, language) -> Optional.of("a".repeat(101))))
                        .find("192.0.2.1", Locale.ENGLISH))
                .isEmpty();
    }

    @Test
    void nobodyWaitsForAPlace() {
        assertThat(Places.of(Optional.empty()).find("192.0.2.1", Locale.ENGLISH))
                .isEmpty();
        assertThat(Places.of(Optional.of((address, language) -> Optional.of("Berlin")))
                        .find(null, Locale.ENGLISH))
                .isEmpty();
        assertThat(Places.of(Optional.of((address, language) -> {
                            throw new IllegalStateException("the register is away");
                        }))
                        .find("192.0.2.1", Locale.ENGLISH))
                .isEmpty();
    }
}
