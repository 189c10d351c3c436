package io.assent.permission.change;

import static io.assent.permission.change.Written.DAYS;
import static io.assent.permission.change.Written.NOW;
import static io.assent.permission.change.Written.inForce;
import static io.assent.permission.change.Written.merge;
import static io.assent.permission.change.Written.rename;
import static io.assent.permission.change.Written.retire;
import static io.assent.permission.change.Written.rules;
import static io.assent.permission.change.Written.split;
import static io.assent.permission.change.Written.then;
import static io.assent.permission.change.Written.undone;
import static io.assent.permission.change.Written.widen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeRulesTest {

    private static final Duration WINDOW = Duration.ofDays(DAYS);

    private static void assertRefused(Changes before, String change, String reason, Draft... drafts) {
        assertRefused(rules(before), change, reason, drafts);
    }

    private static void assertRefused(ChangeRules rules, String change, String reason, Draft... drafts) {
        assertThatExceptionOfType(InvalidChangeException.class)
                .isThrownBy(() -> rules.check(List.of(drafts)))
                .withMessageContaining(reason)
                .satisfies(refused -> assertThat(refused.changeId()).isEqualTo(Optional.ofNullable(change)));
    }

    private static ChangeRules later(Changes before, Instant then) {
        return new ChangeRules(before, name -> Optional.empty(), then);
    }

    @Test
    void whatIsWrittenIsInForceFromNowOn() {
        Changes changes = inForce(rename("r", "a", "b"));

        assertThat(changes.version()).isEqualTo(1);
        assertThat(changes.find("r")).hasValueSatisfying(change -> {
            assertThat(change.since()).isEqualTo(NOW);
            assertThat(change.from()).containsExactly(new NamedScope("id-a", "a"));
            assertThat(change.isWindowOpen(NOW.plus(WINDOW).minusMillis(1))).isTrue();
            assertThat(change.isWindowOpen(NOW.plus(WINDOW))).isFalse();
        });
    }

    @Test
    void theSameAgainIsTheSameWhateverBecameOfThePermissions() throws Exception {
        Changes changes = inForce(rename("r", "a", "b"));

        assertThat(later(changes, NOW.plusSeconds(5)).check(List.of(rename("r", "a", "b"))))
                .isSameAs(changes);
    }

    @Test
    void aCircleIsRefused() {
        assertRefused(
                Changes.NONE, "two", "'one' begins with: a circle", rename("one", "a", "b"), rename("two", "b", "a"));
        assertRefused(
                Changes.NONE,
                "three",
                "'one' begins with: a circle",
                split("one", "a", "b", "c"),
                merge("two", "d", "b", "c"),
                rename("three", "d", "a"));
        assertRefused(Changes.NONE, "one", "names a permission twice", rename("one", "a", "a"));
    }

    @Test
    void aContradictionIsRefused() {
        assertRefused(Changes.NONE, "two", "changes what 'one' takes", rename("one", "a", "b"), retire("two", "a"));
        assertRefused(Changes.NONE, "two", "gives what 'one' takes", retire("one", "a"), rename("two", "b", "a"));
        assertRefused(
                Changes.NONE, "two", "gives what 'one' takes", merge("one", "c", "a", "b"), rename("two", "d", "a"));
        assertRefused(Changes.NONE, "one", "another change has the same id", retire("one", "a"), retire("one", "b"));
    }

    @Test
    void whatComesOneAfterTheOtherIsNone() {
        assertThatCode(() -> {
                    inForce(rename("one", "a", "b"), retire("two", "b"));
                    // whoever granted a part still has it
                    inForce(merge("one", "c", "a", "b"), retire("two", "a"));
                    inForce(widen("one", "a", "b"), rename("two", "a", "c"));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aNameThatIsNoPermissionOfTheRealmIsRefused() {
        assertRefused(Changes.NONE, "r", "no permission 'unknown'", rename("r", "a", "unknown"));
        assertRefused(Changes.NONE, "r", "no permission 'unknown'", rename("r", "unknown", "a"));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachKindNamesAsManyAsItNeeds(Kind kind) {
        List<String> many =
                IntStream.range(0, 21).mapToObj(at -> "" + (char) ('A' + at)).toList();

        assertRefused(Changes.NONE, "r", kind.inWords(), Written.draft("r", kind, List.of(), List.of("a")));
        assertRefused(Changes.NONE, "r", kind.inWords(), Written.draft("r", kind, many, List.of("a")));
        assertRefused(Changes.NONE, "r", kind.inWords(), Written.draft("r", kind, List.of("a"), many));
    }

    @Test
    void everythingHasABound() {
        assertRefused(
                Changes.NONE,
                null,
                "at most 100",
                IntStream.rangeClosed(0, 100)
                        .mapToObj(at -> widen("w" + at, "a", "b"))
                        .toArray(Draft[]::new));
        for (int days : new int[] {-1, 0, 401, Integer.MAX_VALUE}) {
            assertRefused(
                    Changes.NONE,
                    "r",
                    "'windowDays' is from 1 to 400",
                    new Draft("r", Kind.RETIRE, List.of("a"), List.of(), days, false, false));
        }
        for (String id : List.of("", "-r", "R", "r r", "r".repeat(37))) {
            assertRefused(Changes.NONE, null, "An id has", retire(id, "a"));
        }
    }

    @Test
    void onlyWhereSomebodyIsAskedNobodyCanBeAsked() throws InvalidChangeException {
        Draft silent = new Draft("w", Kind.WIDEN, List.of("a"), List.of("b"), DAYS, false, true);
        assertRefused(
                Changes.NONE,
                "r",
                "'silent' is for 'widen' alone",
                new Draft("r", Kind.RENAME, List.of("a"), List.of("b"), DAYS, false, true));
        Changes changes = inForce(silent);

        assertThat(changes.all().get(0).silent()).isTrue();
        assertThat(ChangeDocument.read(ChangeDocument.write(changes))).contains(changes);
        assertRefused(changes, "w", "can't become another one", widen("w", "a", "b"));
    }

    @Test
    void whatIsInForceStaysAsItIs() {
        Changes changes = inForce(rename("one", "a", "b"), retire("two", "c"));

        assertRefused(changes, "one", "can't become another one", rename("one", "a", "d"), retire("two", "c"));
        assertRefused(
                changes,
                "one",
                "can't become another one",
                new Draft("one", Kind.RENAME, List.of("a"), List.of("b"), DAYS + 1, false, false),
                retire("two", "c"));
        assertRefused(changes, "two", "it is missing", rename("one", "a", "b"));
        assertRefused(changes, "two", "keeps its order", retire("two", "c"), rename("one", "a", "b"));
        assertRefused(
                changes,
                "three",
                "comes before what is new",
                retire("three", "d"),
                rename("one", "a", "b"),
                retire("two", "c"));
    }

    @Test
    void afterItsWindowItMayGo() throws Exception {
        Changes changes = inForce(rename("one", "a", "b"), retire("two", "c"));

        Changes fewer = later(changes, NOW.plus(WINDOW)).check(List.of(retire("two", "c")));

        assertThat(fewer.all()).extracting(Change::id).containsExactly("two");
        assertThat(fewer.version()).isEqualTo(2);
    }

    @Test
    void whatIsUndoneStaysUndone() {
        Changes changes = inForce(rename("one", "a", "b"));
        Changes undone = then(changes, undone(rename("one", "a", "b")));

        assertThat(undone.hasUndone()).isTrue();
        assertThat(undone.find("one"))
                .hasValueSatisfying(change -> assertThat(change.since()).isEqualTo(NOW));
        assertRefused(undone, "one", "write it again by a new id", rename("one", "a", "b"));
        assertThatCode(() -> then(undone, undone(rename("one", "a", "b")), rename("again", "a", "b")))
                .doesNotThrowAnyException();
    }

    @Test
    void onlyWithinItsWindowAndFromTheLastToTheFirst() {
        Changes changes = inForce(rename("one", "a", "b"), rename("two", "b", "c"));

        assertRefused(
                later(changes, NOW.plus(WINDOW)),
                "one",
                "its window was over",
                undone(rename("one", "a", "b")),
                undone(rename("two", "b", "c")));
        assertRefused(changes, "one", "undo that one first", undone(rename("one", "a", "b")), rename("two", "b", "c"));
        assertRefused(Changes.NONE, "new", "never in force", undone(rename("new", "a", "b")));
        assertThatCode(() -> then(changes, undone(rename("one", "a", "b")), undone(rename("two", "b", "c"))))
                .doesNotThrowAnyException();
    }

    private static void assertUnwritten(Changes before, String reason, Changes written) {
        assertThatExceptionOfType(InvalidChangeException.class)
                .isThrownBy(() -> rules(before).checkWritten(written))
                .withMessageContaining(reason);
    }

    @Test
    void whatIsWrittenByAnotherWayIsWhatThisCheckWouldHaveComeTo() throws Exception {
        Changes one = inForce(rename("r", "a", "b"));
        Changes two = then(one, rename("r", "a", "b"), retire("t", "c"));

        rules(one).checkWritten(one);
        rules(one).checkWritten(two);

        assertUnwritten(one, "'version' is 2 after version 1", new Changes(3, two.all()));
        assertUnwritten(one, "'version' is 1", new Changes(2, one.all()));
        assertUnwritten(
                one,
                "it is missing, and its window is open",
                new Changes(2, List.of(two.all().get(1))));
        assertUnwritten(one, "can't become another", inForce(rename("r", "a", "c")));
        assertUnwritten(one, "no permission 'unknown'", with(one, change("n", "unknown", "unknown", NOW)));
        assertUnwritten(one, "ids of other client scopes", with(one, change("n", "id-d", "c", NOW)));
        Change moved = one.all().get(0).beganAt(NOW.minus(WINDOW));
        assertUnwritten(one, "not as it came into force", new Changes(1, List.of(moved)));
        assertUnwritten(one, "'since' is not now", with(one, change("n", "id-c", "c", NOW.plusSeconds(1))));
        assertUnwritten(one, "'since' is not now", with(one, change("n", "id-c", "c", NOW.minus(WINDOW))));
    }

    private static Change change(String id, String scopeId, String name, Instant since) {
        return new Change(
                id, Kind.RETIRE, List.of(new NamedScope(scopeId, name)), List.of(), DAYS, since, false, false);
    }

    private static Changes with(Changes before, Change more) {
        return new Changes(before.version() + 1, Written.with(before.all(), List.of(more)));
    }

    @Test
    void whatARealmBeginsWithMayBeOldButNoContradiction() throws Exception {
        Changes old = with(inForce(rename("r", "a", "b")), change("gone", "unknown", "unknown", NOW.minus(WINDOW)));
        rules(Changes.NONE).checkFirst(old);
        rules(Changes.NONE).checkFirst(new Changes(7, List.of(old.all().get(0).asUndone())));

        for (Changes wrong : List.of(
                new Changes(0, old.all()),
                with(old, change("gone", "id-c", "c", NOW)),
                with(old, change("G", "id-c", "c", NOW)),
                with(old, change("circle", "id-a", "a", NOW)),
                with(old, change("later", "id-c", "c", NOW.plus(WINDOW))))) {
            assertThatExceptionOfType(InvalidChangeException.class)
                    .as(wrong.toString())
                    .isThrownBy(() -> rules(Changes.NONE).checkFirst(wrong));
        }
    }
}
