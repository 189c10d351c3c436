package io.assent.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedWishTest {

    private static NamedWish named(String wish) {
        try {
            return NamedWish.of(new VerifiedWish(new ObjectMapper().readTree(wish)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void noValueThatIsDemandedIsInIt() {
        NamedWish wish = named("""
                {"verification":{"trust_framework":null,"time":{"max_age":4711}},
                 "claims":{"nationality":{"value":"Atlantis"},"birthdate":{"values":["1980-05-12"],"max_age":4711}}}""");

        assertThat(wish.claims().keySet()).containsExactly("birthdate", "nationality");
        assertThat(wish.toString()).doesNotContain("Atlantis", "1980", "4711");
    }

    @Test
    void whatAClaimSaysOfItsPurposeGoesBeforeWhatAllOfItIsFor() {
        NamedWish wish = named("""
                {"verification":{"trust_framework":null},"purpose":"For all",
                 "claims":{"nationality":{"purpose":"For this"},"birthdate":null}}""");

        assertThat(wish.claims())
                .containsEntry("nationality", Optional.of("For this"))
                .containsEntry("birthdate", Optional.of("For all"));
    }

    @Test
    void whereNobodySaysWhatForThereIsNoPurpose() {
        assertThat(named("{\"verification\":{\"trust_framework\":null},\"claims\":{\"birthdate\":null}}")
                        .claims())
                .containsEntry("birthdate", Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "null; ''",
                "{\"value\":\"de_aml\"}; de_aml",
                "{\"values\":[\"de_aml\",\"eidas\",\"de_aml\"]}; de_aml eidas",
                "{\"value\":{\"a\":1}}; ''",
                "{\"values\":\"de_aml\"}; ''",
                "{\"values\":[1,null]}; ''",
                "{\"essential\":true}; ''"
            })
    void theTrustFrameworksAreThoseThatAreRequired(String requirement, String names) {
        NamedWish wish =
                named("{\"verification\":{\"trust_framework\":" + requirement + "},\"claims\":{\"birthdate\":null}}");

        assertThat(wish.trustFrameworks()).isEqualTo(names.isEmpty() ? List.of() : List.of(names.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"null; false", "[]; false", "[{}]; false", "[{\"type\":{\"value\":\"document\"}}]; true"})
    void evidenceIsWantedByItsType(String evidence, boolean wanted) {
        assertThat(named("{\"verification\":{\"trust_framework\":null,\"evidence\":" + evidence
                                + "},\"claims\":{\"birthdate\":null}}")
                        .evidence())
                .isEqualTo(wanted);
    }

    @Test
    void itSaysWhereItIsTold() {
        String wish = "{\"verification\":{\"trust_framework\":null},\"claims\":{\"birthdate\":null}%s}";

        assertThat(named(wish.formatted("")).toldIn()).containsExactly("id_token", "userinfo");
        assertThat(named(wish.formatted(",\"place\":\"userinfo\"")).toldIn()).containsExactly("userinfo");
    }
}
