package io.assent.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A customer's devices. */
class DeviceIT {

    private static final int MOST_DEVICES = 20;

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final String device = UUID.randomUUID().toString();

    @Test
    void aDeviceIsCreatedOnceAndThenRefreshed() {
        Answer created = app.register(
                device,
                "{\"platform\":\"log\",\"pushToken\":\"one-" + device + "\",\"label\":\"Pixel\",\"locale\":\"de-CH\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("deviceId")).isEqualTo(device);
        assertThat(created.text("platform")).isEqualTo("log");
        assertThat(created.text("label")).isEqualTo("Pixel");
        assertThat(created.text("locale")).isEqualTo("de-CH");
        assertThat(created.json().get("disabled")).isEqualTo(BooleanNode.FALSE);

        Answer refreshed = app.register(device, "{\"platform\":\"sandbox\",\"pushToken\":\"two-" + device + "\"}");
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.text("platform")).isEqualTo("sandbox");
        assertThat(refreshed.json().get("label").isNull()).isTrue();
        assertThat(refreshed.json().get("locale").isNull()).isTrue();
        assertThat(refreshed.text("registeredAt")).isEqualTo(created.text("registeredAt"));
        assertThat(app.devices().list()).hasSize(1).first().isEqualTo(refreshed.json());
    }

    @Test
    void thePushTokenIsNeverShown() {
        String secret = "push-token-" + UUID.randomUUID();
        String body = "{\"platform\":\"log\",\"pushToken\":\"" + secret + "\"}";

        assertThat(app.register(device, body).body()).doesNotContain(secret);
        assertThat(app.register(device, body).body()).doesNotContain(secret);
        assertThat(app.devices().body()).doesNotContain(secret);
        assertThat(bank.server().said()).doesNotContain(secret);
    }

    @Test
    void devicesAreListedTheOldestFirst() {
        UUID second = UUID.randomUUID();
        app.register(UUID.fromString(device), "log");
        app.register(second, "sandbox");
        app.register(UUID.fromString(device), "log");

        JsonNode devices = app.devices().list();

        assertThat(devices.findValuesAsText("deviceId")).containsExactly(device, second.toString());
    }

    @Test
    void removingADeviceAgainIsAnsweredAsTheFirstTime() {
        app.register(UUID.fromString(device), "log");

        assertThat(app.removeDevice(device).status()).isEqualTo(204);
        assertThat(app.removeDevice(device).status()).isEqualTo(204);
        assertThat(app.devices().list()).isEmpty();
    }

    @Test
    void aCustomerHasAtMostTwentyDevices() {
        UUID first = UUID.randomUUID();
        app.register(first, "log");
        for (int number = 1; number < MOST_DEVICES; number++) {
            app.register(UUID.randomUUID(), "log");
        }
        String body = "{\"platform\":\"log\",\"pushToken\":\"push-" + device + "\"}";

        Answer refused = app.register(device, body);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("too-many-devices");
        assertThat(app.devices().list().findValuesAsText("deviceId"))
                .hasSize(MOST_DEVICES)
                .doesNotContain(device);

        app.register(first, "sandbox");
        assertThat(app.register(device, body).status()).isEqualTo(409);

        app.removeDevice(first.toString());
        assertThat(app.register(device, body).status()).isEqualTo(201);
        assertThat(app.devices().list().findValuesAsText("deviceId"))
                .hasSize(MOST_DEVICES)
                .contains(device);
    }

