package io.assent.cloudevent;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.destination.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DestinationHealthTest {

    private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
    private static final String DESTINATION = "fraud-desk";
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
        assertThat(pause(NOW.plusSeconds(1))).isEmpty();
        assertThat(health.pause("another", NOW)).isEmpty();
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
        for (String subject : new String[] {"a", "b", "c"}) {
            note(subject, DOWN);
        }
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            assertThat(pause(now)).contains(Duration.ofSeconds(seconds));
            now = now.plusSeconds(seconds);
            health.note(DESTINATION, Subject.request("a"), DOWN, now);
            // those that were sent at the same time
            health.note(DESTINATION, Subject.request("b"), DOWN, now);
        }
    }

    @Test
    void oneThatTakesAnEventIsWell() {
        note("a", DOWN);
        note("b", DOWN);
        note("c", DOWN);

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

    private void note(String subject, SendResult result) {
        health.note(DESTINATION, Subject.request(subject), result, NOW);
    }

    private Optional<Duration> pause(Instant now) {
        return health.pause(DESTINATION, now);
    }
}
