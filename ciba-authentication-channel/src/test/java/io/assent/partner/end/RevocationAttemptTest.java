package io.assent.partner.end;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.outbox.DeliveryResult;
import io.assent.partner.provider.PartnerAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationAttemptTest {

    private static DeliveryResult result(int status, String body) {
        return RevocationAttempt.result(new PartnerAnswer(status, body, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void whatThePartnerTookIsRevoked(int status) {
        assertThat(result(status, "")).isInstanceOf(DeliveryResult.Delivered.class);
    }

    @Test
    void aKindOfTokenThatIsNeverRevokedIsRefused() {
        assertThat(result(400, "{\"error\":\"unsupported_token_type\"}")).isInstanceOf(DeliveryResult.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400,'{\"error\":\"invalid_client\"}'",
        "400,'{\"error\":\"invalid_request\"}'",
        "400,''",
        "400,<html>",
        "401,'{\"error\":\"invalid_client\"}'",
        "301,''",
        "403,''",
        "404,''",
        "405,''",
        "429,''",
        "503,''"
    })
    void whatSomebodyMayMendIsTriedAgain(int status, String body) {
        assertThat(result(status, body)).isInstanceOf(DeliveryResult.RetryLater.class);
    }

    @Test
    void aPartnerSaysHowLongToWait() {
        DeliveryResult result = RevocationAttempt.result(new PartnerAnswer(503, "", "30"));

        assertThat(((DeliveryResult.RetryLater) result).after()).contains(Duration.ofSeconds(30));
    }
}
