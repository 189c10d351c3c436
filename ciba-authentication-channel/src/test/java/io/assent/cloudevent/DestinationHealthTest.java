package io.assent.cloudevent;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.cloudevent.DestinationHealth.Move;
import io.assent.cloudevent.DestinationHealth.Pause;
import io.assent.destination.Destination;
import io.assent.destination.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;

class DestinationHealthTest {

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final Destination DESTINATION = destination("fraud-desk", "https://bank.example/");
    private static final SendResult TAKEN = new SendResult.Taken();
    private static final SendResult DOWN = new SendResult.Later(Optional.empty(), "HTTP 500", true);
    private static final SendResult NOT_THIS = new SendResult.Later(Optional.empty(), "HTTP 400", false);

    private final DestinationHealth health = new DestinationHealth();

    @Test
    void oneThatFailsWithThreeSubjectsIsLeftAlone() {
        note("a", DOWN);
        note("b", DOWN);
        assertThat(pause(NOW)).isEmpty();

        note("c", DOWN);

        assertThat(pause(NOW)).contains(Duration.ofSeconds(1));
        assertThat(health.pause(destination("another", "https://bank.example/"), NOW))
                .isEmpty();
        assertThat(pause(NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void oneEventThatIsNeverTakenStopsNoOther() {
        for (int attempt = 0; attempt < 100; attempt++) {
            note("a", DOWN);
        }
        assertThat(pause(NOW)).isEmpty();
    }

    @Test
    void aRefusalOfTheEventSaysNothingOfTheDestination() {
        for (int subject = 0; subject < 100; subject++) {
            note("s" + subject, NOT_THIS);
        }
        assertThat(pause(NOW)).isEmpty();
    }

    @Test
    void aPauseIsLongerEachTimeUpToAMinute() {
        Instant now = NOW;
        goDown();
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            assertThat(pause(now)).contains(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            note("a", DOWN, now);
            // those that were sent at the same time
            note("b", DOWN, now);
        }
    }

    @Test
    void oneThatTakesAnEventIsWell() {
        goDown();

        note("d", TAKEN);

        assertThat(pause(NOW)).isEmpty();
        note("a", DOWN);
        assertThat(pause(NOW)).isEmpty();
    }

    @Test
    void oneThatAsksToBeLeftAloneIsForAnHourAtTheMost() {
        note("a", new SendResult.Later(Optional.of(Duration.ofSeconds(90)), "HTTP 429", true));
        assertThat(pause(NOW)).contains(Duration.ofSeconds(90));

        note("a", new SendResult.Later(Optional.of(Duration.ofDays(2)), "HTTP 503", true));
        assertThat(pause(NOW)).contains(Duration.ofHours(1));
    }

    @Test
    void oneThatIsSetOtherwiseIsTriedAtOnceAndOnlyAsItIsSetNow() {
        goDown();
        Destination corrected = destination("fraud-desk", "https://events.bank.example/");

        assertThat(health.pause(corrected, NOW)).isEmpty();

        health.note(corrected, Subject.request("a"), DOWN, NOW);
        assertThat(health.pause(corrected, NOW)).isEmpty();
    }

    @Test
    void whoIsTheFirstInAPauseParksAndNobodyElse() {
        goDown();

        assertThat(health.pause(DESTINATION, NOW)).contains(new Pause(NOW.plusSeconds(1), NOW.plusSeconds(1), true));
        assertThat(health.pause(DESTINATION, NOW)).contains(new Pause(NOW.plusSeconds(1), NOW.plusSeconds(1), false));

        Pause off = health.leaveAlone(destination("off", "https://bank.example/"), NOW.plusSeconds(60), NOW);
        assertThat(off.isNew()).isTrue();
        Instant later = NOW.plusSeconds(1);
        assertThat(health.leaveAlone(destination("off", "https://bank.example/"), later.plusSeconds(60), later))
                .isEqualTo(new Pause(off.until(), off.until(), false));
    }

    @Test
    void oneEventFindsOutForAllWhetherADestinationIsUpAgain() {
        goDown();
        Instant over = NOW.plusSeconds(1);

        assertThat(health.pause(DESTINATION, over)).isEmpty();

        Instant end = over.plusSeconds(20);
        assertThat(health.pause(DESTINATION, over)).contains(new Pause(end, over.plusSeconds(3), true));
        assertThat(note("a", TAKEN, over.plusSeconds(2))).contains(new Move(end, over.plusSeconds(2)));
        assertThat(health.pause(DESTINATION, over.plusSeconds(2))).isEmpty();
    }

    @Test
    void anEventThatFindsItStillDownMovesWhatIsParkedToTheNextPausesEnd() {
        goDown();
        Instant over = NOW.plusSeconds(1);
        health.pause(DESTINATION, over);
        health.pause(DESTINATION, over);

        assertThat(note("a", DOWN, over.plusSeconds(10)))
                .contains(new Move(over.plusSeconds(20), over.plusSeconds(12)));

        assertThat(health.pause(DESTINATION, over.plusSeconds(10)).map(Pause::isNew))
                .contains(true);
        assertThat(health.pause(DESTINATION, over.plusSeconds(12))).isEmpty();
    }

    @Test
    void anEventWhoseResultNobodyHearsOfHoldsUpTheOthersForTwentySeconds() {
        goDown();
        Instant over = NOW.plusSeconds(1);
        health.pause(DESTINATION, over);

        assertThat(pause(over.plusSeconds(19))).contains(Duration.ofSeconds(1));
        assertThat(pause(over.plusSeconds(20))).isEmpty();
    }

    @Test
    void whatIsParkedForOneThatAnswersIsDueAtOnce() {
        goDown();
        health.pause(DESTINATION, NOW);

        assertThat(note("d", NOT_THIS, NOW)).contains(new Move(NOW.plusSeconds(1), NOW));

        assertThat(note("d", TAKEN, NOW)).isEmpty();
    }

    private void goDown() {
        for (String subject : new String[] {"a", "b", "c"}) {
            note(subject, DOWN);
        }
    }

    private void note(String subject, SendResult result) {
        note(subject, result, NOW);
    }

    private Optional<Move> note(String subject, SendResult result, Instant now) {
        return health.note(DESTINATION, Subject.request(subject), result, now);
    }

    private Optional<Duration> pause(Instant now) {
        return health.pause(DESTINATION, now).map(pause -> Duration.between(now, pause.until()));
    }

    private static Destination destination(String id, String url) {
        ComponentModel component = new ComponentModel();
        component.setId(id);
        component.put("url", url);
        return new Destination(component);
    }
}
