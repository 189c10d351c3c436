package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What an operator reads on Keycloak's own metrics endpoint. In an order: counters only grow. */
@TestMethodOrder(OrderAnnotation.class)
class MetricsIT {

    /** Deliveries are concluded in the background, and gauges are read every ten seconds. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final int PORT = Ports.free();

    private static final Keycloak SERVER = new Keycloak(
            "metrics",
            Database.H2,
            List.of(Servers.realmFile()),
            "--metrics-enabled=true",
            "--http-management-port=" + PORT,
            "--spi-consent-event--metrics--clients=2");

    private final Realm realm = SERVER.realm(Servers.BANK);
    private final Customer customer = realm.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    @Order(1)
    void aJourneyIsCountedStepByStepOfItsClient() {
        Tpp acme = realm.tpp(ACME);
        app.register(UUID.randomUUID(), "log");
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        String id = app.onlyPendingId();
        app.request(id).ok();
        app.request(id).ok();
        app.approve(id, BALANCES).ok();
        app.approve(id, BALANCES).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(acme.poll(asked).error()).isEqualTo("invalid_grant");

        assertThat(requests(ACME, "asked")).isEqualTo(1);
        assertThat(requests(ACME, "opened")).isEqualTo(1);
        assertThat(requests(ACME, "approved-in-part")).isEqualTo(1);
        assertThat(requests(ACME, "approved")).isZero();
        assertThat(requests(ACME, "redeemed")).isEqualTo(1);
        for (String step : List.of("opened", "approved-in-part", "redeemed")) {
            assertThat(value("assent_requests_time_seconds_count", client(ACME), tag("step", step)))
                    .as(step)
                    .isEqualTo(1);
            assertThat(value(
                            "assent_requests_time_seconds_bucket", client(ACME), tag("step", step), tag("le", "300.0")))
                    .as(step)
                    .isEqualTo(1);
        }
        assertThat(consents(ACME, "granted", "customer")).isEqualTo(1);
        Eventually.within(
                SOON,
                "the push",
                () -> value("assent_deliveries_total", client(ACME), tag("kind", "push"), tag("result", "delivered"))
                        == 1);
        assertThat(value("assent_deliveries_time_seconds_count", client(ACME), tag("kind", "push")))
                .isEqualTo(1);
        assertThat(value("assent_attempts_seconds_count", tag("peer", "platform 'log'"), tag("result", "taken")))
                .isEqualTo(1);

        tokens = Tokens.of(acme.refresh(tokens));
        assertThat(value("assent_refreshes_seconds_count", client(ACME))).isEqualTo(1);
        assertThat(value("assent_refreshes_seconds_bucket", client(ACME), tag("le", "+Inf")))
                .isEqualTo(1);
        app.withdraw(app.onlyConsent().get("id").asText());
        acme.assertDead(tokens);
        assertThat(value("assent_refreshes_seconds_count", client(ACME)))
                .as("what is refused is no refresh")
                .isEqualTo(1);
        assertThat(consents(ACME, "ended", "customer")).isEqualTo(1);
    }

    @Test
    @Order(2)
    void whatIsRefusedIsCountedThoughItIsRolledBack() {
        Tpp acme = realm.tpp(ACME);
        app.block(ACME);
        acme.request(customer, Map.of(), BALANCES);
        assertThat(app.approve(UUID.randomUUID().toString()).problem()).isEqualTo("not-found");

        assertThat(value("assent_requests_refused_total", client(ACME), tag("reason", "blocked")))
                .isEqualTo(1);
        assertThat(value("assent_answers_refused_total", client("other"), tag("reason", "foreign")))
                .isEqualTo(1);
        assertThat(requests(ACME, "asked")).isEqualTo(1);
    }

    @Test
    @Order(3)
    void aCallThatIsRefusedIsCountedByItsProblemAndWhoCalled() {
        double before = refused("not-found");
        assertThat(app.request(UUID.randomUUID().toString()).problem()).isEqualTo("not-found");
        assertThat(app.decide(UUID.randomUUID().toString(), "no json").problem())
                .isEqualTo("malformed-request");
        assertThat(new BankApp(realm, "no-token").requests("").problem()).isEqualTo("invalid-token");

        assertThat(refused("not-found")).isEqualTo(before + 1);
        assertThat(refused("malformed-request")).isEqualTo(1);
        assertThat(value("assent_calls_refused_total", client("other"), tag("problem", "invalid-token")))
                .isEqualTo(1);
    }

    @Test
    @Order(4)
    void aClientsServerThatIsDownShowsByWhatWaits() {
        try (PingReceiver receiver = PingReceiver.answering(503)) {
            Tpp failing = realm.newPingTpp(receiver.endpoint());
            failing.askForPing(customer, "token-" + UUID.randomUUID(), BALANCES);
            app.deny(app.onlyPendingId()).ok();

            Eventually.within(
                    SOON,
                    "an attempt that is to be repeated",
                    () -> value("assent_attempts_seconds_count", tag("kind", "ping"), tag("result", "later")) > 0);
            Eventually.within(
                    SOON, "the ping that waits", () -> value("assent_outbox_waiting", tag("kind", "ping")) == 1);
            Eventually.within(
                    SOON,
                    "how long it has been waiting",
                    () -> value("assent_outbox_oldest_seconds", tag("kind", "ping")) > 0);
        }
    }

    @Test
    @Order(5)
    void moreClientsThanTheOptionSaysAreOneTogether() {
        double before = requests("other", "asked");
        realm.newTpp(ACME, client -> {}).ask(customer, BALANCES);
        realm.newTpp(ACME, client -> {}).ask(customer, BALANCES);

        assertThat(requests("other", "asked")).isEqualTo(before + 2);
    }

    @Test
    @Order(6)
    void nothingPersonalIsInThem() {
        realm.tpp(ACME).ask(customer, BALANCES);
        assertThat(metrics().body())
                .contains("assent_requests_total")
                .doesNotContain(customer.username())
                .doesNotContain(customer.id());
    }

    private static double requests(String client, String step) {
        return value("assent_requests_total", client(client), tag("journey", "ciba"), tag("step", step));
    }

    private static double refused(String problem) {
        return value(
                "assent_calls_refused_total",
                tag("realm", Servers.BANK),
                client(BankApp.CLIENT_ID),
                tag("problem", problem));
    }

    private static double consents(String client, String step, String by) {
        return value("assent_consents_total", client(client), tag("step", step), tag("by", by));
    }

    private static String client(String client) {
        return tag("client", client);
    }

    private static String tag(String name, String value) {
        return name + "=\"" + value + '"';
    }

    /** The sum of all series of a name that have these tags; zero where there is none. */
    private static double value(String name, String... tags) {
        return metrics()
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> Arrays.stream(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Answer metrics() {
        return Http.send(Http.request(URI.create("http://127.0.0.1:" + PORT + "/metrics")));
    }
}
