package io.assent.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsParameterTest {

    private static final JsonNode GERMAN = TextNode.valueOf("DE");
    private static final JsonNode FRENCH = TextNode.valueOf("FR");

    private static Map<String, Set<JsonNode>> read(String sent) {
        return ((ClaimSet) ClaimsParameter.read(sent)).claims();
    }

    @Test
    void claimsOfBothMembersAreAskedFor() {
        assertThat(read("{\"id_token\":{\"email\":null},\"userinfo\":{\"birthdate\":{}},\"else\":{\"x\":null}}"))
                .containsExactly(Map.entry("email", Set.of()), Map.entry("birthdate", Set.of()));
        assertThat(read("{}")).isEmpty();
        assertThat(read("{\"id_token\":null}")).isEmpty();
    }

    @Test
    void noClaimStandsForAll() {
        assertThat(read("{\"id_token\":{\"*\":null,\"email\":null}}")).containsOnlyKeys("email");
    }

    @Test
    void essentialAndWhatTheStandardDoesNotNameChangeNothing() {
        assertThat(read("{\"id_token\":{\"email\":{\"essential\":true,\"purpose\":\"x\"}}}"))
                .containsExactly(Map.entry("email", Set.of()));
    }

    @Test
    void anAcrThatNobodyWouldReadIsNotDemandedInVain() {
        String verified =
                "\"verified_claims\":{\"verification\":{\"trust_framework\":null},\"claims\":{\"birthdate\":null}}";
        String demanded = "\"acr\":{\"essential\":true,\"values\":[\"2\"]}";
        for (String notRead : List.of(
                "{\"id_token\":{" + demanded + "," + verified + "}}",
                "{\"id_token\":{" + demanded + "},\"userinfo\":{" + verified + "}}",
                "{\"id_token\":{" + demanded + ",\"email\":{\"purpose\":\"To write to you\"}}}",
                "{\"id_token\":{" + demanded + "},\"else\":{}}")) {
            assertThat(ClaimsParameter.flawOfAcr(notRead, true))
                    .as(notRead)
                    .hasValueSatisfying(flaw -> assertThat(flaw.description()).contains("acr_values"));
        }
        String read = "{\"id_token\":{" + demanded + ",\"email\":null}}";
        assertThat(ClaimsParameter.flawOfAcr(read, true)).isEmpty();
        assertThat(ClaimsParameter.flawOfAcr(read, false)).as("by CIBA").isPresent();
        // nobody depends on it
        assertThat(ClaimsParameter.flawOfAcr("{\"id_token\":{\"acr\":{\"values\":[\"2\"]}," + verified + "}}", true))
                .isEmpty();
    }

    @Test
    void valuesAreThoseThatAreWantedOfBothMembers() {
        assertThat(read("{\"id_token\":{\"a\":{\"value\":true}}}")).containsEntry("a", Set.of(BooleanNode.TRUE));
        assertThat(read("{\"id_token\":{\"n\":{\"values\":[\"DE\",\"FR\"]}},\"userinfo\":{\"n\":{\"value\":\"FR\"}}}"))
                .containsEntry("n", Set.of(FRENCH));
        assertThat(read("{\"id_token\":{\"n\":null},\"userinfo\":{\"n\":{\"value\":\"DE\"}}}"))
                .containsEntry("n", Set.of(GERMAN));
        // none that both take: of no claim
        assertThat(read("{\"id_token\":{\"n\":{\"value\":\"DE\"}},\"userinfo\":{\"n\":{\"value\":\"FR\"}}}"))
                .containsEntry("n", Set.of(NullNode.instance));
    }

    @Test
    void whatWasVerifiedIsToldWhereItIsAskedForWhateverItSaysItself() {
        String wish =
                "{\"verification\":{\"trust_framework\":null},\"claims\":{\"birthdate\":null},\"place\":\"id_token\"}";

        assertThat(places("{\"id_token\":{\"verified_claims\":" + wish + "}}")).containsExactly(ClaimPlace.ID_TOKEN);
        assertThat(places("{\"userinfo\":{\"verified_claims\":" + wish + "}}")).containsExactly(ClaimPlace.USERINFO);
        assertThat(places("{\"userinfo\":{\"verified_claims\":[%s]},\"id_token\":{\"verified_claims\":%s}}"
                        .formatted(wish, wish)))
                .isEqualTo(ClaimPlace.ALL);
    }

    private static Set<ClaimPlace> places(String sent) {
        return ((ClaimSet) ClaimsParameter.read(sent)).verified().get(0).places();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"x\"",
                "{",
                "{} {}",
                "{\"id_token\":1}",
                "{\"id_token\":[]}",
                "{\"id_token\":{\"\":null}}",
                "{\"id_token\":{\"a\":true}}",
                "{\"id_token\":{\"a\":[]}}",
                "{\"id_token\":{\"a\":{\"essential\":\"yes\"}}}",
                "{\"id_token\":{\"a\":{\"values\":\"DE\"}}}",
                "{\"id_token\":{\"a\":{\"values\":[]}}}",
                "{\"id_token\":{\"a\":{\"value\":1,\"values\":[1]}}}",
                "{\"id_token\":{\"a\":null,\"a\":{}}}",
                "{\"id_token\":{\"a\":{\"value\":\"\\u0000\"}}}",
                "{\"id_token\":{\"a\\u0000\":null}}",
                "{\"x\":[[[[[[[[[[[[1]]]]]]]]]]]]}"
            })
    void whatCanNotBeReadInOneWayAloneIsRefused(String sent) {
        assertThat(ClaimsParameter.read(sent)).isInstanceOf(ClaimsFlaw.class);
    }

    @Test
    void itsSizeIsBounded() {
        String blanks = " ".repeat(ClaimsParameter.MAX_LENGTH - 2);
        assertThat(ClaimsParameter.read("{}" + blanks)).isEqualTo(ClaimSet.NONE);
        assertThat(ClaimsParameter.read("{} " + blanks)).isInstanceOf(ClaimsFlaw.class);
        assertThat(ClaimsParameter.read(claims(ClaimsParameter.MAX_CLAIMS))).isInstanceOf(ClaimSet.class);
        assertThat(ClaimsParameter.read(claims(ClaimsParameter.MAX_CLAIMS + 1))).isInstanceOf(ClaimsFlaw.class);
    }

    private static String claims(int number) {
        return IntStream.range(0, number)
                .mapToObj(index -> "\"c" + index + "\":null")
                .collect(Collectors.joining(",", "{\"userinfo\":{", "}}"));
    }
}
