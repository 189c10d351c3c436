package io.assent.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Servers;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A customer's devices. */
class DeviceIT {

    private static final int MOST_DEVICES = 20;

    private final Realm bank = Servers.bank();
    private final BankApp app = bank.newCustomer().app();
    private final String device = UUID.randomUUID().toString();

    @Test
    void aDeviceIsCreatedOnceAndThenRefreshed() {
        Answer created = app.register(
                device, "{\"platform\":\"log\",\"pushToken\":\"one\",\"label\":\"Pixel\",\"locale\":\"de-CH\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("deviceId")).isEqualTo(device);
        assertThat(created.text("platform")).isEqualTo("log");
        assertThat(created.text("label")).isEqualTo("Pixel");
        assertThat(created.text("locale")).isEqualTo("de-CH");
        assertThat(created.json().get("disabled")).isEqualTo(BooleanNode.FALSE);

        Answer refreshed = app.register(device, "{\"platform\":\"sandbox\",\"pushToken\":\"two\"}");
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
    void aPushTokenThatAnotherCustomerRegistersTakesTheFirstOnesDeviceAway() {
        UUID phone = UUID.randomUUID();
        String pushToken = app.register(phone, "sandbox");
        UUID kept = UUID.randomUUID();
        app.register(kept, "sandbox");
        BankApp nextOwner = bank.newCustomer().app();

        nextOwner
                .register(device, "{\"platform\":\"sandbox\",\"pushToken\":\"" + pushToken + "\"}")
                .ok();

        assertThat(app.devices().list().findValuesAsText("deviceId")).containsExactly(kept.toString());
        assertThat(nextOwner.devices().list().findValuesAsText("deviceId")).containsExactly(device);
    }

    @Test
    void aDeviceIdIsTheSameInEitherCase() {
        app.register(UUID.fromString(device), "log");
        String upperCase = device.toUpperCase(Locale.ROOT);

        assertThat(app.register(upperCase, "{\"platform\":\"log\",\"pushToken\":\"two\"}")
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
}
