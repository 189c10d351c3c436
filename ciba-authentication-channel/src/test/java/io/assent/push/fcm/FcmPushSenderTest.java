package io.assent.push.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.device.Device;
import io.assent.fake.fcm.FcmError;
import io.assent.fake.fcm.FcmFake;
import io.assent.fake.fcm.FcmPush;
import io.assent.fake.http.Answer;
import io.assent.fake.http.Behaviour;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.vendor.Sample;
import io.assent.server.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What FCM gets from its sender, and what the sender makes of FCM's answers. */
class FcmPushSenderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "fMEP0vJqS0:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    private final FcmFake fcm = FcmFake.start();
    private final FcmPushSenderFactory factory = new FcmPushSenderFactory();
    private final Device device = Sample.device("fcm", TOKEN, null);
    private final Push push = Sample.push(Duration.ofSeconds(120));

    @BeforeEach
    void configure() {
        Path key = directory.resolve("key.json");
        fcm.writeServiceAccount(key);
        Map<String, String> options = new HashMap<>();
        options.put("service-account", key.toString());
        options.put("endpoint", fcm.uri().toString());
        options.put("connect-timeout", "2000");
        options.put("read-timeout", "2000");
        factory.init(new Options(options));
    }

    @AfterEach
    void close() {
        factory.close();
        fcm.close();
    }

    @Test
    void aTokenOfApplesOwnServiceIsObjectedTo() {
        String apnsToken = "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";

        assertThat(factory.create(null).validate(Sample.device("fcm", apnsToken, null)))
                .hasValueSatisfying(said -> assertThat(said).doesNotContain(apnsToken));
        assertThat(factory.create(null).validate(device)).isEmpty();
    }

    @Test
    void aMessageHasTheDocumentedFieldsAndNoOther() throws Exception {
        assertThat(send()).isEqualTo(new PushResult.Delivered());

        FcmPush got = fcm.pushes().get(0);
        assertThat(got.project()).isEqualTo(FcmFake.PROJECT);
        String ttl = got.message().at("/android/ttl").asText();
        JsonNode expected = JSON.readTree("""
                {
                  "token": "%s",
                  "data": {"type": "consent-requested", "requestId": "%s", "realm": "bank", "expiresAt": "%s"},
                  "notification": {"title": "A request", "body": "Please have a look"},
                  "android": {
                    "priority": "high", "ttl": "%s", "collapse_key": "%2$s", "notification": {"tag": "%2$s"}
                  },
                  "apns": {
                    "headers": {"apns-priority": "10", "apns-expiration": "%d", "apns-collapse-id": "%2$s"},
                    "payload": {"aps": {}}
                  }
                }""".formatted(
                TOKEN, push.id(), push.expiresAt(), ttl, push.expiresAt().getEpochSecond()));
        assertThat(got.message()).isEqualTo(expected);
        assertThat(Double.parseDouble(ttl.replace("s", ""))).isCloseTo(120, within(5.0));
        assertThat(got.message().toString()).doesNotContain(device.id(), device.label(), device.sessionId());
    }

    @Test
    void anExpiredRequestIsNotSent() {
        assertThat(send(Sample.push(Duration.ofSeconds(-1)))).isInstanceOf(PushResult.Permanent.class);
        assertThat(fcm.pushes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREGISTERED", "INVALID_TOKEN", "MALFORMED_TOKEN"})
    void aTokenThatFcmDoesNotKnowIsDead(FcmError error) {
        fcm.behave(error.always());

        assertThat(send()).isInstanceOf(PushResult.DeadToken.class);
        assertThat(fcm.pushes()).hasSize(1);
    }

    @Test
    void aWrongProjectInTheSettingsLosesNoDevice() {
        fcm.behave(FcmError.SENDER_ID_MISMATCH.always());
        assertThat(send()).isInstanceOf(PushResult.RetryLater.class);

        // the operator sets the right one
        fcm.behave(Behaviour.USUAL);
        assertThat(send()).isEqualTo(new PushResult.Delivered());
    }

    @Test
    void aMessageThatFcmFindsInvalidIsNotSentAgainAndItsDeviceLives() {
        fcm.behave(FcmError.INVALID_ARGUMENT.always());

        assertThat(send()).isInstanceOf(PushResult.Permanent.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"UNREGISTERED", "INVALID_TOKEN", "MALFORMED_TOKEN", "INVALID_ARGUMENT"})
    void everyOtherErrorIsForLaterAndForTheOutboxToRepeat(FcmError error) {
        fcm.behave(error.always());
        Instant start = Instant.now();

        assertThat(send()).isInstanceOfSatisfying(PushResult.RetryLater.class, later -> assertThat(later.after())
                .isEmpty());

        // no attempts of the SDK's own
        assertThat(fcm.pushes()).hasSize(1);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(names = {"QUOTA_EXCEEDED", "UNAVAILABLE", "INTERNAL"})
    void aRetryAfterIsPassedOn(FcmError error) {
        fcm.behave(error.retryAfter(Duration.ofSeconds(17)));

        assertThat(send()).isInstanceOfSatisfying(PushResult.RetryLater.class, later -> assertThat(later.after())
                .isEqualTo(Optional.of(Duration.ofSeconds(17))));
        assertThat(fcm.pushes()).hasSize(1);
    }

    @Test
    void aSlowAnswerIsNotWaitedFor() {
        fcm.behave(Behaviour.slow(Duration.ofSeconds(20)));
        Instant start = Instant.now();

        assertThat(send()).isInstanceOfSatisfying(PushResult.RetryLater.class, later -> assertThat(later.reason())
                .contains("timed out"));
        // one request for an access token, one with the message
        assertThat(Duration.between(start, Instant.now())).isLessThan(TIMEOUT.multipliedBy(2));
    }

    @Test
    void whatIsNoAnswerIsForLater() {
        for (Behaviour behaviour : List.of(Behaviour.GARBAGE, Behaviour.CUT_OFF, Behaviour.HANG_UP)) {
            fcm.behave(behaviour);

            assertThat(send()).isInstanceOf(PushResult.RetryLater.class);
        }
    }

    @Test
    void anAnswerOfAnotherShapeIsForLater() {
        for (String body : List.of("{\"name\":5}", "{\"name\":{\"a\":1}}", "[]", "\"x\"", "{}", "", "{\"name\":")) {
            fcm.behave(Behaviour.answering(Answer.of(200, "application/json", body)));

            assertThat(send()).as(body).isInstanceOf(PushResult.RetryLater.class);
        }
        for (String body : List.of("{\"error\":5}", "{\"error\":{\"details\":5}}", "[]", "", "<p>not found")) {
            for (int status : new int[] {400, 403, 404}) {
                fcm.behave(Behaviour.answering(Answer.of(status, "text/html", body)));

                assertThat(send()).as(status + body).isInstanceOf(PushResult.RetryLater.class);
            }
        }
    }

    @Test
    void anAnswerThatIsTooLongIsForLater() {
        for (int status : new int[] {200, 404}) {
            fcm.behave(Behaviour.answering(Answer.of(
                    status,
                    "application/json",
                    "{\"name\":\"projects/bank/messages/1\"}" + " ".repeat(FcmExchange.MAX_BODY))));

            assertThat(send()).isInstanceOf(PushResult.RetryLater.class);
        }
    }

    @Test
    void aVendorThatIsDownIsForLaterAndForNowOnceItIsUp() {
        assertThat(send()).isInstanceOf(PushResult.Delivered.class);
        fcm.down();
        assertThat(send()).isInstanceOf(PushResult.RetryLater.class);
        fcm.up();
        assertThat(send()).isInstanceOf(PushResult.Delivered.class);
    }

    @Test
    void aRevokedAccessTokenIsReplacedForTheNextAttempt() {
        assertThat(send()).isInstanceOf(PushResult.Delivered.class);
        fcm.revokeAccessTokens();

        assertThat(send()).isInstanceOf(PushResult.RetryLater.class);
        assertThat(send()).isInstanceOf(PushResult.Delivered.class);
        assertThat(fcm.tokenRequests()).isEqualTo(2);
    }

    @Test
    void anAppleKeyThatFcmMissesCostsNoFreshAccessToken() {
        fcm.behave(FcmError.THIRD_PARTY_AUTH_ERROR.always());

        send();

        assertThat(fcm.tokenRequests()).isEqualTo(1);
    }

    @Test
    void refusedCredentialsAreForLater() {
        fcm.behaveToTokenRequests(
                Behaviour.answering(Answer.of(400, "application/json", "{\"error\":\"invalid_grant\"}")));

        assertThat(send()).isInstanceOfSatisfying(PushResult.RetryLater.class, later -> assertThat(later.reason())
                .contains("refused the credentials"));
        assertThat(fcm.tokenRequests()).isEqualTo(1);
        assertThat(fcm.pushes()).isEmpty();

        fcm.behaveToTokenRequests(Behaviour.USUAL);
        assertThat(send()).isInstanceOf(PushResult.Delivered.class);
    }

    @Test
    void aTokenEndpointInTroubleIsForLater() {
        for (Behaviour behaviour : List.of(
                Behaviour.GARBAGE,
                Behaviour.CUT_OFF,
                Behaviour.HANG_UP,
                Behaviour.slow(Duration.ofSeconds(20)),
                FcmError.UNAVAILABLE.always(),
                FcmError.INTERNAL.always(),
                Behaviour.answering(Answer.of(200, "application/json", "{\"access_token\":5}")),
                Behaviour.answering(Answer.of(200, "application/json", "[]")))) {
            fcm.behaveToTokenRequests(behaviour);
            Instant start = Instant.now();

            assertThat(send()).isInstanceOf(PushResult.RetryLater.class);
            assertThat(Duration.between(start, Instant.now())).isLessThan(TIMEOUT.multipliedBy(2));
        }
        assertThat(fcm.pushes()).isEmpty();
    }

    @Test
    void manyAreSentAtOnceWithOneAccessToken() {
        ExecutorService eight = Executors.newFixedThreadPool(8);
        List<CompletableFuture<PushResult>> sends = IntStream.range(0, 200)
                .mapToObj(
                        number -> CompletableFuture.supplyAsync(() -> send(Sample.push(Duration.ofSeconds(60))), eight))
                .toList();

        assertThat(sends).extracting(CompletableFuture::join).hasOnlyElementsOfType(PushResult.Delivered.class);
        eight.shutdown();
        assertThat(fcm.pushes()).hasSize(200);
        assertThat(fcm.tokenRequests()).isEqualTo(1);
    }

    private PushResult send() {
        return send(push);
    }

    private PushResult send(Push what) {
        return factory.create(null).send(device, what);
    }
}
