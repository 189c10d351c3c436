package io.assent.permission.change;

import static io.assent.permission.change.Written.apply;
import static io.assent.permission.change.Written.inForce;
import static io.assent.permission.change.Written.merge;
import static io.assent.permission.change.Written.rename;
import static io.assent.permission.change.Written.retire;
import static io.assent.permission.change.Written.scope;
import static io.assent.permission.change.Written.scopes;
import static io.assent.permission.change.Written.split;
import static io.assent.permission.change.Written.then;
import static io.assent.permission.change.Written.undone;
import static io.assent.permission.change.Written.widen;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final List<NamedScope> EVERYTHING = scopes("abcdefghijk".split(""));

    @Test
    void whatIsRenamedOrSplitStandsUnderTheNewNames() {
        Changes changes = inForce(rename("r", "a", "b"), split("s", "c", "d", "e"));

        Mapping mapping = apply(changes, scopes("a", "c", "x"));

        assertThat(mapping.granted()).containsExactlyInAnyOrder(scope("b"), scope("d"), scope("e"), scope("x"));
        assertThat(mapping.outcome()).isEqualTo(Outcome.MAPPED);
        assertThat(mapping.done())
                .containsExactly(
                        new Replacement("r", scopes("a"), scopes("b"), false),
                        new Replacement("s", scopes("c"), scopes("d", "e"), false));
    }

    @Test
    void theSameIsTheSameWheneverItCameIntoForce() {
        Changes changes = inForce(rename("r", "a", "b"), widen("w", "c", "d"));
        Changes later = new Changes(
                7,
                changes.all().stream()
                        .map(change -> change.beganAt(Written.NOW.plusSeconds(1)))
                        .toList());

        assertThat(later).isNotEqualTo(changes);
        assertThat(later.sayTheSameAs(changes)).isTrue();
        assertThat(inForce(rename("r", "a", "b")).sayTheSameAs(changes)).isFalse();
        assertThat(then(changes, rename("r", "a", "b"), undone(widen("w", "c", "d")))
                        .sayTheSameAs(changes))
                .isFalse();
    }

    @Test
    void oneChangeGoesOnWithWhatTheOneBeforeGave() {
        Changes changes = inForce(rename("r", "a", "b"), split("s", "b", "c", "d"), merge("m", "e", "c", "d"));

        assertThat(apply(changes, scopes("a")).granted()).containsExactly(scope("e"));
    }

    @Test
    void aMergeIsForWhoeverGrantedAll() {
        Changes changes = inForce(merge("m", "c", "a", "b"));

        assertThat(apply(changes, scopes("a", "b")).granted()).containsExactly(scope("c"));
        Mapping part = apply(changes, scopes("a"));
        assertThat(part.granted()).containsExactly(scope("a"));
        assertThat(part.done()).isEmpty();
        assertThat(part.outcome()).isEqualTo(Outcome.NEEDS_CUSTOMER);
    }

    @Test
    void whatIsWiderWorksOnAsItWasAndIsAskedFor() {
        Changes changes = inForce(widen("w", "a", "d"));

        Mapping mapping = apply(changes, scopes("a"));
        assertThat(mapping.granted()).containsExactly(scope("a"));
        assertThat(mapping.done()).isEmpty();
        assertThat(mapping.outcome()).isEqualTo(Outcome.NEEDS_CUSTOMER);
        assertThat(apply(changes, scopes("a", "d")).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void whatIsWiderIsMissingToWhoGrantedTheOldPart() {
        Changes changes = inForce(widen("w", "a", "d"));

        assertThat(missing(changes, "a", "x")).containsExactly(scope("d"));
        assertThat(missing(changes, "a", "d")).isEmpty();
        assertThat(missing(changes, "x")).isEmpty();
    }

    @Test
    void theOldPartIsAlsoWhatLaterChangesMadeOfIt() {
        Changes renamed = inForce(widen("w", "a", "d"), rename("r", "a", "b"));
        assertThat(missing(renamed, "a")).containsExactly(scope("d"));
        assertThat(missing(renamed, "b")).containsExactly(scope("d"));
        assertThat(missing(renamed, "b", "d")).isEmpty();

        Changes split = inForce(widen("w", "a", "d"), split("s", "a", "b", "c"));
        assertThat(missing(split, "b", "c")).containsExactly(scope("d"));
        assertThat(missing(split, "b")).isEmpty();

        Changes merged = inForce(widen("w", "a", "d"), merge("m", "c", "a", "b"));
        assertThat(missing(merged, "c")).containsExactly(scope("d"));
        assertThat(missing(merged, "a")).containsExactly(scope("d"));

        Changes undone = then(renamed, widen("w", "a", "d"), undone(rename("r", "a", "b")));
        assertThat(missing(undone, "b")).isEmpty();
    }

    @Test
    void whatIsSilentOrOverAsksNobody() {
        Changes changes = inForce(widen("w", "a", "d"), rename("r", "b", "c"));
        Change wider = changes.all().get(0);

        assertThat(changes.asking(wider.windowEnd().minusMillis(1))).containsExactly(wider);
        assertThat(changes.asking(wider.windowEnd())).isEmpty();
    }

    private static List<NamedScope> missing(Changes changes, String... granted) {
        return changes.missing(changes.find("w").orElseThrow(), scopes(granted));
    }

    @Test
    void itIsAskedForInItsWindowUnlessALaterChangeTakesItOn() {
        Changes changes = inForce(widen("w", "a", "d"));
        Change wider = changes.all().get(0);
        Instant during = wider.windowEnd().minusMillis(1);

        assertThat(changes.isAskedFor(wider, during)).isTrue();
        assertThat(changes.isAskedFor(wider, wider.windowEnd())).isFalse();
        Changes undone = then(changes, undone(widen("w", "a", "d")));
        assertThat(undone.isAskedFor(undone.all().get(0), during)).isFalse();
        Changes renamed = inForce(widen("w", "a", "d"), rename("r", "d", "e"));
        assertThat(renamed.isAskedFor(renamed.all().get(0), during)).isFalse();
        Changes split = inForce(split("s", "a", "d", "e"));
        assertThat(split.isAskedFor(split.all().get(0), during)).isFalse();
    }

    @Test
    void aTokenOfAllHasWhatWasGrantedOnTopByTheNameOfNow() {
        Changes changes = inForce(rename("r", "a", "b"), widen("w", "b", "d"));

        assertThat(changes.relatedOfAll(Set.of("a"), Set.of("b", "d"))).containsExactlyInAnyOrder("a", "b", "d");
        assertThat(changes.relatedOfAll(Set.of("a"), Set.of("b"))).containsExactlyInAnyOrder("a", "b");
        assertThat(changes.relatedOfAll(Set.of("x"), Set.of("x", "d"))).containsExactly("x");
        Changes renamed = inForce(widen("w", "a", "d"), rename("r", "d", "e"));
        assertThat(renamed.relatedOfAll(Set.of("a"), Set.of("a", "e"))).containsExactlyInAnyOrder("a", "e");
    }

    @Test
    void whatCameOnTopIsTracedToTheChangesThatAskForItByAnyOfItsNames() {
        Changes changes = inForce(
                widen("w", "a", "d"),
                widen("v", "b", "d"),
                widen("other", "a", "f"),
                silent(widen("s", "c", "d")),
                rename("r", "d", "e"));

        assertThat(changes.adding(Set.of("e", "x"))).extracting(Change::id).containsExactly("w", "v");
        assertThat(changes.adding(Set.of("f"))).extracting(Change::id).containsExactly("other");
        assertThat(changes.adding(Set.of("a", "b"))).isEmpty();
        Changes undone = then(inForce(widen("w", "a", "d")), undone(widen("w", "a", "d")));
        // what was granted stays
        assertThat(undone.adding(Set.of("d"))).extracting(Change::id).containsExactly("w");
    }

    private static Draft silent(Draft draft) {
        return new Draft(draft.id(), draft.kind(), draft.from(), draft.to(), draft.windowDays(), false, true);
    }

    @Test
    void whatIsRetiredIsGrantedNoMore() {
        Changes changes = inForce(retire("r", "a"));

        assertThat(apply(changes, scopes("a", "b")).granted()).containsExactly(scope("b"));
        assertThat(apply(changes, scopes("a")).granted()).isEmpty();
        assertThat(apply(changes, scopes("a")).outcome()).isEqualTo(Outcome.LOSES);
        assertThat(apply(changes, scopes("b")).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void aClientScopeThatWasMadeAnewUnderTheOldNameIsAnotherPermission() {
        Changes changes = inForce(rename("r", "a", "b"));
        NamedScope anew = new NamedScope("another-id", "a");

        Mapping mapping = apply(changes, List.of(anew));

        assertThat(mapping.granted()).containsExactly(anew);
        assertThat(mapping.outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void aClientScopeThatWasRenamedSinceIsTheSamePermission() {
        Changes changes = inForce(rename("r", "a", "b"));

        assertThat(apply(changes, List.of(new NamedScope("id-a", "called-otherwise")))
                        .granted())
                .containsExactly(scope("b"));
    }

    @Test
    void whereTheClientWasNotGivenTheNewOneTheOldOneWorksOn() {
        Changes changes = inForce(split("s", "a", "b", "c"), retire("r", "x"));

        Mapping mapping = changes.apply(scopes("a"), List.of(), scope -> !scope.equals(scope("c")));
        assertThat(mapping.granted()).containsExactly(scope("a"));
        assertThat(mapping.outcome()).isEqualTo(Outcome.WAITING);
        // what is taken waits for nobody
        assertThat(changes.apply(scopes("a", "x"), List.of(), scope -> false).granted())
                .containsExactly(scope("a"));
    }

    @Test
    void whatIsUndoneIsAsItWas() {
        Draft draft = split("s", "a", "b", "c");
        Changes changes = inForce(draft);
        Mapping mapped = apply(changes, scopes("a", "b"));
        assertThat(mapped.granted()).containsExactlyInAnyOrder(scope("b"), scope("c"));

        Changes back = then(changes, undone(draft));
        Mapping restored = back.apply(mapped.granted(), mapped.done(), scope -> true);

        assertThat(restored.granted()).containsExactlyInAnyOrder(scope("a"), scope("b"));
        assertThat(restored.outcome()).isEqualTo(Outcome.MAPPED);
        List<Replacement> kept = Written.with(mapped.done(), restored.done());
        assertThat(back.apply(restored.granted(), kept, scope -> true).done()).isEmpty();
    }

    @Test
    void whatTheCustomerTookBackOfItIsNotGivenAgainByUndoing() {
        Draft draft = split("s", "a", "b", "c");
        Changes changes = inForce(draft);
        Mapping mapped = apply(changes, scopes("a"));

        Changes back = then(changes, undone(draft));

        assertThat(back.apply(scopes("b"), mapped.done(), scope -> true).granted())
                .containsExactly(scope("b"));
        // nor is what was granted under the new names from the beginning: the old one may be more
        assertThat(back.apply(scopes("b", "c"), List.of(), scope -> true).granted())
                .containsExactly(scope("b"), scope("c"));
    }

    @Test
    void whatWasRetiredComesBackByUndoing() {
        Draft draft = retire("r", "a");
        Changes changes = inForce(draft);
        Mapping mapped = apply(changes, scopes("a", "b"));

        Mapping restored = then(changes, undone(draft)).apply(mapped.granted(), mapped.done(), scope -> true);

        assertThat(restored.granted()).containsExactlyInAnyOrder(scope("a"), scope("b"));
    }

    @Test
    void tokensKnowOldAndNewNames() {
        Changes changes = inForce(rename("r", "a", "b"), split("s", "c", "d", "e"), merge("m", "h", "f", "g"));

        assertThat(changes.related(Set.of("a", "openid"))).containsExactlyInAnyOrder("a", "b", "openid");
        assertThat(changes.related(Set.of("b"))).containsExactlyInAnyOrder("a", "b");
        assertThat(changes.related(Set.of("c"))).containsExactlyInAnyOrder("c", "d", "e");
        // a part of what it was split into is not all of it
        assertThat(changes.related(Set.of("d"))).containsExactly("d");
        assertThat(changes.related(Set.of("d", "e"))).containsExactlyInAnyOrder("c", "d", "e");
        assertThat(changes.related(Set.of("f"))).containsExactlyInAnyOrder("f", "h");
        assertThat(changes.related(Set.of("h"))).containsExactlyInAnyOrder("f", "g", "h");
    }

    @Test
    void namesOverlapWhereTheyMeanAPermissionInCommonAtAnyTime() {
        Changes changes = inForce(rename("r", "a", "b"), split("s", "b", "c", "d"), merge("m", "g", "e", "f"));

        assertThat(changes.overlap(Set.of("a"), Set.of("a"))).isTrue();
        assertThat(changes.overlap(Set.of("a"), Set.of("d"))).isTrue();
        assertThat(changes.overlap(Set.of("d"), Set.of("a"))).isTrue();
        assertThat(changes.overlap(Set.of("e"), Set.of("g"))).isTrue();
        assertThat(changes.overlap(Set.of("c"), Set.of("d"))).isFalse();
        assertThat(changes.overlap(Set.of("e"), Set.of("f"))).isFalse();
        assertThat(changes.overlap(Set.of("a"), Set.of())).isFalse();
    }

    @Test
    void whoAsksByAnOldNameWithinTheWindowAsksForTheNewOnes() {
        Changes changes = oneOfEachKind();

        assertThat(asked(changes, "openid", "a", "c", "b")).containsExactlyInAnyOrder("openid", "b", "d", "e");
        assertThat(asked(changes, "f")).containsExactly("f");
        assertThat(asked(changes, "f", "g")).containsExactly("h");
        assertThat(asked(changes, "i")).containsExactlyInAnyOrder("i", "j");
        assertThat(asked(changes, "k", "b")).containsExactly("b");
        // the new part is left out, and not what is asked for
        assertThat(changes.asked(Set.of("i"), false, EVERYTHING, Written.NOW)).containsExactly("i");
        // after the window
        assertThat(changes.asked(Set.of("a"), true, EVERYTHING, Written.NOW.plus(Duration.ofDays(Written.DAYS))))
                .containsExactly("a");
    }

    @Test
    void whoWasNotGivenTheNewOneOrHasAnotherOfTheNameAsksForWhatItSays() {
        Changes changes = inForce(split("s", "a", "b", "c"));

        assertThat(changes.asked(Set.of("a"), true, scopes("a", "b"), Written.NOW))
                .containsExactly("a");
        assertThat(changes.asked(
                        Set.of("a"),
                        true,
                        Written.with(scopes("b", "c"), List.of(new NamedScope("another-id", "a"))),
                        Written.NOW))
                .containsExactly("a");
    }

    @Test
    void whatWasUndoneIsAskedForAsItSays() {
        Changes undone = then(inForce(rename("r", "a", "b")), undone(rename("r", "a", "b")));

        assertThat(asked(undone, "a")).containsExactly("a");
        assertThat(asked(undone, "b")).containsExactly("b");
    }

    @Test
    void whatBecomesSomethingElseIsGoneForWhoWasGivenThat() {
        Changes changes = oneOfEachKind();

        assertThat(EVERYTHING.stream().filter(scope -> changes.isGone(scope, available -> true)))
                .containsExactlyElementsOf(scopes("a", "c", "f", "g", "k"));
        assertThat(EVERYTHING.stream().filter(scope -> changes.isGone(scope, scopes("e")::contains)))
                .as("to whom was given a part, or nothing")
                .containsExactly(scope("k"));
        assertThat(changes.isGone(new NamedScope("another-id", "a"), available -> true))
                .as("made anew under the name")
                .isFalse();
    }

    @Test
    void whatWasUndoneIsNotGone() {
        Changes undone = then(
                inForce(rename("r", "a", "b"), retire("x", "k")),
                undone(rename("r", "a", "b")),
                undone(retire("x", "k")));

        assertThat(EVERYTHING).noneMatch(scope -> undone.isGone(scope, available -> true));
    }

    private static Set<String> asked(Changes changes, String... names) {
        return changes.asked(Set.of(names), true, EVERYTHING, Written.NOW);
    }

    @Test
    void whatIsWrittenDownIsReadAsItWas() {
        Draft draft = split("s", "a", "b", "c");
        Changes changes = then(inForce(draft, retire("r", "x")), undone(draft), retire("r", "x"));

        assertThat(ChangeDocument.read(ChangeDocument.write(changes))).contains(changes);
        List<Replacement> done = apply(inForce(draft), scopes("a")).done();
        assertThat(ChangeDocument.readReplaced(ChangeDocument.write(done))).isEqualTo(done);
        for (String spoilt :
                List.of("", "{", "[]", "{\"version\":\"1\",\"changes\":[]}", "{\"version\":1,\"changes\":[{}]}")) {
            assertThat(ChangeDocument.read(spoilt)).as(spoilt).isEmpty();
        }
    }

    private static Changes oneOfEachKind() {
        return inForce(
                rename("r", "a", "b"),
                split("s", "c", "d", "e"),
                merge("m", "h", "f", "g"),
                widen("w", "i", "j"),
                retire("x", "k"));
    }
}
