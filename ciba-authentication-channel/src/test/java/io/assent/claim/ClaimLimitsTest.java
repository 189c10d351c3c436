package io.assent.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimLimitsTest {

    private static final JsonNode DE = TextNode.valueOf("DE");
    private static final JsonNode FR = TextNode.valueOf("FR");
    private static final ClaimSet GERMANS = new ClaimSet(Map.of("nationality", Set.of(DE)));
    private static final ClaimSet ANYBODY = new ClaimSet(Map.of("nationality", Set.of()));
    private static final ClaimSet BORN = new ClaimSet(Map.of("birthdate", Set.of()));

    private static ClaimSet verified(Set<ClaimPlace> places, String purpose) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.putObject("verification").putNull("trust_framework");
        wish.putObject("claims").putNull("nationality");
        wish.put("purpose", purpose);
        return new ClaimSet(Map.of(
                VerifiedWish.NAME, Set.of(new VerifiedWish(wish).at(places).json())));
    }

    private static ClaimLimits person(ClaimSet claims) {
        return new ClaimLimits(Map.of("identity.person", claims));
    }

    private static boolean covers(ClaimLimits granted, ClaimLimits asked) {
        return granted.covers("identity.person", asked);
    }

    @Test
    void aWholePermissionCoversAnyPartAndNoPartTheWhole() {
        assertThat(covers(ClaimLimits.NONE, person(BORN))).isTrue();
        assertThat(covers(ClaimLimits.NONE, ClaimLimits.NONE)).isTrue();
        assertThat(covers(person(BORN), ClaimLimits.NONE)).isFalse();
    }

    @Test
    void aPartCoversNoMoreThanItself() {
        assertThat(covers(person(BORN), person(BORN))).isTrue();
        assertThat(covers(person(BORN), person(ANYBODY))).isFalse();
        assertThat(covers(person(BORN.and(ANYBODY)), person(BORN))).isTrue();
        assertThat(covers(person(ANYBODY), person(GERMANS))).isTrue();
        assertThat(covers(person(GERMANS), person(ANYBODY))).isFalse();
        assertThat(covers(person(GERMANS), person(new ClaimSet(Map.of("nationality", Set.of(FR))))))
                .isFalse();
    }

    @Test
    void bothTogetherLetThroughWhatEitherDoes() {
        assertThat(ClaimLimits.both(Optional.of(BORN), Optional.of(GERMANS))).hasValue(BORN.and(GERMANS));
        assertThat(ClaimLimits.both(Optional.of(BORN), Optional.empty())).isEmpty();
        assertThat(GERMANS.and(ANYBODY)).isEqualTo(ANYBODY);
        assertThat(GERMANS.and(new ClaimSet(Map.of("nationality", Set.of(FR)))).lets("nationality", FR))
                .isTrue();
    }

    @Test
    void whatComesInThePlaceOfOthersIsForNoMoreThanTheyWere() {
        Optional<ClaimSet> whole = Optional.empty();
        assertThat(ClaimLimits.inPlaceOf(List.of(whole, whole))).isEmpty();
        assertThat(ClaimLimits.inPlaceOf(List.of(Optional.of(BORN)))).hasValue(BORN);
        assertThat(ClaimLimits.inPlaceOf(List.of(Optional.of(BORN), Optional.of(GERMANS))))
                .hasValue(BORN.and(GERMANS));
        assertThat(ClaimLimits.inPlaceOf(List.of(Optional.of(BORN), whole))).hasValue(BORN);
        ClaimSet verified = verified(ClaimPlace.ALL, "To lend");
        ClaimSet both = ClaimSet.WHOLE.and(verified);
        assertThat(ClaimLimits.inPlaceOf(List.of(Optional.of(both), whole))).hasValue(both);
        assertThat(ClaimLimits.inPlaceOf(List.of(Optional.of(both), Optional.of(BORN))))
                .hasValue(verified.and(BORN));
    }

    @Test
    void howeverOftenMoreIsGrantedARowStaysARow() throws JsonProcessingException {
        JsonMapper mapper = new JsonMapper();
        ClaimSet all = ClaimSet.NONE;
        for (int time = 0; time < 100; time++) {
            all = all.and(new ClaimSet(Map.of(
                    "nationality",
                    Set.of(TextNode.valueOf("N" + time)),
                    VerifiedWish.NAME,
                    Set.of(
                            mapper.readTree("{\"purpose\":\"case %d\",\"claims\":{\"birthdate\":{\"purpose\":\"%d\"}}}"
                                    .formatted(time, time)),
                            mapper.readTree("{\"claims\":{\"c%d\":null}}".formatted(time))))));
        }

        assertThat(all.claims().get("nationality")).hasSize(10).contains(TextNode.valueOf("N99"));
        assertThat(all.verified()).hasSize(10);
        assertThat(all.verified().toString()).contains("case 99").doesNotContain("case 98");
    }

    @Test
    void aClaimIsToldWithOneOfItsValues() {
        assertThat(GERMANS.lets("nationality", DE)).isTrue();
        assertThat(GERMANS.lets("nationality", FR)).isFalse();
        assertThat(GERMANS.lets("nationality", MissingNode.getInstance())).isFalse();
        assertThat(ANYBODY.lets("nationality", FR)).isTrue();
        assertThat(ANYBODY.lets("birthdate", DE)).isFalse();
    }

    @Test
    void theWholeIsWithoutWhatIsVerified() {
        ClaimSet verified = verified(ClaimPlace.ALL, "To lend");
        assertThat(covers(ClaimLimits.NONE, person(verified))).isFalse();
        assertThat(covers(person(ClaimSet.WHOLE.and(verified)), person(verified)))
                .isTrue();
        assertThat(covers(person(ClaimSet.WHOLE.and(verified)), person(BORN))).isTrue();
        assertThat(covers(person(ClaimSet.WHOLE.and(verified)), ClaimLimits.NONE))
                .isTrue();
        assertThat(covers(person(BORN.and(verified)), ClaimLimits.NONE)).isFalse();
        assertThat(ClaimLimits.both(Optional.of(verified), Optional.empty())).hasValue(ClaimSet.WHOLE.and(verified));
        assertThat(BORN.and(ClaimSet.WHOLE)).isEqualTo(ClaimSet.WHOLE);
    }

    @Test
    void whatWasVerifiedIsToldWhereOneOfTheRequestsAskedForIt() {
        ClaimSet there = verified(Set.of(ClaimPlace.USERINFO), "To lend");
        ClaimSet both = verified(Set.of(ClaimPlace.ID_TOKEN), "To lend").and(there);

        assertThat(both).isEqualTo(verified(ClaimPlace.ALL, "To lend"));
        assertThat(there.and(there)).isEqualTo(there);
        assertThat(there.verified().get(0).isToldAt(Set.of(ClaimPlace.ID_TOKEN)))
                .isFalse();
        assertThat(ClaimLimits.parse(person(there).findJson().orElseThrow())).isEqualTo(person(there));
    }

    @Test
    void anotherPurposeTakesThePlaceOfTheOneBeforeWhereItIsTold() {
        ClaimSet later =
                verified(ClaimPlace.ALL, "To lend").and(verified(Set.of(ClaimPlace.USERINFO), "To open an account"));

        assertThat(later.verified())
                .extracting(VerifiedWish::purposes, VerifiedWish::places)
                .containsExactly(
                        tuple(Set.of("To lend"), Set.of(ClaimPlace.ID_TOKEN)),
                        tuple(Set.of("To open an account"), Set.of(ClaimPlace.USERINFO)));
    }

    @Test
    void whatIsToldAtOnePlaceIsAskedForAnewAtAnother() {
        ClaimLimits there = person(verified(Set.of(ClaimPlace.USERINFO), "To lend"));
        ClaimLimits both = person(verified(ClaimPlace.ALL, "To lend"));

        assertThat(covers(both, there)).isTrue();
        assertThat(covers(there, there)).isTrue();
        assertThat(covers(there, both)).isFalse();
        assertThat(covers(both, person(verified(ClaimPlace.ALL, "To open an account"))))
                .isFalse();
    }

    @Test
    void whatWasKeptBeforeThereWerePlacesIsToldAtAll() {
        ClaimSet kept = ClaimLimits.parse("""
                        {"identity.person":{"verified_claims":[{"verification":{"trust_framework":null},
                         "claims":{"nationality":null},"purpose":"To lend"}]}}""").of("identity.person").orElseThrow();

        assertThat(kept).isEqualTo(verified(ClaimPlace.ALL, "To lend"));
        assertThat(kept.verified().get(0).places()).isEqualTo(ClaimPlace.ALL);
    }

    @Test
    void whatIsKeptIsReadAsItWas() {
        ClaimLimits limits = person(BORN.and(new ClaimSet(Map.of("level", Set.of(IntNode.valueOf(2), DE)))));
        assertThat(ClaimLimits.parse(limits.findJson().orElseThrow())).isEqualTo(limits);
        assertThat(ClaimLimits.NONE.findJson()).isEmpty();
        assertThat(ClaimLimits.parse(null)).isEqualTo(ClaimLimits.NONE);
    }
}
