package io.assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperatorLogTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A clock that has been running for long, and whose number overflows. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - MINUTE.toNanos() / 2);

    private final LogLines lines = LogLines.of("operator-log-test");
    private final OperatorLog operator = new OperatorLog(Logger.getLogger("operator-log-test"), nanos::get);

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void theSameTroubleIsToldOfOnceAMinuteWithHowOftenItCameMeanwhile() {
        operator.warn("fcm", "FCM is down");
        operator.warn("fcm", "FCM is down");
        pass(MINUTE.minusNanos(1));
        operator.warn("fcm", "FCM is down");
        pass(Duration.ofNanos(1));
        operator.warn("fcm", "FCM is still down");
        pass(MINUTE);
        operator.warn("fcm", "FCM is down for good");

        assertThat(lines.all())
                .containsExactly(
                        "WARN FCM is down",
                        "WARN FCM is still down (and 2 more since this was last said)",
                        "WARN FCM is down for good");
    }

    @Test
    void eachTroubleHasAMinuteOfItsOwn() {
        operator.warn("fcm", "FCM is down");
        operator.error("sns", "SNS refuses us");
        operator.warn("fcm", "FCM is down");

        assertThat(lines.all()).containsExactly("WARN FCM is down", "ERROR SNS refuses us");
    }

    @Test
    void aLineNamesTheRequestThatIsWorkedOn() {
        MDC.put(OperatorLog.REQUEST_ID, "a-request");
        try {
            operator.warn("fcm", "FCM is down");
            operator.warn("row", "The push of a-request is late");
        } finally {
            MDC.remove(OperatorLog.REQUEST_ID);
        }
        operator.warn("sns", "SNS is down");

        assertThat(lines.all())
                .containsExactly(
                        "WARN FCM is down (request a-request)",
                        "WARN The push of a-request is late",
                        "WARN SNS is down");
    }

    @Test
    void whoeverFailsInEverNewWaysFillsNeitherTheLogNorTheMemory() {
        for (int trouble = 0; trouble < 5_000; trouble++) {
            operator.warn("trouble " + trouble, "It fails");
        }
        assertThat(lines.all()).hasSize(1_000);

        pass(MINUTE);
        operator.warn("another", "Something else fails");

        assertThat(lines.all()).hasSize(1_001).last().isEqualTo("WARN Something else fails");
    }

    @Test
    void aNameThatOthersChoseMakesNoLineOfItsOwn() {
        operator.warn("client", "No ping to client 'evil\r\nERROR all is lost'");

        assertThat(lines.all()).containsExactly("WARN No ping to client 'evil??ERROR all is lost'");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
