package io.assent.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedWishTest {

    private static final Instant NOW = Instant.parse("2024-03-02T00:00:59Z");

    private static final ObjectNode VERIFICATION = object("""
            {"trust_framework":"de_aml","time":"2024-03-01",
             "evidence":[{"type":"document","number":"1"},{"type":"vouch","number":"2"}]}""");

    private static final ObjectNode KNOWN =
            object("{\"nationality\":\"DE\",\"birthdate\":\"1980-05-12\",\"title\":null}");

    private static ObjectNode object(String json) {
        return (ObjectNode) json(json);
    }

    private static JsonNode json(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static VerifiedWish wish(String verification, String claims) {
        return new VerifiedWish(json("{\"verification\":" + verification + ",\"claims\":" + claims + "}"));
    }

    private static Optional<ObjectNode> answer(String verification, String claims) {
        return wish(verification, claims).answer(VERIFICATION, KNOWN, NOW);
    }

    private static final String ANY = "{\"trust_framework\":null}";

    @Test
    void noMoreIsToldThanIsAskedFor() {
        assertThat(answer(ANY, "{\"nationality\":null,\"email\":null,\"title\":null}"))
                .hasValue(object(
                        "{\"verification\":{\"trust_framework\":\"de_aml\"},\"claims\":{\"nationality\":\"DE\"}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"trust_framework\":{\"value\":\"de_aml\"}}; true",
                "{\"trust_framework\":{\"value\":\"eidas\"}}; false",
                "{\"trust_framework\":{\"values\":[\"eidas\",\"de_aml\"]}}; true",
                "{\"trust_framework\":{\"values\":[\"eidas\"]}}; false",
                "{\"trust_framework\":{\"essential\":true}}; true",
                "{\"trust_framework\":null,\"assurance_level\":null}; true",
                "{\"trust_framework\":null,\"assurance_level\":{\"essential\":true}}; true",
                "{\"trust_framework\":null,\"assurance_level\":{\"value\":\"high\"}}; false",
                "{\"trust_framework\":null,\"process\":{\"step\":{\"value\":1}}}; false",
                "{\"trust_framework\":null,\"time\":{\"part\":null}}; false",
                "{\"trust_framework\":null,\"evidence\":[{\"type\":{\"value\":\"vouch\"}}]}; true",
                "{\"trust_framework\":null,\"evidence\":[{\"type\":{\"value\":\"record\"}}]}; false"
            })
    void whatIsRequiredOfTheVerificationDecides(String verification, boolean told) {
        assertThat(answer(verification, "{\"nationality\":null}").isPresent()).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-03-01, 60, true",
        "2024-03-01, 59, false",
        "2024-03-02T00:00:00Z, 59, true",
        "2024-03-02T00:00:00Z, 58, false",
        "2024-03-02T02:00+02:00, 59, true",
        "2999-01-01, 0, true",
        "2024-03-01, 9223372036854775807, true",
        "yesterday, 9223372036854775807, false",
        "17, 9223372036854775807, false",
        ", 9223372036854775807, false"
    })
    void whatIsOlderThanWantedOrHasNoTimeIsNotTold(String time, long maxAge, boolean told) {
        ObjectNode verification = VERIFICATION.deepCopy().put("time", time);
        ObjectNode known = KNOWN.deepCopy().put("birthdate", time);
        String asked = "{\"trust_framework\":null,\"time\":{\"max_age\":" + maxAge + "}}";
        String claim = "{\"nationality\":null,\"birthdate\":{\"max_age\":" + maxAge + "}}";

        assertThat(wish(asked, "{\"nationality\":null}")
                        .answer(verification, known, NOW)
                        .isPresent())
                .isEqualTo(told);
        assertThat(wish(ANY, claim)
                        .answer(verification, known, NOW)
                        .orElseThrow()
                        .get("claims")
                        .has("birthdate"))
                .as("of a claim, that claim alone")
                .isEqualTo(told);
        assertThat(wish(asked, claim).flaw()).isEmpty();
    }

    @Test
    void ofTheEvidenceWhatMeetsTheRequestIsTold() {
        assertThat(answer(
                                "{\"trust_framework\":null,\"evidence\":[{\"type\":{\"value\":\"vouch\"}}]}",
                                "{\"nationality\":null}")
                        .orElseThrow()
                        .at("/verification/evidence"))
                .isEqualTo(json("[{\"type\":\"vouch\"}]"));
    }

    @Test
    void documentsAreToldAndAskedAboutOnlyWhereThePermissionSaysSo() {
        String asked = "{\"trust_framework\":null,\"time\":null,\"evidence\":[{\"type\":null}],\"process\":null}";
        VerifiedWish wish = wish(asked, "{\"nationality\":null}");

        ObjectNode without = VerifiedWish.tellable(VERIFICATION, CarriedEvidence.NONE);
        ObjectNode with =
                VerifiedWish.tellable(VERIFICATION, new CarriedEvidence(Set.of("vouch"), Set.of(), Set.of(), Set.of()));

        assertThat(wish.answer(without, KNOWN, NOW)
                        .orElseThrow()
                        .get("verification")
                        .has("evidence"))
                .isFalse();
        assertThat(wish.answer(with, KNOWN, NOW)
                        .orElseThrow()
                        .get("verification")
                        .has("evidence"))
                .isTrue();
        assertThat(wish(
                                "{\"trust_framework\":null,\"evidence\":[{\"number\":{\"value\":\"1\"}}]}",
                                "{\"nationality\":null}")
                        .answer(without, KNOWN, NOW))
                .as("also where the guess is right")
                .isEmpty();
        assertThat(wish.names()).containsExactlyInAnyOrder("nationality", "evidence");
        assertThat(wish(ANY, "{\"nationality\":null}").names()).containsExactly("nationality");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "[{}]", "[{\"number\":null}]"})
    void evidenceThatIsNotAskedForByItsTypeIsNotTold(String evidence) {
        String verification = "{\"trust_framework\":null,\"evidence\":" + evidence + "}";

        assertThat(answer(verification, "{\"nationality\":null}")
                        .orElseThrow()
                        .get("verification")
                        .has("evidence"))
                .isFalse();
        assertThat(wish(verification, "{\"nationality\":null}").names()).containsExactly("nationality");
    }

    @Test
    void aClaimWithAnotherValueIsLeftOut() {
        assertThat(answer(ANY, "{\"nationality\":{\"value\":\"FR\"},\"birthdate\":null}")
                        .orElseThrow()
                        .get("claims"))
                .isEqualTo(json("{\"birthdate\":\"1980-05-12\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"nationality\":{\"values\":[\"FR\"]}}", "{\"email\":{\"essential\":true}}", "{\"title\":null}"
            })
    void withoutAnyClaimTheVerificationIsToldAndNoDocument(String claims) {
        assertThat(answer(
                        "{\"trust_framework\":null,\"evidence\":[{\"type\":{\"value\":\"document\"},\"number\":null}]}",
                        claims))
                .hasValue(object("{\"verification\":{\"trust_framework\":\"de_aml\"},\"claims\":{}}"));
        assertThat(answer("{\"trust_framework\":{\"value\":\"eidas\"}}", claims))
                .isEmpty();
    }

    @Test
    void whereThePermissionCarriesNoneOfTheClaimsNothingIsTold() {
        assertThat(wish(ANY, "{\"nationality\":null}").only(Set.of("birthdate")).answer(VERIFICATION, KNOWN, NOW))
                .isEmpty();
    }

    @Test
    void forSomeOfItsClaimsItIsForNoOthers() {
        VerifiedWish some =
                wish(ANY, "{\"nationality\":null,\"birthdate\":null}").only(Set.of("birthdate"));
        assertThat(some.claims()).containsExactly("birthdate");
        assertThat(some.answer(VERIFICATION, KNOWN, NOW)
                        .orElseThrow()
                        .get("claims")
                        .has("nationality"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"purpose\":\"ok\"}",
                "{\"purpose\":1}",
                "{\"purpose\":\"line\\nbreak\"}",
                "{\"purpose\":\"turned \\u202e round\"}"
            })
    void aPurposeIsATextThatCustomersCanRead(String claim) {
        assertThat(wish(ANY, "{\"birthdate\":" + claim + "}").flaw()).isPresent();
    }

    @Test
    void aPurposeHasAsManyCharactersAsTheStandardSays() {
        assertThat(purpose(2).flaw()).isPresent();
        assertThat(purpose(3).flaw()).isEmpty();
        assertThat(purpose(300).flaw()).isEmpty();
        assertThat(purpose(301).flaw()).isPresent();
        assertThat(purpose(3).purposes()).containsExactly("xxx");
    }

    private static VerifiedWish purpose(int length) {
        return wish(ANY, "{\"birthdate\":{\"purpose\":\"" + "x".repeat(length) + "\"}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"time\":null}",
                "{\"trust_framework\":\"de_aml\"}",
                "{\"trust_framework\":{\"value\":\"a\",\"values\":[\"a\"]}}",
                "{\"trust_framework\":null,\"time\":{\"max_age\":-1}}",
                "{\"trust_framework\":null,\"time\":{\"max_age\":\"60\"}}",
                "{\"trust_framework\":null,\"time\":{\"max_age\":null}}",
                "{\"trust_framework\":null,\"evidence\":[1]}"
            })
    void whatIsRequiredOfTheVerificationHasToBeUnderstood(String verification) {
        assertThat(wish(verification, "{\"birthdate\":null}").flaw()).isPresent();
    }
}
