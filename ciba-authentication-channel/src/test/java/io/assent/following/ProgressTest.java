package io.assent.following;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.consent.Consent;
import io.assent.consent.ConsentsInMemory;
import io.assent.consent.GrantedPermission;
import io.assent.permission.change.Change;
import io.assent.permission.change.Changes;
import io.assent.permission.change.Kind;
import io.assent.permission.change.Mapping;
import io.assent.permission.change.NamedScope;
import io.assent.permission.change.Outcome;
import io.assent.permission.change.Replacement;
import io.assent.rules.ConsentRules;
import io.assent.server.Parties;
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
        Progress begun = Progress.begin(CHANGES, NOW);
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

    @Test
    void whatAVersionBeforeWroteDownIsReadAsAWalkThatBeganLongAgo() {
        Progress onItsWay = Progress.begin(CHANGES, NOW).after(new Position(NOW, "c-1"));
        String text = onItsWay.toString();

        Progress old = Progress.parse(text.substring(0, text.lastIndexOf(' ')));

        assertThat(old.after()).isEqualTo(onItsWay.after());
        assertThat(old.begunAt()).isEqualTo(Instant.EPOCH);
        assertThat(old.isFor(CHANGES)).isTrue();
    }

    @Test
    void ofTheConsentsThatWereThereItComesToTheNewerOnesFirst() {
        Progress walk = Progress.begin(CHANGES, NOW);
        Consent old = consentOf(NOW.minusSeconds(60));
        Consent newer = consentOf(NOW.minusMillis(1));
        Consent later = consentOf(NOW);
        Consent same = consentOf(old.grantedAt());

        assertThat(walk.cameBefore(newer, old)).isTrue();
        assertThat(walk.cameBefore(old, newer)).isFalse();
        assertThat(walk.cameBefore(old, old)).isFalse();
        // granted since, and so in no step
        assertThat(walk.cameBefore(later, old)).isFalse();
        assertThat(walk.cameBefore(same, old)).isNotEqualTo(walk.cameBefore(old, same));
        assertThat(Progress.parse("m 0 0 0 0 - - -").cameBefore(newer, old)).isFalse();
    }

    private static Consent consentOf(Instant at) {
        return new ConsentsInMemory()
                .consents(ConsentRules.DEFAULT, () -> at)
                .grantOwn(
                        new Parties("bank", "acme", "alice"),
                        "request",
                        Consent.Access.to(List.of(new GrantedPermission("id", "a"))),
                        "session");
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
        Progress done = Progress.begin(CHANGES, NOW).done(NOW);

        assertThat(Progress.NONE.isDue(CHANGES, NOW)).isTrue();
        assertThat(Progress.begin(CHANGES, NOW).isDue(CHANGES, NOW)).isTrue();
        assertThat(done.isDue(CHANGES, NOW)).isFalse();
        assertThat(done.isDue(CHANGES, NOW.plus(Duration.ofDays(1)))).isTrue();
        assertThat(done.isDue(CHANGES, NOW.plus(Duration.ofDays(10)))).isFalse();
        assertThat(done.isDue(new Changes(4, CHANGES.all()), NOW)).isTrue();
    }

    @Test
    void ofOthersThatHaveTheSameVersionNoneWasWalked() {
        Change other =
                new Change("r", Kind.RETIRE, List.of(new NamedScope("id", "b")), List.of(), 10, NOW, false, false);

        assertThat(Progress.begin(CHANGES, NOW).done(NOW).isDue(new Changes(3, List.of(other)), NOW))
                .isTrue();
    }
}
