package io.assent.following;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.permission.change.Change;
import io.assent.permission.change.Changes;
import io.assent.permission.change.Kind;
import io.assent.permission.change.Mapping;
import io.assent.permission.change.NamedScope;
import io.assent.permission.change.Outcome;
import io.assent.permission.change.Replacement;
import io.assent.server.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Changes CHANGES = new Changes(
            3,
            List.of(new Change(
                    "r", Kind.RETIRE, List.of(new NamedScope("id", "a")), List.of(), 10, NOW, false, false)));

    private static final Replacement CHANGED = new Replacement("r", List.of(), List.of(), false);

    @Test
    void whatIsWrittenDownIsReadAsItWas() {
        Progress begun = Progress.begin(CHANGES);
        // one that changed counts whatever it would need besides
        Progress onItsWay = begun.with(mapping(Outcome.NEEDS_CUSTOMER, CHANGED))
                .with(mapping(Outcome.WAITING))
                .withFailure()
                .after(new Position(NOW, "c-1"));
        Progress done = onItsWay.withoutClient().done(NOW);

        for (Progress progress : List.of(Progress.NONE, begun, onItsWay, done)) {
            assertThat(Progress.parse(progress.toString())).isEqualTo(progress);
        }
        assertThat(done.inWords()).isEqualTo("4 looked at, 1 changed, 1 wait for their client, 1 failed");
    }

    private static Mapping mapping(Outcome outcome, Replacement... done) {
        return new Mapping(List.of(), List.of(done), outcome);
    }

    @Test
    void ofWhatCantBeReadTheWalkBeginsAnew() {
        for (String text : List.of("", "-", "1 2 3", "a b c d e f g h")) {
            assertThat(Progress.parse(text)).isEqualTo(Progress.NONE);
        }
    }

    @Test
    void itIsDueUntilItsVersionIsDoneAndEachDayWhileOldNamesAreGood() {
        Progress done = Progress.begin(CHANGES).done(NOW);

        assertThat(Progress.NONE.isDue(CHANGES, NOW)).isTrue();
        assertThat(Progress.begin(CHANGES).isDue(CHANGES, NOW)).isTrue();
        assertThat(done.isDue(CHANGES, NOW)).isFalse();
        assertThat(done.isDue(CHANGES, NOW.plus(Duration.ofDays(1)))).isTrue();
        assertThat(done.isDue(CHANGES, NOW.plus(Duration.ofDays(10)))).isFalse();
        assertThat(done.isDue(new Changes(4, CHANGES.all()), NOW)).isTrue();
    }

    @Test
    void ofOthersThatHaveTheSameVersionNoneWasWalked() {
        Change other =
                new Change("r", Kind.RETIRE, List.of(new NamedScope("id", "b")), List.of(), 10, NOW, false, false);

        assertThat(Progress.begin(CHANGES).done(NOW).isDue(new Changes(3, List.of(other)), NOW))
                .isTrue();
    }
}
