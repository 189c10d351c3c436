package io.assent.securityevent;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.outbox.DeliveryResult;
import io.assent.outbox.DeliveryResult.Delivered;
import io.assent.outbox.DeliveryResult.Refused;
import io.assent.outbox.DeliveryResult.RetryLater;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverAnswerTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void whatIsAcceptedIsDelivered(int status) {
        assertThat(answer(status, "")).isEqualTo(new Delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 302, 307, 401, 403, 404, 405, 408, 410, 413, 415, 422, 429, 500, 502, 503})
    void whatMayPassIsTriedAgain(int status) {
        assertThat(answer(status, "")).isEqualTo(RetryLater.because("HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_request", "invalid_issuer", "invalid_audience"})
    void aTokenThatIsWrongForTheReceiverIsNotSentAgain(String error) {
        assertThat(answer(400, "{\"err\":\"" + error + "\",\"description\":\"secret\"}"))
                .isEqualTo(new Refused("HTTP 400, " + error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_key", "authentication_failed", "access_denied"})
    void keysAndRightsMayHeal(String error) {
        assertThat(answer(400, "{\"err\":\"" + error + "\",\"description\":\"secret\"}"))
                .isEqualTo(RetryLater.because("HTTP 400, " + error));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"invalid_key\"",
                "{\"err\":42}",
                "{\"err\":{}}",
                "{\"err\":\"INVALID_KEY\"}",
                "{\"err\":\"a code of the client's own\\n\"}",
                "<html>"
            })
    void whatIsNoErrorOfTheStandardIsFinalAndNotRepeatedInALog(String body) {
        assertThat(answer(400, body)).isEqualTo(new Refused("HTTP 400"));
    }

    @Test
    void aReceiverIsGivenTheTimeThatItAsksForAndNoMoreThanAnHour() {
        assertThat(later(429, Duration.ofSeconds(7))).contains(Duration.ofSeconds(7));
        assertThat(later(503, Duration.ofDays(365))).contains(Duration.ofHours(1));
    }

    private static Optional<Duration> later(int status, Duration wait) {
        return ((RetryLater) new ReceiverAnswer(status, Optional.of(wait), new byte[0]).result()).after();
    }

    private static DeliveryResult answer(int status, String body) {
        return new ReceiverAnswer(status, Optional.empty(), body.getBytes(StandardCharsets.UTF_8)).result();
    }
}
