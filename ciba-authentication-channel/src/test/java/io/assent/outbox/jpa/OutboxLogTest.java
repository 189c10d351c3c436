package io.assent.outbox.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.server.LogLines;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxLogTest {

    private final LogLines lines = LogLines.of(OutboxLog.class.getName());
    private final OutboxLog log = new OutboxLog();
    private final OutboxTask task = Tasks.retried(9, Duration.ZERO);

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void eachThatCannotBeReachedHasALineOfItsOwnWhateverTheReason() {
        log.delayed(task, "platform 'fcm'", "timed out", Duration.ofSeconds(1));
        log.delayed(task, "platform 'fcm'", "ConnectException", Duration.ofSeconds(1));
        log.delayed(task, "client 'acme' of realm 'bank'", "HTTP 503", Duration.ofSeconds(1));

        assertThat(lines.all())
                .containsExactly(
                        "WARN Could not deliver to platform 'fcm': timed out. The " + task
                                + " is retried in 1000 ms, like all that goes there, until it expires."
                                + " Check that this server reaches it and that it works",
                        "WARN Could not deliver to client 'acme' of realm 'bank': HTTP 503. The " + task
                                + " is retried in 1000 ms, like all that goes there, until it expires."
                                + " Check that this server reaches it and that it works");
    }

    @Test
    void anExpiryNamesWhoWasCalledLastAndWhatCameOfIt() {
        log.expired(task);
        log.expired(task);

        assertThat(lines.all())
                .containsExactly("WARN The " + task + " expired undelivered after 9 attempts. The last: the post: no"
                        + " stamp. Check that this server reaches it and that it works");
    }

    @Test
    void anExpiryThatNobodyTriedToPreventIsTheNodes() {
        log.expired(Tasks.retried(0, Duration.ZERO));

        assertThat(lines.all())
                .singleElement()
                .asString()
                .contains("no attempt finished")
                .endsWith("(--spi-consent-outbox--jpa--threads)");
    }

    @Test
    void aRowIsCalledByItsIdsAlone() {
        assertThat(task).hasToString("letter " + task.id() + " of owner to target");
        assertThat(Tasks.unkept(() -> null)).asString().endsWith(" to target").doesNotContain("null");
    }
}
