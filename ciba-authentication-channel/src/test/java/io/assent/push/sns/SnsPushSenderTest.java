package io.assent.push.sns;

import static io.assent.fake.sns.SnsFake.Action.CREATE_PLATFORM_ENDPOINT;
import static io.assent.fake.sns.SnsFake.Action.PUBLISH;
import static io.assent.fake.sns.SnsFake.Action.SET_ENDPOINT_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.device.Device;
import io.assent.fake.http.Answer;
import io.assent.fake.http.Behaviour;
import io.assent.fake.sns.SnsError;
import io.assent.fake.sns.SnsFake;
import io.assent.fake.sns.SnsPublication;
import io.assent.push.Push;
import io.assent.push.PushResult;
import io.assent.push.PushResult.Delivered;
import io.assent.push.vendor.Sample;
import io.assent.server.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What SNS gets from its sender, and what the sender makes of SNS's answers. */
class SnsPushSenderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANDROID = "arn:aws:sns:eu-central-1:123456789012:app/GCM/bank";
    private static final String APPLE = "arn:aws:sns:eu-central-1:123456789012:app/APNS/bank";
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:consent-pushes";
    private static final String ANDROID_TOKEN = "fMEP0vJqS0:APA91bHun4MxP5egoKMwt2KZFBaFUH-1RYqx";
    private static final String APPLE_TOKEN = "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";

    private final SnsFake sns = SnsFake.start();
    private final SnsPushSenderFactory factory = new SnsPushSenderFactory();
    private final Push push = Sample.push(Duration.ofSeconds(120));

    SnsPushSenderTest() {
        System.setProperty("aws.accessKeyId", "AKIAFAKE");
        System.setProperty("aws.secretAccessKey", "fake");
        configure(Map.of("android-application-arn", ANDROID, "apple-application-arn", APPLE));
    }

    @AfterEach
    void close() {
        factory.close();
        sns.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void aMessageToAndroidHasTheDocumentedFieldsAndNoOther() throws Exception {
        Device device = android(null);

        send(device);

        SnsPublication got = sns.publications().get(0);
        assertThat(got.structure()).isEqualTo("json");
        assertThat(got.attributes()).isEmpty();
        assertThat(got.message().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("default", "GCM", "APNS");
        assertThat(got.message().path("default").asText()).isEqualTo("A request");
        String form = got.message().path("GCM").asText();
        String ttl = JSON.readTree(form).at("/fcmV1Message/message/android/ttl").asText();
        assertThat(JSON.readTree(form)).isEqualTo(JSON.readTree("""
                        {"fcmV1Message": {"message": {
                          "notification": {"title": "A request", "body": "Please have a look"},
                          "data": {"type": "consent-requested", "requestId": "%s", "realm": "bank", "expiresAt": "%s"},
                          "android": {"priority": "high", "ttl": "%s", "collapse_key": "%1$s", "notification": {"tag": "%1$s"}}
                        }}}""".formatted(push.id(), push.expiresAt(), ttl)));
        assertThat(ttl).matches("1(19|20)s");
        assertNothingPersonal(got, device);
    }

    @Test
    void aMessageToAppleHasTheDocumentedFieldsAndNoOther() throws Exception {
        Device device = apple(null);

        send(device);

        SnsPublication got = sns.publications().get(0);
        assertThat(got.target()).startsWith(APPLE.replace(":app/", ":endpoint/"));
        assertThat(JSON.readTree(got.message().path("APNS").asText()))
                .isEqualTo(JSON.readTree("""
                        {"aps": {"alert": {"title": "A request", "body": "Please have a look"}},
                         "type": "consent-requested", "requestId": "%s", "realm": "bank", "expiresAt": "%s"}""".formatted(push.id(), push.expiresAt())));
        assertThat(got.attributes())
                .containsOnlyKeys(
                        "AWS.SNS.MOBILE.APNS.PUSH_TYPE",
                        "AWS.SNS.MOBILE.APNS.PRIORITY",
                        "AWS.SNS.MOBILE.APNS.COLLAPSE_ID",
                        "AWS.SNS.MOBILE.APNS.TTL")
                .containsEntry("AWS.SNS.MOBILE.APNS.PRIORITY", "10")
                .containsEntry("AWS.SNS.MOBILE.APNS.COLLAPSE_ID", push.id());
        assertNothingPersonal(got, device);
    }

    @Test
    void anApplicationForTheSandboxGetsTheSandboxsForm() {
        configure(Map.of("apple-application-arn", APPLE.replace("APNS", "APNS_SANDBOX"), "apple-sandbox", "true"));

        assertThat(send(apple(null))).isInstanceOf(Delivered.class);

        SnsPublication got = sns.publications().get(0);
        assertThat(got.message().has("APNS_SANDBOX")).isTrue();
        assertThat(got.message().has("APNS")).isFalse();
        assertThat(got.attributes()).containsKey("AWS.SNS.MOBILE.APNS_SANDBOX.TTL");
    }

    @Test
    void aMessageToATopicNamesTheDeviceByTheAppsOwnIdAlone() throws Exception {
        configure(Map.of("topic-arn", TOPIC));
        Device device = android(null);

        assertThat(factory.create(null).registersDevices()).isFalse();
        assertThat(send(device)).isEqualTo(new Delivered());

        SnsPublication got = sns.publications().get(0);
        assertThat(got.target()).isEqualTo(TOPIC);
        assertThat(got.structure()).isNull();
        assertThat(got.attributes()).isEqualTo(Map.of("type", "consent-requested", "realm", "bank"));
        assertThat(got.message()).isEqualTo(JSON.readTree("""
                        {"type": "consent-requested", "requestId": "%s", "realm": "bank", "expiresAt": "%s",
                         "deviceId": "%s", "title": "A request", "body": "Please have a look"}""".formatted(push.id(), push.expiresAt(), device.id())));
        assertThat(sns.calls(CREATE_PLATFORM_ENDPOINT)).isZero();
    }

    @Test
    void registeringMakesAnEndpointThatIsKept() {
        String address = address(register(android(null)));

        assertThat(sns.endpointsOf(ANDROID_TOKEN)).containsExactly(address);
        assertThat(send(android(address))).isEqualTo(new Delivered());
        assertThat(sns.calls(CREATE_PLATFORM_ENDPOINT)).isEqualTo(1);
        assertThat(sns.accepted(ANDROID_TOKEN, push.id())).isEqualTo(1);
    }

    @Test
    void anEndpointThatSomebodyElseMadeIsTaken() {
        String theirs = sns.addEndpoint(ANDROID, ANDROID_TOKEN, "made by marketing");
        sns.disable(theirs);

        assertThat(address(register(android(null)))).isEqualTo(theirs);
        assertThat(sns.isEnabled(theirs)).isTrue();
        assertThat(send(android(null))).isEqualTo(new Delivered(Optional.of(theirs)));
    }

    @Test
    void aDisabledEndpointIsADeadTokenUntilAFreshOneIsRegistered() {
        String address = address(register(android(null)));
        sns.disable(address);

        assertThat(send(android(address))).isInstanceOf(PushResult.DeadToken.class);
        assertThat(send(android(null))).isInstanceOf(PushResult.DeadToken.class);
        assertThat(sns.isEnabled(address)).isFalse();

        Device fresh = Sample.device("sns", ANDROID_TOKEN + "2", address);
        assertThat(address(register(fresh))).isEqualTo(address);
        assertThat(sns.endpointsOf(fresh.pushToken())).containsExactly(address);
        assertThat(send(fresh)).isEqualTo(new Delivered());
    }

    @Test
    void anEndpointThatIsRegisteredWithADifferentTokenIsReplacedByANewOne() {
        String old = address(register(android(null)));
        Device fresh = Sample.device("sns", ANDROID_TOKEN + "2", old);
        sns.behave(SET_ENDPOINT_ATTRIBUTES, Behaviour.inTurn(SnsError.OTHER_TOKEN.always(), Behaviour.USUAL));

        String made = address(register(fresh));

        assertThat(made).isNotEqualTo(old);
        assertThat(sns.endpointsOf(fresh.pushToken())).containsExactly(made);
        assertThat(send(Sample.device("sns", fresh.pushToken(), made))).isEqualTo(new Delivered());
    }

    @Test
    void aSendToAnEndpointThatIsRegisteredWithADifferentTokenGoesToANewOne() {
        String old = address(register(android(null)));
        Device fresh = Sample.device("sns", ANDROID_TOKEN + "2", old);
        sns.behave(PUBLISH, Behaviour.inTurn(SnsError.OTHER_TOKEN.always(), Behaviour.USUAL));

        assertThat(address(send(fresh))).isNotEqualTo(old);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_PLATFORM_ENDPOINT", "SET_ENDPOINT_ATTRIBUTES", "PUBLISH"})
    void aTokenThatSnsHasForAnotherEndpointIsNotDead(SnsFake.Action action) {
        sns.behave(action, SnsError.OTHER_TOKEN.always());

        Device device = android(null);
        assertThat(action == PUBLISH ? send(device) : register(device)).isInstanceOf(PushResult.RetryLater.class);
    }

    @Test
    void anEndpointThatWasDisabledWithSomebodyElsesTokenIsCorrected() {
        String address = address(register(android(null)));
        address(register(Sample.device("sns", "theirs:token", address)));
        sns.disable(address);

        assertThat(send(android(address))).isInstanceOf(PushResult.RetryLater.class);
        assertThat(send(android(address))).isEqualTo(new Delivered());
    }

    @Test
    void aFreshTokenThatHasAnEndpointMovesTheDeviceThere() {
        String old = address(register(android(null)));
        String other = sns.addEndpoint(ANDROID, "other:token", null);

        assertThat(address(register(Sample.device("sns", "other:token", old)))).isEqualTo(other);
    }

    @Test
    void aDeletedEndpointIsMadeAgain() {
        String old = address(register(android(null)));
        sns.delete(old);

        String made = address(send(android(old)));

        assertThat(made).isNotEqualTo(old);
        assertThat(sns.accepted(ANDROID_TOKEN, push.id())).isEqualTo(1);

        sns.delete(made);
        assertThat(address(register(android(made)))).isNotEqualTo(made);
    }

    @Test
    void anEndpointOfAnotherApplicationIsNotUsed() {
        String elsewhere = sns.addEndpoint(ANDROID + "-old", ANDROID_TOKEN, null);

        assertThat(address(send(android(elsewhere)))).startsWith(ANDROID.replace(":app/", ":endpoint/") + "/");
    }

    @Test
    void aDeviceOfAKindThatTheBankDoesNotServeIsNotSentTo() {
        configure(Map.of("android-application-arn", ANDROID));

        assertThat(send(apple(null))).isInstanceOf(PushResult.RetryLater.class);
        assertThat(register(apple(null))).isInstanceOf(PushResult.RetryLater.class);
        assertThat(sns.publications()).isEmpty();

        // the operator adds it, while the request lives
        configure(Map.of("android-application-arn", ANDROID, "apple-application-arn", APPLE));
        assertThat(send(apple(null))).isInstanceOf(Delivered.class);
    }

    @Test
    void aDeviceOfAKindThatTheBankDoesNotServeIsObjectedTo() {
        configure(Map.of("android-application-arn", ANDROID));
        assertThat(objection(android(null))).isEmpty();
        assertThat(objection(apple(null)))
                .hasValueSatisfying(said ->
                        assertThat(said).contains("Android devices alone").doesNotContain(APPLE_TOKEN));

        configure(Map.of("apple-application-arn", APPLE));
        assertThat(objection(apple(null))).isEmpty();
        assertThat(objection(android(null)))
                .hasValueSatisfying(
                        said -> assertThat(said).contains("Apple devices alone").doesNotContain(ANDROID_TOKEN));

        assertThat(sns.calls(CREATE_PLATFORM_ENDPOINT))
                .as("asked without the vendor")
                .isZero();
    }

    @Test
    void nothingSpeaksAgainstADeviceWhereBothKindsAreServedOrATopicIs() {
        assertThat(objection(android(null))).isEmpty();
        assertThat(objection(apple(null))).isEmpty();

        configure(Map.of("topic-arn", TOPIC));
        assertThat(objection(android(null))).isEmpty();
        assertThat(objection(apple(null))).isEmpty();
    }

    @Test
    void anExpiredRequestIsNotSent() {
        Push expired = Sample.push(Duration.ofSeconds(-1));

        assertThat(factory.create(null).send(android(null), expired)).isInstanceOf(PushResult.Permanent.class);
        assertThat(sns.calls(PUBLISH)).isZero();
    }

    @Test
    void aTokenThatSnsRefusesIsDead() {
        sns.behave(CREATE_PLATFORM_ENDPOINT, SnsError.INVALID_TOKEN.always());

        assertThat(register(apple(null))).isInstanceOf(PushResult.DeadToken.class);
        assertThat(send(apple(null))).isInstanceOf(PushResult.DeadToken.class);
    }

    @Test
    void aMessageThatSnsFindsInvalidIsNotSentAgain() {
        sns.behave(PUBLISH, SnsError.INVALID_PARAMETER.always());

        assertThat(send(android(null))).isInstanceOf(PushResult.Permanent.class);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"ENDPOINT_DISABLED", "NO_ENDPOINT", "INVALID_PARAMETER", "INVALID_TOKEN", "OTHER_TOKEN"})
    void everyOtherErrorIsForLaterAndForTheOutboxToRepeat(SnsError error) {
        String address = address(register(android(null)));
        sns.behave(PUBLISH, error.always());

        assertThat(send(android(address)))
                .isInstanceOfSatisfying(PushResult.RetryLater.class, later -> assertThat(later.after())
                        .isEmpty());
        // once more where the endpoint had to be made again
        assertThat(sns.calls(PUBLISH)).isEqualTo(error == SnsError.NOT_FOUND ? 2 : 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "THROTTLING", "INTERNAL_ERROR", "SERVICE_UNAVAILABLE"})
    void aRetryAfterIsPassedOn(SnsError error) {
        sns.behave(PUBLISH, error.retryAfter(Duration.ofSeconds(17)));

        assertThat(send(android(null)))
                .isInstanceOfSatisfying(PushResult.RetryLater.class, later -> assertThat(later.after())
                        .isEqualTo(Optional.of(Duration.ofSeconds(17))));
        assertThat(sns.calls(PUBLISH)).isEqualTo(1);
    }

    @Test
    void aSlowAnswerIsNotWaitedFor() {
        String address = address(register(android(null)));
        configure(Map.of("android-application-arn", ANDROID), Duration.ofMillis(500));
        sns.behave(PUBLISH, Behaviour.slow(Duration.ofSeconds(20)));
        Instant start = Instant.now();

        assertThat(send(android(address)))
                .isInstanceOfSatisfying(PushResult.RetryLater.class, later -> assertThat(later.reason())
                        .contains("timed out"));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_PLATFORM_ENDPOINT", "PUBLISH"})
    void whatIsNoAnswerIsForLater(SnsFake.Action action) {
        for (Behaviour behaviour : List.of(
                Behaviour.GARBAGE,
                Behaviour.CUT_OFF,
                Behaviour.HANG_UP,
                Behaviour.answering(Answer.of(200, "text/xml", "")),
                Behaviour.answering(Answer.of(200, "text/xml", "<a/>")),
                Behaviour.answering(Answer.of(502, "text/html", "<h1>Bad Gateway</h1>")),
                Behaviour.answering(Answer.of(400, "text/html", "not XML")))) {
            sns.behave(action, behaviour);

            assertThat(send(android(null))).isInstanceOf(PushResult.RetryLater.class);
        }
    }

    @Test
    void aRegistrationThatSnsDoesNotAnswerIsForLater() {
        for (Behaviour behaviour : List.of(
                Behaviour.CUT_OFF, Behaviour.HANG_UP, SnsError.INTERNAL_ERROR.always(), SnsError.THROTTLED.always())) {
            sns.behave(SET_ENDPOINT_ATTRIBUTES, behaviour);

            assertThat(register(android(null))).isInstanceOf(PushResult.RetryLater.class);
        }
    }

    @Test
    void aVendorThatIsDownIsForLaterAndForNowOnceItIsUp() {
        assertThat(send(android(null))).isInstanceOf(Delivered.class);
        sns.down();
        assertThat(send(android(null))).isInstanceOf(PushResult.RetryLater.class);
        sns.up();
        assertThat(send(android(null))).isInstanceOf(Delivered.class);
    }

    /** With patience for the SDK's first call in a process, on a machine that has other things to do. */
    private void configure(Map<String, String> destination) {
        configure(destination, Duration.ofSeconds(5));
    }

    private void configure(Map<String, String> destination, Duration readTimeout) {
        factory.close();
        Map<String, String> options = new HashMap<>(destination);
        options.put("endpoint", sns.uri().toString());
        options.put("connect-timeout", "500");
        options.put("read-timeout", String.valueOf(readTimeout.toMillis()));
        factory.init(new Options(options));
    }

    private PushResult send(Device device) {
        return factory.create(null).send(device, push);
    }

    private Optional<String> objection(Device device) {
        return factory.create(null).validate(device);
    }

    private PushResult register(Device device) {
        return factory.create(null).register(device);
    }

    private static Device android(String address) {
        return Sample.device("sns", ANDROID_TOKEN, address);
    }

    private static Device apple(String address) {
        return Sample.device("sns", APPLE_TOKEN, address);
    }

    private static String address(PushResult result) {
        assertThat(result).isInstanceOf(Delivered.class);
        return ((Delivered) result).vendorHandle().orElseThrow();
    }

    private static void assertNothingPersonal(SnsPublication got, Device device) {
        assertThat(got.toString().replace("token=" + device.pushToken(), ""))
                .doesNotContain(device.id(), device.label(), device.sessionId(), device.pushToken());
    }
}
