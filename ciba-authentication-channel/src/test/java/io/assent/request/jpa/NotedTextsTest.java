package io.assent.request.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NotedTextsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final NotedTexts texts = new NotedTexts();

    @Test
    void aUseIsNotedOnceADay() {
        assertThat(texts.has("words", NOW)).isFalse();

        texts.add("words", NOW);

        assertThat(texts.has("words", NOW)).isTrue();
        assertThat(texts.has("words", NOW.plus(DAY).minusMillis(1))).isTrue();
        assertThat(texts.has("words", NOW.plus(DAY))).isFalse();
        assertThat(texts.has("others", NOW)).isFalse();
    }

    @Test
    void aClockThatWasTurnedBackDoesNotKeepAUseFromBeingNoted() {
        texts.add("words", NOW.plus(DAY));

        assertThat(texts.has("words", NOW)).isFalse();
    }

    @Test
    void noMoreAreKnownThanFit() {
        for (int text = 0; text < NotedTexts.MOST; text++) {
            texts.add("words-" + text, NOW);
        }
        assertThat(texts.has("words-0", NOW)).isTrue();

        texts.add("words", NOW);

        assertThat(texts.has("words", NOW)).isTrue();
        assertThat(texts.has("words-0", NOW)).isFalse();
    }
}
