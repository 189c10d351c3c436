package io.assent.push.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.push.PushResult;
import io.assent.push.vendor.Sample;
import io.assent.server.Options;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the settings of SNS is said at start, and how to right it. */
class SnsConfigurationTest {

    private static final String PREFIX = "--spi-push-sender--sns--";
    private static final String ACCOUNT = "arn:aws:sns:eu-central-1:123456789012:";
    private static final String ANDROID = ACCOUNT + "app/GCM/bank";
    private static final String APPLE = ACCOUNT + "app/APNS/bank";
    private static final String TOPIC = ACCOUNT + "consent-pushes";

    @Test
    void withoutSettingsThePlatformIsNotAvailable() {
        SnsPushSenderFactory factory = new SnsPushSenderFactory();
        factory.init(new Options(Map.of()));

        assertThat(factory.isAvailable(null, null)).isFalse();
        assertThat(factory.create(null).registersDevices()).isFalse();
        assertThat(factory.create(null).send(Sample.device("sns", "token", null), Sample.push(Duration.ofSeconds(60))))
                .isInstanceOf(PushResult.RetryLater.class);
        factory.close();
    }

    @ParameterizedTest
    @CsvSource({
        "android-application-arn, " + ANDROID + ", true",
        "apple-application-arn, " + APPLE + ", true",
        "apple-application-arn, " + ACCOUNT + "app/APNS_SANDBOX/bank, true",
        "topic-arn, " + TOPIC + ", false"
    })
    void withADestinationThePlatformIsAvailable(String option, String arn, boolean registers) {
        SnsPushSenderFactory factory = new SnsPushSenderFactory();
        factory.init(new Options(Map.of(option, arn)));

        assertThat(factory.isAvailable(null, null)).isTrue();
        assertThat(factory.create(null).registersDevices()).isEqualTo(registers);
        factory.close();
    }

    @ParameterizedTest
    @CsvSource({
        "android-application-arn, bank",
        "android-application-arn, " + APPLE,
        "android-application-arn, " + TOPIC,
        "apple-application-arn, " + ANDROID,
        "topic-arn, " + ANDROID,
        "topic-arn, " + TOPIC + ".fifo",
        "topic-arn, arn:aws:sqs:eu-central-1:123456789012:queue"
    })
    void anArnOfAnotherKindIsNamed(String option, String arn) {
        assertRefused(Map.of(option, arn), option, arn);
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, http://sns.example",
        "read-timeout, 0",
        "connect-timeout, 1s",
        "apple-sandbox, true",
        "apple-sandbox, maybe"
    })
    void aSettingThatMakesNoSenseIsNamed(String option, String value) {
        assertRefused(Map.of("apple-application-arn", APPLE, option, value), option, value);
    }

    @Test
    void settingsThatExcludeEachOtherAreNamed() {
        assertRefused(Map.of("topic-arn", TOPIC, "apple-application-arn", APPLE), "topic-arn", "apple-application-arn");
        assertRefused(Map.of("topic-arn", TOPIC, "apple-sandbox", "true"), "apple-sandbox", "topic-arn");
        assertRefused(
                Map.of("android-application-arn", ANDROID, "apple-sandbox", "true"),
                "apple-sandbox",
                "apple-application-arn");
        assertRefused(
                Map.of("android-application-arn", ANDROID, "region", "us-east-1"),
                "region",
                "us-east-1",
                "eu-central-1");
    }

    @Test
    void settingsWithoutADestinationAreNamed() {
        assertRefused(Map.of("region", "eu-central-1"), "region", PREFIX + "android-application-arn");
    }

    private static void assertRefused(Map<String, String> options, String option, String... said) {
        SnsPushSenderFactory factory = new SnsPushSenderFactory();
        assertThatThrownBy(() -> factory.init(new Options(options)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PREFIX + option)
                .hasMessageContainingAll(said);
    }
}
