package io.assent.it.push;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.assent.fake.fcm.FcmError;
import io.assent.fake.fcm.FcmFake;
import io.assent.fake.fcm.FcmPush;
import io.assent.fake.http.Behaviour;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Staff see what is sent and how that fares, and send again. */
@Isolated("changes how the fakes behave")
class StaffDeliveriesIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static FcmFake vendor;
    private static Realm bank;
    private static Staff manager;
    private static Staff viewer;

    private final Reachable alice = Reachable.in(bank);
    private final Tpp tpp = bank.newTpp(ACME, client -> {});
    private final String ofTpp = "?client=" + tpp.clientId();

    @BeforeAll
    static void startTheServer() {
        OutboxServer running = OutboxServer.shared();
        vendor = running.fcm();
        bank = running.keycloak().realm(Servers.BANK);
        manager = Staff.of(bank, "manage-users", "view-clients");
        viewer = Staff.of(bank, "view-users", "view-clients");
    }

    @AfterEach
    void forget() {
        vendor.reset();
    }

    private String device() {
        return alice.app().devices().list().get(0).get("deviceId").asText();
    }

    private long taken() {
        return vendor.pushesTo(alice.pushToken()).stream()
                .filter(FcmPush::accepted)
                .count();
    }

    private JsonNode only(String state) {
        return Eventually.within(
                SOON,
                "a delivery that is " + state,
                () -> viewer.deliveries(ofTpp + "&state=" + state)
                        .ok()
                        .get("deliveries")
                        .path(0),
                found -> !found.isMissingNode());
    }

    @Test
    void whatWasRefusedIsSentAgainOnceHoweverOften() throws Exception {
        vendor.behaveTo(alice.pushToken(), FcmError.INVALID_ARGUMENT.always());
        tpp.ask(alice.customer(), BALANCES);
        JsonNode failed = only("failed");
        String id = failed.get("id").asText();
        assertThat(failed.get("vendor").asText()).isEqualTo("fcm");
        assertThat(failed.get("reason").asText()).isNotEmpty();
        assertThat(failed.get("canBeResent").asBoolean()).isTrue();
        assertThat(failed.toString()).doesNotContain(alice.pushToken());
        vendor.behaveTo(alice.pushToken(), Behaviour.USUAL);

        assertThat(viewer.resend(id).problem()).isEqualTo("missing-rights");
        assertThat(taken()).isZero();
        Callable<Answer> resend = () -> manager.resend(id);
        List<Answer> answers = AtOnce.all(List.of(resend, resend, resend));

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.ok().get("state").asText()).isIn("waiting", "delivered"));
        assertThat(only("delivered").get("id").asText()).isEqualTo(id);
        assertThat(taken()).isEqualTo(1);
        assertThat(manager.resend(id).ok().get("state").asText()).isEqualTo("delivered");
        assertThat(taken()).isEqualTo(1);
    }

    @Test
    void whatWaitsForItsNextAttemptIsTriedNow() {
        vendor.behaveTo(alice.pushToken(), FcmError.UNAVAILABLE.retryAfter(Duration.ofMinutes(10)));
        tpp.ask(alice.customer(), BALANCES);
        JsonNode waiting = Eventually.within(
                SOON,
                "a delivery that was tried",
                () -> viewer.deliveries(ofTpp).ok().get("deliveries").path(0),
                found -> found.path("attempts").asInt() > 0);
        vendor.behaveTo(alice.pushToken(), Behaviour.USUAL);

        assertThat(manager.resend(waiting.get("id").asText()).ok().get("state").asText())
                .isEqualTo("waiting");

        only("delivered");
        assertThat(taken()).isEqualTo(1);
    }

    @Test
    void whatIsAnsweredIsNotSentAgain() {
        vendor.behaveTo(alice.pushToken(), FcmError.INVALID_ARGUMENT.always());
        tpp.ask(alice.customer(), BALANCES);
        String id = only("failed").get("id").asText();
        alice.app().deny(alice.app().onlyPendingId()).ok();

        assertThat(manager.resend(id).problem()).isEqualTo("not-sendable");
    }

    @Test
    void whatADeviceIsToldThatIsGoneIsTheCustomersAndNoClients() {
        vendor.behaveTo(alice.pushToken(), FcmError.UNAVAILABLE.retryAfter(Duration.ofMinutes(10)));
        alice.app().removeDevice(device());
        JsonNode farewell = Eventually.within(
                SOON,
                "the farewell to be tried",
                this::farewell,
                found -> found.path("attempts").asInt() > 0);
        String id = farewell.get("id").asText();
        assertThat(farewell.get("canBeResent").asBoolean()).isTrue();
        assertThat(farewell.at("/client/clientId").isNull()).isTrue();
        vendor.behaveTo(alice.pushToken(), Behaviour.USUAL);

        Staff ofClients = Staff.of(bank, "view-users", "manage-clients");
        assertThat(ofClients.resend(id).problem()).isEqualTo("missing-rights");
        assertThat(manager.resend(id).ok().get("kind").asText()).isEqualTo("device-farewell");

        Eventually.within(SOON, "the farewell to be taken", this::taken, count -> count == 1);
    }

    private JsonNode farewell() {
        for (JsonNode delivery :
                viewer.deliveries("?state=waiting&max=100").ok().get("deliveries")) {
            if (delivery.get("customerId").asText().equals(alice.customer().id())) {
                return delivery;
            }
        }
        return MissingNode.getInstance();
    }

    @Test
    void aDeviceIsToldAgainOfAllThatWaitsAndNotTwiceInAMinute() throws Exception {
        tpp.ask(alice.customer(), BALANCES);
        String first = only("delivered").get("requestId").asText();
        String late = UUID.randomUUID().toString();
        String token = alice.app().register(UUID.fromString(late), "fcm");

        assertThat(viewer.tellAgain(alice.customer().id(), late).problem()).isEqualTo("missing-rights");
        Callable<Answer> again = () -> manager.tellAgain(alice.customer().id(), late);
        List<Answer> answers = AtOnce.all(List.of(again, again, again));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.ok().get("deliveries")).hasSize(1));
        Eventually.within(SOON, "the push to the new device", () -> vendor.pushesTo(token).stream()
                .anyMatch(FcmPush::accepted));
        assertThat(manager.tellAgain(alice.customer().id(), late).ok().get("deliveries"))
                .hasSize(1);
        assertThat(vendor.pushesTo(token)).hasSize(1);
        String device = device();
        assertThat(manager.tellAgain(alice.customer().id(), device).status()).isEqualTo(200);
        assertThat(vendor.accepted(alice.pushToken(), first)).as("lately").isEqualTo(1);
    }

    @Test
    void aDeviceThatNoPushReachesIsRefused() {
        vendor.behaveTo(alice.pushToken(), FcmError.UNREGISTERED.always());
        tpp.ask(alice.customer(), BALANCES);
        only("failed");

        assertThat(manager.tellAgain(alice.customer().id(), device()).problem()).isEqualTo("device-unreachable");
    }

    @Test
    void healthSaysByVendorWhatFaresHow() {
        vendor.behaveTo(alice.pushToken(), FcmError.INVALID_ARGUMENT.always());
        tpp.ask(alice.customer(), BALANCES);
        only("failed");
        vendor.behaveTo(alice.pushToken(), Behaviour.USUAL);
        tpp.ask(alice.customer(), TRANSACTIONS);
        only("delivered");

        JsonNode fcm = null;
        for (JsonNode each : viewer.deliveryHealth().ok().get("vendors")) {
            fcm = each.get("vendor").asText().equals("fcm") ? each : fcm;
        }

        assertThat(fcm).isNotNull();
        assertThat(fcm.get("failedLastHour").asInt()).isPositive();
        assertThat(fcm.get("failedLastDay").asInt())
                .isGreaterThanOrEqualTo(fcm.get("failedLastHour").asInt());
        assertThat(fcm.get("deliveredLastHour").asInt()).isPositive();
        assertThat(fcm.get("lastReason").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?state=open", "?max=0", "?after=x", "?customer=x", "?state=failed&state=waiting"})
    void whatIsNotDescribedIsRefused(String query) {
        assertThat(viewer.deliveries(query).problem()).isEqualTo("malformed-request");
    }
}
