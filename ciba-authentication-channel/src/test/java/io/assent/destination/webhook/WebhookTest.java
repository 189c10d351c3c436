package io.assent.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.destination.SendResult;
import io.assent.destination.webhook.Webhook.Answer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void whatIs2xxIsTaken(int status) {
        assertThat(result(status)).isEqualTo(new SendResult.Taken());
    }

    @Test
    void goneSwitchesOff() {
        assertThat(result(410)).isInstanceOf(SendResult.Gone.class);
    }

    /** A redirect is not followed, and a refusal may be of a receiver that is not set up yet. */
    @ParameterizedTest
    @ValueSource(ints = {100, 301, 302, 307, 400, 401, 403, 404, 413, 422})
    void whatIsRefusedIsSentAgainAndSaysNothingOfOtherEvents(int status) {
        assertThat(result(status)).isEqualTo(new SendResult.Later(Optional.empty(), "HTTP " + status, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void aReceiverThatIsDownIsDownForAllEvents(int status) {
        assertThat(result(status)).isEqualTo(new SendResult.Later(Optional.empty(), "HTTP " + status, true));
    }

    @Test
    void howLongToWaitIsTheReceiversToSay() {
        assertThat(new Answer(429, Optional.of("7")).result())
                .isEqualTo(new SendResult.Later(Optional.of(Duration.ofSeconds(7)), "HTTP 429", true));
        assertThat(new Answer(503, Optional.of("7")).result())
                .isEqualTo(new SendResult.Later(Optional.of(Duration.ofSeconds(7)), "HTTP 503", true));
        assertThat(new Answer(503, Optional.of("soon")).result())
                .isEqualTo(new SendResult.Later(Optional.empty(), "HTTP 503", true));
        assertThat(new Answer(404, Optional.of("7")).result())
                .isEqualTo(new SendResult.Later(Optional.empty(), "HTTP 404", false));
    }

    private static SendResult result(int status) {
        return new Answer(status, Optional.empty()).result();
    }
}
