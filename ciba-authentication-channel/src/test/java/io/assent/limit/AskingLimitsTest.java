package io.assent.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.Asking;
import io.assent.server.Parties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskingLimitsTest {

    private static final Asking DEFAULT = ConsentRules.DEFAULT.asking();

    @ParameterizedTest
    @CsvSource({
        // 2, eleven doublings from a minute to a day, and 3 that were open at once
        "2, 60, 86400, 16",
        // there is nothing to double
        "2, 86400, 86400, 5",
        "2, 86400, 60, 5",
        "5, 1, 86400, 25",
        "60, 60, 86400, 64",
        "64, 60, 86400, 64",
        // so many are not counted: the client never has to wait
        "65, 60, 86400, 0",
        "1000, 60, 86400, 0"
    })
    void soManyAreReadAsMakeADifference(int pauseAfter, long first, long longest, int read) {
        assertThat(limits(pauseAfter, Duration.ofSeconds(first), Duration.ofSeconds(longest))
                        .mostEnded(question(false)))
                .isEqualTo(read);
    }

    @Test
    void betweenAnswersToWhatTheCustomerBeganAnyNumberMayHaveRunOut() {
        AskingLimits limits = limits(2, DEFAULT.firstPause(), DEFAULT.longestPause());

        assertThat(limits.mostEnded(question(true))).isEqualTo(AskingLimits.MOST_ENDED);
    }

    private static AskingLimits limits(int pauseAfter, Duration first, Duration longest) {
        return new AskingLimits(new Asking(
                DEFAULT.pendingForCustomer(),
                DEFAULT.pendingOfCustomer(),
                pauseAfter,
                first,
                longest,
                DEFAULT.perMinute(),
                DEFAULT.bindingMessage(),
                DEFAULT.userCode(),
                DEFAULT.longestExpiry()));
    }

    private static Question question(boolean begunByCustomer) {
        return new Question(
                new Parties("bank", "acme", "alice"), "ciba", "1", "accounts", "", "", "", "", begunByCustomer);
    }
}
