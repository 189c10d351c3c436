package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.fake.http.EndlessHead;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.PingReceiver.Ping;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.actor.TricklingReceiver;
import io.assent.testing.actor.TricklingReceiver.Visit;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A TPP in ping mode (CIBA Core 1.0, section 10.2): it is told when the customer has answered. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PingIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** Long enough for the first attempt after a failed one, which the server makes within a second. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    /** The requests whose time is over before {@link #thePingsSecretsEndWithTheTimeToAnswer} looks at them. */
    private static List<String> lapsing;

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final String notificationToken = "token-" + UUID.randomUUID();

    /** Asks early: the server cleans up while the other tests run. */
    @BeforeAll
    static void customersOfABriefRealmAreAsked() {
        Realm brief = Servers.brief(Database.POSTGRESQL);
        warmUp(Servers.bank(Database.POSTGRESQL));
        Tpp orbit = brief.newPingTpp(PingReceiver.down());
        Tpp nowhere = brief.newPingTpp(PingReceiver.down());
        Customer customer = brief.newCustomer();
        BankApp app = customer.app();

        nowhere.askForPing(customer, "token-" + UUID.randomUUID());
        String unreachable = app.onlyPendingId();
        brief.admin().updateClient(brief.name(), nowhere.clientId(), client -> client.withObjectProperty("attributes")
                .put("ciba.backchannel.token.delivery.mode", "poll")
                .put("ciba.backchannel.client.notification.endpoint", ""));
        app.approve(unreachable).ok();
        orbit.askForPing(customer, "token-" + UUID.randomUUID());
        String undelivered = app.onlyPendingId();
        app.approve(undelivered).ok();
        orbit.askForPing(customer, "token-" + UUID.randomUUID());
        String unanswered = app.onlyPendingId();

        lapsing = List.of(unreachable, undelivered, unanswered);
        assertThat(List.of(undelivered, unanswered))
                .allSatisfy(id -> assertThat(pings(id)).isEqualTo(1));
    }

    /** What a server does for the first time may take as long as a request of the brief realm lives. */
    private static void warmUp(Realm realm) {
        Tpp tpp = realm.newPingTpp(PingReceiver.down());
        Customer customer = realm.newCustomer();
        BankApp app = customer.app();
        tpp.askForPing(customer, "token-" + UUID.randomUUID());
        realm.admin().updateClient(realm.name(), tpp.clientId(), client -> client.withObjectProperty("attributes")
                .put("ciba.backchannel.token.delivery.mode", "poll"));
        app.approve(app.onlyPendingId()).ok();
    }

    @Test
    void thePingCarriesTheAuthReqIdAndTheClientsOwnBearerTokenAndThenThePollGetsTokens() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            Asked asked = orbit.askForPing(customer, notificationToken, BALANCES);
            assertThat(orbit.poll(asked).error()).isEqualTo("authorization_pending");
            assertThat(receiver.poll(Duration.ofMillis(500))).isNull();

            app.approve(app.onlyPendingId(), PAYMENTS).ok();

            Ping ping = receiver.next(SOON);
            assertThat(ping.method()).isEqualTo("POST");
            assertThat(ping.path()).isEqualTo(receiver.endpoint().getPath());
            assertThat(ping.authorization()).isEqualTo("Bearer " + notificationToken);
            assertThat(ping.contentType()).startsWith("application/json");
            assertThat(Http.parse(ping.body())).isEqualTo(Http.object().put("auth_req_id", asked.authReqId()));
            assertThat(Tokens.of(orbit.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", PAYMENTS);
            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void thePingComesAfterTheDecisionIsCommitted() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            for (int round = 0; round < 20; round++) {
                Asked asked = orbit.askForPing(customer, notificationToken);
                app.approve(app.onlyPendingId()).ok();
                receiver.next(SOON);
                Tokens.of(orbit.poll(asked));
            }
        }
    }

    @Test
    void aDenialIsPingedToo() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            Asked asked = orbit.askForPing(customer, notificationToken);

            app.deny(app.onlyPendingId()).ok();

            assertThat(receiver.next(SOON).body()).contains(asked.authReqId());
            assertThat(orbit.poll(asked).error()).isEqualTo("access_denied");
        }
    }

    @Test
    void theSameDecisionAgainAndARefusedOneAreNotPinged() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            orbit.askForPing(customer, notificationToken);
            String id = app.onlyPendingId();
            app.approve(id).ok();
            receiver.next(SOON);

            app.approve(id).ok();
            assertThat(app.deny(id).status()).isEqualTo(409);

            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void aTargetThatIsDownDoesNotAffectTheCustomerAndIsPingedWhenItIsBack() {
        URI endpoint = PingReceiver.down();
        Tpp orbit = bank.newPingTpp(endpoint);
        Asked asked = orbit.askForPing(customer, notificationToken);
        String id = app.onlyPendingId();

        assertApprovedAtOnce(id);
        // until the first attempt has failed
        Eventually.after(Instant.now().plusMillis(400));

        try (PingReceiver receiver = PingReceiver.on(endpoint)) {
            assertThat(receiver.next(Duration.ofSeconds(45)).body()).contains(asked.authReqId());
            Tokens.of(orbit.poll(asked));
        }
    }

    @Test
    void aTargetThatDoesNotAnswerDelaysNeitherTheCustomerNorThePoll() {
        try (PingReceiver receiver = PingReceiver.notAnswering()) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            Asked asked = orbit.askForPing(customer, notificationToken);

            assertApprovedAtOnce(app.onlyPendingId());

            receiver.next(SOON);
            Tokens.of(orbit.poll(asked));
        }
    }

    @Test
    void manyPingsThatHangKeepNeitherAPushNorAnotherTppsPingWaiting() {
        Customer another = bank.newCustomer();
        BankApp anotherApp = another.app();
        String pushToken = anotherApp.register(UUID.randomUUID(), "sandbox");
        try (PingReceiver deaf = PingReceiver.notAnswering();
                PingReceiver good = PingReceiver.answering(204);
                PushStream phone = PushStream.open(bank, pushToken)) {
            Tpp stuck = bank.newPingTpp(deaf.endpoint());
            Tpp orbit = bank.newPingTpp(good.endpoint());
            for (int request = 0; request < 60; request++) {
                stuck.askForPing(customer, notificationToken);
                assertApprovedAtOnce(app.onlyPendingId());
            }
            deaf.next(SOON);

            orbit.askForPing(another, notificationToken);
            assertThat(phone.poll(AT_ONCE)).as("push").isNotNull();
            anotherApp.approve(anotherApp.onlyPendingId()).ok();
            good.next(AT_ONCE);

            // or they would be tried again while other tests run
            bank.admin().removeClient(bank.name(), stuck.clientId());
        }
    }

    @Test
    void aTargetThatTricklesItsAnswerIsGivenUpAndPingedAgain() {
        try (TricklingReceiver receiver = new TricklingReceiver()) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            Asked asked = orbit.askForPing(customer, notificationToken);

            assertApprovedAtOnce(app.onlyPendingId());

            Visit first = receiver.next(SOON);
            Tokens.of(orbit.poll(asked));
            assertThat(first.lasted().orTimeout(40, TimeUnit.SECONDS).join())
                    .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(25));
            receiver.next(SOON);
        }
    }

    @Test
    void aTargetWhoseHeadersDoNotEndIsGivenUpAndPingedAgain() throws Exception {
        try (EndlessHead receiver = EndlessHead.ofLines()) {
            Tpp orbit = bank.newPingTpp(receiver.uri());
            orbit.askForPing(customer, notificationToken);

            assertApprovedAtOnce(app.onlyPendingId());

            assertThat(receiver.next(SOON)).isLessThan(EndlessHead.END);
            assertThat(receiver.next(SOON)).isLessThan(EndlessHead.END);
            // or it would be tried again while other tests run
            bank.admin().removeClient(bank.name(), orbit.clientId());
        }
    }

    @Test
    void aTargetThatAnswers401IsNotPingedAgain() {
        try (PingReceiver receiver = PingReceiver.answering(401)) {
            Asked asked = approvedWithPing(receiver);

            assertThat(receiver.next(SOON).body()).contains(asked.authReqId());
            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void aRedirectIsNotFollowedAndTheTargetIsNotPingedAgain() {
        for (int status : new int[] {302, 307}) {
            try (PingReceiver receiver = PingReceiver.answering(status)) {
                approvedWithPing(receiver);

                assertThat(receiver.next(SOON).redirected()).isFalse();
                assertThat(receiver.poll(QUIET)).isNull();
            }
        }
    }

    @Test
    void aTargetThatAnswers500IsPingedAgainUntilItTakesIt() {
        try (PingReceiver receiver = PingReceiver.answering(500, 503, 204)) {
            Asked asked = approvedWithPing(receiver);

            for (int attempt = 0; attempt < 3; attempt++) {
                Ping ping = receiver.next(Duration.ofSeconds(30));
                assertThat(ping.body()).contains(asked.authReqId());
                assertThat(ping.authorization()).isEqualTo("Bearer " + notificationToken);
            }
            assertThat(receiver.poll(Duration.ofSeconds(6))).isNull();
        }
    }

    @Test
    void aTargetThatHangsUpIsPingedAgain() {
        try (PingReceiver receiver = PingReceiver.answering(PingReceiver.HANG_UP, 204)) {
            Asked asked = approvedWithPing(receiver);

            assertThat(receiver.next(SOON).body()).contains(asked.authReqId());
            assertThat(receiver.next(SOON).body()).contains(asked.authReqId());
            assertThat(receiver.poll(QUIET)).isNull();
        }
    }

    @Test
    void aLongNotificationTokenArrivesWholeAndALongerOneIsRefused() {
        String longest = "t".repeat(1024);
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            orbit.askForPing(customer, longest);
            app.approve(app.onlyPendingId()).ok();
            assertThat(receiver.next(SOON).authorization()).isEqualTo("Bearer " + longest);

            Answer refused = orbit.request(customer, Map.of("client_notification_token", longest + "t"));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_request");
            assertThat(app.pending()).isEmpty();
        }
    }

    @Test
    void noSecretOfAPingIsLogged() {
        try (PingReceiver receiver = PingReceiver.answering(500, 204)) {
            Asked asked = approvedWithPing(receiver);
            receiver.next(SOON);
            receiver.next(Duration.ofSeconds(30));

            assertThat(bank.server().said()).doesNotContain(notificationToken).doesNotContain(asked.authReqId());
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void thePingsSecretsEndWithTheTimeToAnswer() {
        Eventually.within(Duration.ofSeconds(90), "removal of the pings", () -> lapsing.stream()
                .allMatch(id -> pings(id) == 0));
    }

    /** How many pings are kept for a request of the PostgreSQL server. */
    private static long pings(String id) {
        return Postgres.count(
                Servers.shared(Database.POSTGRESQL).databaseName(), "CIBA_PING", "REQUEST_ID = '" + id + "'");
    }

    private Asked approvedWithPing(PingReceiver receiver) {
        Asked asked = bank.newPingTpp(receiver.endpoint()).askForPing(customer, notificationToken);
        assertApprovedAtOnce(app.onlyPendingId());
        return asked;
    }

    private void assertApprovedAtOnce(String id) {
        Instant start = Instant.now();
        Answer answer = app.approve(id);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isLessThan(AT_ONCE);
    }
}
