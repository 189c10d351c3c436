package io.assent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.report.CallCounts.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallCountsTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-27T00:00:00Z");
    private static final UtcDay BEFORE = UtcDay.of(MIDNIGHT.minusMillis(1));
    private static final UtcDay AFTER = UtcDay.of(MIDNIGHT);

    private final CallCounts counts = new CallCounts();

    private void note(Instant received, PackInterface called, int millis, int status) {
        counts.note(new Call("realm", called, received, Duration.ofMillis(millis), status));
    }

    private static Key key(UtcDay day, PackInterface called) {
        return new Key(day, "realm", called);
    }

    @Test
    void callsAreAddedUpByDayAndInterface() {
        note(MIDNIGHT.minusMillis(1), PackInterface.APP, 10, 200);
        note(MIDNIGHT, PackInterface.APP, 20, 404);
        note(MIDNIGHT.plusSeconds(1), PackInterface.APP, 30, 503);
        note(MIDNIGHT.plusSeconds(1), PackInterface.TPP, 40, 200);

        assertThat(counts.totals(MIDNIGHT.plusSeconds(2)))
                .isEqualTo(Map.of(
                        key(BEFORE, PackInterface.APP), new Calls(1, 0, 0, 10, Downtime.NONE),
                        key(AFTER, PackInterface.APP), new Calls(2, 1, 1, 50, Downtime.NONE),
                        key(AFTER, PackInterface.TPP), new Calls(1, 0, 0, 40, Downtime.NONE)));
    }

    @Test
    void anOutageOverMidnightIsOfBothDays() {
        for (int second = -10; second < -5; second++) {
            note(MIDNIGHT.plusSeconds(second), PackInterface.BACKCHANNEL, 0, 500);
        }
        note(MIDNIGHT.plusSeconds(20), PackInterface.BACKCHANNEL, 0, 200);

        Map<Key, Calls> totals = counts.totals(MIDNIGHT.plusSeconds(60));
        assertThat(totals.get(key(BEFORE, PackInterface.BACKCHANNEL)).down())
                .isEqualTo(Downtime.of(MIDNIGHT.minusSeconds(10), MIDNIGHT));
        assertThat(totals.get(key(AFTER, PackInterface.BACKCHANNEL)).down())
                .isEqualTo(Downtime.of(MIDNIGHT, MIDNIGHT.plusSeconds(20)));
    }

    @Test
    void anOutageThatGoesOnIsCountedSoFar() {
        for (int second = 0; second < 5; second++) {
            note(MIDNIGHT.plusSeconds(second), PackInterface.TPP, 0, 500);
        }

        assertThat(counts.totals(MIDNIGHT.plusSeconds(7))
                        .get(key(AFTER, PackInterface.TPP))
                        .down())
                .isEqualTo(Downtime.of(MIDNIGHT, MIDNIGHT.plusSeconds(7)));
        assertThat(counts.totals(MIDNIGHT.plusSeconds(19))
                        .get(key(AFTER, PackInterface.TPP))
                        .down())
                .isEqualTo(Downtime.of(MIDNIGHT, MIDNIGHT.plusSeconds(19)));
    }

    @Test
    void aRealmThatIsGoneIsForgotten() {
        note(MIDNIGHT, PackInterface.APP, 10, 200);
        counts.note(new Call("other", PackInterface.APP, MIDNIGHT, Duration.ofMillis(1), 200));

        counts.forget("realm");

        assertThat(counts.totals(MIDNIGHT)).containsOnlyKeys(new Key(AFTER, "other", PackInterface.APP));
    }

    @Test
    void aDayIsForgottenWhenNothingMoreComes() {
        note(MIDNIGHT.minusMillis(1), PackInterface.APP, 10, 200);
        note(MIDNIGHT, PackInterface.APP, 10, 200);

        counts.forgetBefore(AFTER);

        assertThat(counts.totals(MIDNIGHT)).containsOnlyKeys(key(AFTER, PackInterface.APP));
    }
}
