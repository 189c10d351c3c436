package io.assent.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.assent.fake.fcm.ServiceAccount;
import io.assent.push.PushResult;
import io.assent.push.vendor.Sample;
import io.assent.server.Options;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with FCM's settings is said at start, and how to right it. */
class FcmConfigurationTest {

    private static final String PREFIX = "--spi-push-sender--fcm--";

    @TempDir
    private Path directory;

    private Path key;

    @BeforeEach
    void writeKey() {
        key = directory.resolve("key.json");
        ServiceAccount.write(key, "some-project", URI.create("http://127.0.0.1:1/token"));
    }

    @Test
    void withoutSettingsThePlatformIsNotAvailable() {
        FcmPushSenderFactory factory = new FcmPushSenderFactory();
        factory.init(new Options(Map.of()));

        assertThat(factory.isAvailable(null, null)).isFalse();
        assertThat(factory.create(null).send(Sample.device("fcm", "token", null), Sample.push(Duration.ofSeconds(60))))
                .isInstanceOf(PushResult.RetryLater.class);
        factory.close();
    }

    @Test
    void withAKeyThePlatformIsAvailable() {
        FcmPushSenderFactory factory = new FcmPushSenderFactory();
        factory.init(new Options(Map.of("service-account", key.toString())));

        assertThat(factory.isAvailable(null, null)).isTrue();
        factory.close();
    }

    @Test
    void aMissingKeyIsNamed() {
        assertRefused(
                Map.of("service-account", "/nowhere/key.json"),
                "service-account",
                "/nowhere/key.json",
                "does not exist",
                "set it");
    }

    @Test
    void anUnreadableKeyIsNamed() {
        assertRefused(Map.of("service-account", directory.toString()), "service-account", "can't be read");
    }

    @Test
    void aMalformedKeyIsRefusedWithoutASnippetOfIt() throws IOException {
        String good = Files.readString(key);
        Map<String, String> malformed = Map.of(
                "",
                "it is not",
                "secret but not JSON",
                "it is not JSON",
                good.replace("service_account", "authorized_user"),
                "type",
                good.replace("client_email", "client_mail"),
                "client_email",
                good.replace("\"private_key\"", "\"public_key\""),
                "private_key",
                good.replace("http://127.0.0.1", "http://oauth.example"),
                "token_uri",
                good.replaceFirst("BEGIN PRIVATE KEY-----\\\\n....", "BEGIN PRIVATE KEY-----\\\\nAAAA"),
                "PKCS#8",
                good.replace("BEGIN PRIVATE KEY", "BEGIN"),
                "PKCS#8");
        malformed.forEach((content, complaint) -> {
            write(content);
            Throwable refusal = catchThrowable(() -> init(Map.of("service-account", key.toString())));

            assertThat(refusal)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(PREFIX + "service-account")
                    .hasMessageContaining(key.toString())
                    .message()
                    .satisfies(message ->
                            assertThat(message).as(content).containsAnyOf(complaint, "not a service account"));
            // the server logs it with its causes
            assertThat(stackTrace(refusal)).as(content).doesNotContain("secret", "PRIVATE", "MII");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "connect-timeout, 0",
        "connect-timeout, soon",
        "read-timeout, 60001ms",
        "connect-timeout, 1e3",
        "read-timeout, -1",
        "endpoint, http://fcm.example",
        "endpoint, ftp://127.0.0.1",
        "endpoint, not a URL",
        "endpoint, http://127.0.0.1.example:9000",
        "project-id, My Project",
        "application-default-credentials, yes"
    })
    void aSettingThatMakesNoSenseIsNamed(String option, String value) {
        Map<String, String> options = new HashMap<>(Map.of("service-account", key.toString(), option, value));

        assertRefused(options, option, value);
    }

    @Test
    void timeoutsThatWouldOutlastTheOutboxsLeaseAreNamed() {
        assertRefused(
                Map.of("service-account", key.toString(), "connect-timeout", "3000", "read-timeout", "3001"),
                "connect-timeout",
                PREFIX + "read-timeout",
                "6000",
                "6001");
    }

    @Test
    void settingsThatExcludeEachOtherAreNamed() {
        assertRefused(
                Map.of("service-account", key.toString(), "application-default-credentials", "true"),
                "service-account",
                PREFIX + "application-default-credentials");
    }

    @Test
    void settingsWithoutCredentialsAreNamed() {
        assertRefused(Map.of("project-id", "bank"), "project-id", PREFIX + "service-account");
    }

    private void write(String content) {
        try {
            Files.writeString(key, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void assertRefused(Map<String, String> options, String option, String... said) {
        assertThatThrownBy(() -> init(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PREFIX + option)
                .hasMessageContainingAll(said);
    }

    private static void init(Map<String, String> options) {
        FcmPushSenderFactory factory = new FcmPushSenderFactory();
        try {
            factory.init(new Options(options));
        } finally {
            factory.close();
        }
    }
}
