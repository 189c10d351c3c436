package io.assent.it.push;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How a phone learns that there is something to look at. */
class PushIT {

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @Test
    void aPushNamesTheRequestAndNothingAboutIt() {
        String pushToken = app.register(UUID.randomUUID(), "sandbox");
        try (PushStream phone = PushStream.open(bank, pushToken)) {
            acme.request(customer, Map.of("binding_message", "KR-4711"), BALANCES)
                    .ok();

            JsonNode push = phone.next();

            assertThat(names(push))
                    .containsExactlyInAnyOrder("type", "requestId", "realm", "expiresAt", "title", "body");
            JsonNode request = app.onlyPending();
            assertThat(push.get("type").asText()).isEqualTo("consent-requested");
            assertThat(push.get("requestId")).isEqualTo(request.get("id"));
            assertThat(push.get("realm").asText()).isEqualTo(bank.name());
            assertThat(Instant.parse(push.get("expiresAt").asText()))
                    .isEqualTo(Instant.parse(request.get("expiresAt").asText()));
            assertThat(push.get("title").asText()).isNotBlank();
            assertThat(push.get("body").asText()).isNotBlank();
            assertThat(push.toString())
                    .doesNotContain(
                            "KR-4711",
                            "acme",
                            "Acme",
                            "balances",
                            "Firstname",
                            "Lastname",
                            customer.username(),
                            customer.id(),
                            pushToken);
        }
    }

    @Test
    void whoIsPushedFindsTheRequest() {
        String pushToken = app.register(UUID.randomUUID(), "sandbox");
        try (PushStream phone = PushStream.open(bank, pushToken)) {
            for (int round = 0; round < 20; round++) {
                Asked asked = acme.ask(customer, BALANCES);
                String id = phone.next().get("requestId").asText();
                app.approve(id).ok();
                Tokens.of(acme.poll(asked));
            }
        }
    }

    @Test
    void everyDeviceOfTheCustomerIsPushedOnceAndNobodyElses() {
        String first = app.register(UUID.randomUUID(), "sandbox");
        String strangers = bank.newCustomer().app().register(UUID.randomUUID(), "sandbox");
        try (PushStream firstPhone = PushStream.open(bank, first);
                PushStream secondPhone = PushStream.open(bank, registerBeside(firstPhone, null));
                PushStream stranger = PushStream.open(bank, strangers)) {
            acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();

            assertThat(firstPhone.next().get("requestId").asText()).isEqualTo(id);
            assertThat(secondPhone.next().get("requestId").asText()).isEqualTo(id);
            assertThat(firstPhone.poll(Duration.ofSeconds(2))).isNull();
            assertThat(secondPhone.poll(Duration.ofMillis(1))).isNull();
            assertThat(stranger.poll(Duration.ofMillis(1))).isNull();
        }
    }

    @Test
    void aRemovedDeviceIsToldSoAndPushedNoMore() {
        UUID removed = UUID.randomUUID();
        String gone = app.register(removed, "sandbox");
        try (PushStream removedPhone = PushStream.open(bank, gone);
                PushStream keptPhone = PushStream.open(bank, registerBeside(removedPhone, null))) {
            app.removeDevice(removed.toString());
            JsonNode told = removedPhone.next();
            assertThat(names(told))
                    .containsExactlyInAnyOrder("type", "deviceId", "realm", "expiresAt", "title", "body");
            assertThat(told.get("type").asText()).isEqualTo("device-removed");
            assertThat(told.get("deviceId").asText()).isEqualTo(removed.toString());
            assertThat(told.toString()).doesNotContain(customer.username(), customer.id(), gone);
            acme.ask(customer, BALANCES);

            keptPhone.next();
            assertThat(removedPhone.poll(Duration.ofSeconds(1))).isNull();
        }
    }

    @Test
    void aPushTokenThatAnotherCustomerProvedIsPushedForThatCustomerAlone() {
        String passedOn = app.register(UUID.randomUUID(), "sandbox");
        Customer nextOwner = bank.newCustomer();
        BankApp theirApp = nextOwner.app();
        String device = UUID.randomUUID().toString();
        try (PushStream passedOnPhone = PushStream.open(bank, passedOn);
                PushStream keptPhone = PushStream.open(bank, registerBeside(passedOnPhone, null))) {
            theirApp.register(device, "{\"platform\":\"sandbox\",\"pushToken\":\"" + passedOn + "\"}")
                    .ok();
            String nonce = passedOnPhone.next().get("nonce").asText();
            // until it is proved it is the first one's
            acme.ask(nextOwner, BALANCES);
            acme.ask(customer, BALANCES);
            assertThat(passedOnPhone.next().get("requestId").asText()).isEqualTo(app.onlyPendingId());
            assertThat(keptPhone.next().get("requestId").asText()).isEqualTo(app.onlyPendingId());
            app.deny(app.onlyPendingId()).ok();
            theirApp.deny(theirApp.onlyPendingId()).ok();

            theirApp.prove(device, nonce).ok();
            assertThat(keptPhone.next().get("type").asText()).isEqualTo("devices-changed");
            acme.ask(customer, BALANCES);
            assertThat(keptPhone.next().get("requestId").asText()).isEqualTo(app.onlyPendingId());
            assertThat(passedOnPhone.poll(Duration.ofSeconds(1))).isNull();

            acme.ask(nextOwner, BALANCES);
            assertThat(passedOnPhone.next().get("requestId").asText()).isEqualTo(theirApp.onlyPendingId());
        }
    }

    @Test
    void aPushIsInTheDevicesLanguage() {
        String english = app.register(UUID.randomUUID(), "sandbox", "en");
        try (PushStream englishPhone = PushStream.open(bank, english);
                PushStream germanPhone = PushStream.open(bank, registerBeside(englishPhone, "de"))) {
            acme.ask(customer, BALANCES);

            assertThat(germanPhone.next().get("body"))
                    .isNotEqualTo(englishPhone.next().get("body"));
        }
    }

    @Test
    void aLanguageThatNobodyHasIsNoReasonNotToBePushed() {
        String english = app.register(UUID.randomUUID(), "sandbox", "en");
        try (PushStream englishPhone = PushStream.open(bank, english);
                PushStream klingonPhone = PushStream.open(bank, registerBeside(englishPhone, "tlh"))) {
            acme.ask(customer, BALANCES);

            assertThat(klingonPhone.next().get("body"))
                    .isEqualTo(englishPhone.next().get("body"));
        }
    }

    @Test
    void aPhoneThatConnectsLaterIsPushedLater() {
        String pushToken = app.register(UUID.randomUUID(), "sandbox");
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        try (PushStream phone = PushStream.open(bank, pushToken)) {
            JsonNode push = phone.poll(Duration.ofSeconds(30));
            assertThat(push).as("push").isNotNull();
            assertThat(push.get("requestId").asText()).isEqualTo(id);
        }
    }

    /** Registers another device, which the first one is told. @return its push token */
    private String registerBeside(PushStream first, String locale) {
        String pushToken = app.register(UUID.randomUUID(), "sandbox", locale);
        assertThat(first.next().get("type").asText()).isEqualTo("devices-changed");
        return pushToken;
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
