package io.assent.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

    /** Of the tests of Standard Webhooks' own libraries. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void aMessageIsSignedAsThePublishedExampleIs() {
        WebhookSecret secret = WebhookSecret.parse(SECRET).orElseThrow();

        assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void receiversLibraryTakesWhatIsSigned() throws WebhookVerificationException {
        long now = Instant.now().getEpochSecond();
        String signature = WebhookSecret.parse(SECRET).orElseThrow().sign("msg_1", now, "{}");

        new com.standardwebhooks.Webhook(SECRET)
                .verify(
                        "{}",
                        Map.of(
                                "webhook-id", List.of("msg_1"),
                                "webhook-timestamp", List.of(Long.toString(now)),
                                "webhook-signature", List.of("v1,bm90aGluZw== " + signature)));
    }

    @Test
    void whatIsSignedIsIdAndTimeAndBody() {
        WebhookSecret secret = WebhookSecret.parse(SECRET).orElseThrow();

        assertThat(secret.sign("a", 1, "c"))
                .isNotEqualTo(secret.sign("b", 1, "c"))
                .isNotEqualTo(secret.sign("a", 2, "c"))
                .isNotEqualTo(secret.sign("a", 1, "d"));
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void aSecretHas24To64Bytes(int bytes) {
        assertThat(WebhookSecret.parse(secret(bytes))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 65})
    void noOtherNumberOfBytesIsASecret(int bytes) {
        assertThat(WebhookSecret.parse(secret(bytes))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "secret",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La!aSw"
            })
    void whatIsNotOneIsRefused(String text) {
        assertThat(WebhookSecret.parse(text)).isEmpty();
    }

    private static String secret(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