    @Test
    void aDeviceIdIsTheSameInEitherCase() {
        app.register(UUID.fromString(device), "log");
        String upperCase = device.toUpperCase(Locale.ROOT);

        assertThat(app.register(upperCase, "{\"platform\":\"log\",\"pushToken\":\"two-" + device + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(app.devices().list().findValuesAsText("deviceId")).containsExactly(device);
        assertThat(app.removeDevice(upperCase).status()).isEqualTo(204);
        assertThat(app.devices().list()).isEmpty();
    }

    @Test
    void aPlatformThatTheServerCannotReachIsRefused() {
        for (String platform : new String[] {"fmc", "logs", "no-such-platform"}) {
            Answer refused = app.register(device, "{\"platform\":\"" + platform + "\",\"pushToken\":\"t\"}");
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("unsupported-platform");
        }
        assertThat(app.devices().list()).isEmpty();
    }

    @Test
    void aNewDeviceIsToldToTheOnesThatThereAre() {
        try (PushStream phone = PushStream.open(bank, app.register(UUID.fromString(device), "sandbox"))) {
            String second = UUID.randomUUID().toString();
            PhoneKey key = PhoneKey.generate();
            customer.app()
                    .registerSigned(second, with(body("sandbox", "t-" + second), "key", key.jwk()), key)
                    .ok();

            JsonNode told = phone.next();
            assertThat(told.get("type").asText()).isEqualTo("devices-changed");
            assertThat(told.get("deviceId").asText()).isEqualTo(device);
            assertThat(told.toString()).doesNotContain(second);
            assertThat(bank.newCustomer().app().register(UUID.randomUUID(), "sandbox"))
                    .isNotEmpty();
            assertThat(phone.poll(Duration.ofSeconds(2)))
                    .as("of another customer")
                    .isNull();
        }
    }

    /** In another login of the customer, or with a stolen token. */
    @Nested
    class OtherLogins {

        private final BankApp other = customer.app();

        @Test
        void whoDoesNotKnowThePushTokenDoesNotGetTheDevice() {
            app.register(UUID.fromString(device), "sandbox");
            JsonNode before = app.devices().list();
            String thiefs = body("sandbox", UUID.randomUUID().toString());

            for (Answer refused : List.of(
                    other.register(device, thiefs),
                    other.register(
                            device,
                            with(thiefs, "previousPushToken", Http.object().textNode("guessed"))),
                    other.register(
                            device, with(thiefs, "key", PhoneKey.generate().jwk())))) {
                assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
                assertThat(refused.problem()).isEqualTo("device-proof-required");
            }

            assertThat(app.devices().list()).isEqualTo(before);
        }

        @Test
        void thePushTokenFromBeforeShowsThatTheDeviceIsTheAppsOwn() {
            String pushToken = app.register(UUID.fromString(device), "sandbox");
            String fresh = with(
                    body("sandbox", "fresh-" + device),
                    "previousPushToken",
                    Http.object().textNode(pushToken));

            assertThat(other.register(device, fresh).status()).isEqualTo(200);
            assertThat(other.register(device, fresh).status()).isEqualTo(200);
            // and with the token that it has now, in a third login
            assertThat(customer.app()
                            .register(device, body("sandbox", "fresh-" + device))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void theCustomersOtherDevicesAreTold() {
            String pushToken = app.register(UUID.fromString(device), "sandbox");
            UUID second = UUID.randomUUID();
            String secondsToken = app.register(second, "sandbox");
            try (PushStream phone = PushStream.open(bank, secondsToken)) {
                other.register(device, body("sandbox", pushToken)).ok();
                JsonNode told = phone.next();
                assertThat(told.get("type").asText()).isEqualTo("devices-changed");
                assertThat(told.get("deviceId").asText()).isEqualTo(second.toString());
                assertThat(told.toString()).doesNotContain(device, pushToken);

                app.removeDevice(device);
                assertThat(phone.next().get("type").asText()).isEqualTo("devices-changed");
            }
        }
    }

    /** What a device with a key needs. */
    @Nested
    class Keys {

        private final PhoneKey key = PhoneKey.generate();
        private final String enrolment = with(body("sandbox", "t-" + device), "key", key.jwk());

        @Test
        void aKeyIsTakenWithAProofOfItAndChangedByItAlone() {
            assertThat(app.register(device, enrolment).problem()).isEqualTo("device-proof-required");
            assertThat(app.registerSigned(device, enrolment, PhoneKey.generate())
                            .problem())
                    .isEqualTo("device-proof-required");
            assertThat(app.devices().list()).isEmpty();

            Answer enrolled = app.registerSigned(device, enrolment, key);
            assertThat(enrolled.status()).as(enrolled.toString()).isEqualTo(201);
            assertThat(enrolled.text("keyId")).isEqualTo(key.id());

            String fresh = body("sandbox", "fresh-" + device);
            assertThat(app.register(device, fresh).problem()).isEqualTo("device-proof-required");
            BankApp other = customer.app();
            assertThat(other.register(device, body("sandbox", "t-" + device)).problem())
                    .isEqualTo("device-proof-required");
            assertThat(other.registerSigned(device, fresh, key)
                            .ok()
                            .get("keyId")
                            .asText())
                    .isEqualTo(key.id());
        }

        @Test
        void anotherKeyTakesAProofOfBoth() {
            app.registerSigned(device, enrolment, key).ok();
            PhoneKey next = PhoneKey.generate();
            String rotation = with(body("sandbox", "t-" + device), "key", next.jwk());

            assertThat(app.registerSigned(device, rotation, next).status()).isEqualTo(403);
            assertThat(app.registerSigned(device, rotation, key).status()).isEqualTo(403);
            assertThat(app.registerSigned(device, rotation, key, next)
                            .ok()
                            .get("keyId")
                            .asText())
                    .isEqualTo(next.id());
            assertThat(app.registerSigned(device, rotation, key, next).status()).isEqualTo(200);
        }

        @Test
        void aNewKeySignsAChallengeForItsDevice() {
            String challenge = app.keyChallenge(device).ok().get("challenge").asText();
            String elsewhere = app.keyChallenge(UUID.randomUUID().toString())
                    .ok()
                    .get("challenge")
                    .asText();
            String ofAnother = bank.newCustomer()
                    .app()
                    .keyChallenge(device)
                    .ok()
                    .get("challenge")
                    .asText();

            for (String wrong : List.of("", "A".repeat(43), elsewhere, ofAnother)) {
                Answer refused = app.registerSigned(device, enrolment, wrong, key);
                assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
                assertThat(refused.problem()).isEqualTo("key-challenge-required");
            }
            assertThat(app.devices().list()).isEmpty();

            Answer enrolled = app.registerSigned(device, enrolment, challenge, key);
            assertThat(enrolled.status()).as(enrolled.toString()).isEqualTo(201);
            assertThat(app.registerSigned(device, enrolment, challenge, key)
                            .ok()
                            .get("keyId")
                            .asText())
                    .isEqualTo(key.id());
            PhoneKey next = PhoneKey.generate();
            String rotation = with(body("sandbox", "t-" + device), "key", next.jwk());
            assertThat(app.registerSigned(device, rotation, challenge, key, next)
                            .problem())
                    .isEqualTo("key-challenge-required");
            assertThat(bank.server().said()).doesNotContain(challenge);
        }

        @Test
        void anAttestationIsTakenWhereSomebodyCanVerifyIt() {
            Answer enrolled = app.registerSigned(device, with(enrolment, "attestation", attestation("none")), key);
            assertThat(enrolled.status()).as(enrolled.toString()).isEqualTo(201);
            JsonNode kept = enrolled.json().get("key");
            assertThat(kept.get("kid").asText()).isEqualTo(key.id());
            assertThat(kept.at("/attestation/format").asText()).isEqualTo("none");
            assertThat(kept.at("/attestation/level").asText()).isEqualTo("none");
            assertThat(kept.at("/attestation/userVerification").asBoolean(true)).isFalse();

            String other = UUID.randomUUID().toString();
            for (String format : List.of("android-key", "no-such-format")) {
                Answer refused = app.registerSigned(
                        other, with(enrolment, "attestation", attestation(format, "MAUCAQECAQE=")), key);
                assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
                assertThat(refused.problem()).isEqualTo("unsupported-attestation");
            }
            assertThat(bank.server().said())
                    .as("what to set")
                    .contains("--spi-consent-device-attestation--android-key--roots");
            assertThat(app.registerSigned(
                                    other, with(enrolment, "attestation", attestation("none", "MAUCAQECAQE=")), key)
                            .problem())
                    .isEqualTo("invalid-attestation");
            for (JsonNode malformed : List.of(
                    attestation("none", "no base64!"),
                    attestation("none", "AAA=", "BBB=", "CCC=", "DDD=", "EEE=", "FFF=", "GGG="),
                    attestation("none").put("more", 1),
                    Http.object())) {
                assertThat(app.registerSigned(other, with(enrolment, "attestation", malformed), key)
                                .problem())
                        .isEqualTo("malformed-request");
            }
            assertThat(app.register(other, with(body("sandbox", "t"), "attestation", attestation("none")))
                            .problem())
                    .isEqualTo("malformed-request");
            assertThat(app.devices().list()).hasSize(1);
        }

        private ObjectNode attestation(String format, String... x5c) {
            ObjectNode attestation = Http.object().put("format", format);
            if (x5c.length > 0) {
                List.of(x5c).forEach(attestation.putArray("x5c")::add);
            }
            return attestation;
        }

        @Test
        void aProofIsGoodForItsOwnCallAlone() {
            app.registerSigned(device, enrolment, key).ok();
            BankApp other = customer.app();
            String body = body("sandbox", "fresh-" + device);
            URI uri = bank.uri("/consent/v1/devices/" + device);

            for (String proof : List.of(
                    key.proof("PUT", uri, app.accessToken(), body),
                    key.proof("PUT", uri, other.accessToken(), body + " "),
                    key.proof("DELETE", uri, other.accessToken(), body),
                    key.proof("PUT", bank.uri("/consent/v1/devices/" + UUID.randomUUID()), other.accessToken(), body),
                    "nonsense",
                    "a.b.c",
                    "x".repeat(7000))) {
                Answer refused = other.registerWith(device, body, proof);
                assertThat(refused.status()).as(refused.toString()).isEqualTo(403);
                assertThat(refused.problem()).isEqualTo("invalid-device-proof");
            }
        }

        @Test
        void whatIsNoKeyIsRefused() {
            for (String member : List.of("d", "kid", "alg")) {
                assertThat(app.register(
                                        device,
                                        with(
                                                body("sandbox", "t-" + device),
                                                "key",
                                                key.jwk().put(member, "x")))
                                .problem())
                        .isEqualTo("malformed-request");
            }
            ObjectNode swapped = key.jwk();
            swapped.put("x", key.jwk().get("y").asText());
            assertThat(app.register(device, with(body("sandbox", "t-" + device), "key", swapped))
                            .problem())
                    .isEqualTo("unsupported-key");
            assertThat(app.devices().list()).isEmpty();
        }

        @Test
        void aLostPhoneIsRemovedWithoutItsKey() {
            app.registerSigned(device, enrolment, key).ok();

            assertThat(customer.app().removeDevice(device).status()).isEqualTo(204);
            assertThat(app.devices().list()).isEmpty();
        }
    }

    /** A push token that another customer's device has. */
    @Nested
    class MovingPushTokens {

        private final UUID phone = UUID.randomUUID();
        private final String pushToken = app.register(phone, "sandbox");
        private final BankApp next = bank.newCustomer().app();

        @Test
        void itMovesWhenTheNextOwnerReturnsWhatWasSentThere() {
            UUID kept = UUID.randomUUID();
            try (PushStream atThePhone = PushStream.open(bank, pushToken);
                    PushStream elsewhere = PushStream.open(bank, app.register(kept, "sandbox"))) {
                assertThat(atThePhone.next().get("type").asText()).isEqualTo("devices-changed");
                Answer asked = next.register(device, body("sandbox", pushToken));
                assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
                assertThat(asked.text("status")).isEqualTo("proving");
                assertThat(app.devices().list().findValuesAsText("status")).containsExactly("active", "active");

                JsonNode push = atThePhone.next();
                assertThat(push.get("type").asText()).isEqualTo("device-proof");
                assertThat(push.get("deviceId").asText()).isEqualTo(device);
                String nonce = push.get("nonce").asText();
                assertThat(next.prove(device, "A".repeat(22)).problem()).isEqualTo("wrong-nonce");
                Answer proved = next.prove(device, nonce);
                assertThat(proved.status()).as(proved.toString()).isEqualTo(200);
                assertThat(proved.text("status")).isEqualTo("active");
                assertThat(next.prove(device, nonce).body()).isEqualTo(proved.body());
                assertThat(bank.server().said()).doesNotContain(nonce, pushToken);

                JsonNode left = app.devices().list();
                assertThat(left.findValuesAsText("deviceId")).containsExactly(phone.toString(), kept.toString());
                assertThat(left.findValuesAsText("status")).containsExactly("moved", "active");
                assertThat(left.get(0).get("movedAt").isTextual()).isTrue();
                assertThat(left.get(0).get("disabled").asBoolean()).isTrue();
                assertThat(elsewhere.next().get("type").asText()).isEqualTo("devices-changed");
            }
        }

        @Test
        void whoKnowsItAloneGetsNothing() {
            try (PushStream atThePhone = PushStream.open(bank, pushToken)) {
                for (int repeat = 0; repeat < 3; repeat++) {
                    assertThat(next.register(device, body("sandbox", pushToken)).status())
                            .isEqualTo(202);
                }
                assertThat(atThePhone.next().get("type").asText()).isEqualTo("device-proof");
                assertThat(atThePhone.poll(Duration.ofSeconds(2))).isNull();
                for (int wrong = 0; wrong < 5; wrong++) {
                    assertThat(next.prove(device, "A".repeat(22)).problem()).isEqualTo("wrong-nonce");
                }
                assertThat(next.prove(device, "A".repeat(22)).problem()).isEqualTo("proof-over");
            }
            assertThat(app.devices().list().findValuesAsText("status")).containsExactly("active");
        }

        @Test
        void anotherCustomerProvesNothingForADevice() {
            assertThat(next.prove(phone.toString(), "A".repeat(22)).problem()).isEqualTo("not-found");
            assertThat(app.prove(phone.toString(), "A".repeat(22)).problem()).isEqualTo("nothing-to-prove");
            assertThat(app.prove(phone.toString(), "short").problem()).isEqualTo("malformed-request");
        }
    }

    private static String body(String platform, String pushToken) {
        return Http.object()
                .put("platform", platform)
                .put("pushToken", pushToken)
                .toString();
    }

    private static String with(String body, String field, JsonNode value) {
        try {
            return ((ObjectNode) Http.JSON.readTree(body)).set(field, value).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
