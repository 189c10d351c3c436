package io.assent.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.request.ConsentRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PurgeTest {

    private static final Duration ANSWERED = Duration.ofDays(1);
    private static final Retention SHORTEST =
            new Retention(ANSWERED, ANSWERED, ANSWERED, ANSWERED, ANSWERED, Duration.ofSeconds(1));

    /** An answer is kept from the end of its request's time, and its words were noted up to a day before it. */
    @Test
    void wordsThatWereShownOutliveEachAnswerThatNamesThem() {
        Duration longestAnswer =
                Duration.ofDays(1).plus(ConsentRequest.LONGEST_AMENDMENT).plus(ANSWERED);

        assertThat(Purge.all(SHORTEST))
                .filteredOn(purge -> purge.remove().contains("ShownTextEntity"))
                .singleElement()
                .satisfies(words -> {
                    assertThat(words.kept()).isGreaterThan(longestAnswer);
                    assertThat(words.find()).contains("t.usedAt < :before");
                });
    }
}
