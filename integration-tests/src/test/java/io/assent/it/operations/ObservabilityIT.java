package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.fake.fcm.FcmFake;
import io.assent.testing.Eventually;
import io.assent.testing.Ports;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Prometheus;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What is shipped for Prometheus and Grafana, with a real Prometheus that scrapes a real server. In an order: panels
 * show also what the outage left.
 */
@TestMethodOrder(OrderAnnotation.class)
class ObservabilityIT {

    private static final Path SHIPPED = Path.of(System.getProperty("assent.root", ".."), "docker/observability");
    private static final int PORT = Ports.free();

    /** Several scrapes, and a rule's own time. */
    private static final Duration SOON = Duration.ofMinutes(3);

    private static final Pattern METRIC = Pattern.compile("\\b(assent_[a-z_]+|http_server_requests_seconds_[a-z]+)\\b");

    private static FcmFake vendor;
    private static Keycloak server;
    private static Prometheus prometheus;

    private final Realm bank = server.realm(Servers.BANK);
    private final Tpp acme = bank.tpp(ACME);

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Prometheus.isInstalled(), "needs Prometheus (Debian: prometheus)");
        vendor = FcmFake.start();
        Path key = Distribution.TARGET.resolve("fcm-key-observed.json").toAbsolutePath();
        Files.createDirectories(key.getParent());
        vendor.writeServiceAccount(key);
        server = new Keycloak(
                        "observed",
                        Database.H2,
                        List.of(Servers.realmFile().expiringAfter(60).polledEvery(1)),
                        "--metrics-enabled=true",
                        "--http-management-port=" + PORT,
                        "--spi-push-sender--fcm--service-account=" + key,
                        "--spi-push-sender--fcm--endpoint=" + vendor.uri())
                .start();
        prometheus = Prometheus.scraping(SHIPPED, PORT);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            prometheus.close();
            server.close();
            vendor.close();
        }
    }

    @Test
    @Order(1)
    void theRulesDoWhatTheirTestsSay() {
        assertThat(Prometheus.testRules(SHIPPED)).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    @Order(3)
    void everyMetricThatIsAskedForIsLeftByJourneysAndEveryQueryIsOne() throws IOException {
        playAll();

        List<String> queries = new ArrayList<>(panels());
        queries.addAll(prometheus.ruleQueries());
        Set<String> asked = new TreeSet<>();
        queries.forEach(query -> {
            Matcher metric = METRIC.matcher(query);
            while (metric.find()) {
                asked.add(metric.group(1));
            }
        });
        assertThat(asked).contains("assent_requests_total", "assent_outbox_oldest_seconds");
        for (String metric : asked) {
            Eventually.within(SOON, metric, () -> !prometheus.query(metric).isEmpty());
        }
        queries.forEach(prometheus::query);
        // and those of panels find what they are to show
        for (String query : panels()) {
            Eventually.within(SOON, query, () -> !prometheus.query(query).isEmpty());
        }
    }

    @Test
    @Order(2)
    void aVendorThatIsDownAlarmsAndHeals() {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        app.register(UUID.randomUUID(), "fcm");
        acme.ask(customer, BALANCES);
        app.deny(app.onlyPendingId()).ok();
        vendor.down();

        Eventually.within(SOON, "the alarm", () -> {
            ask(app, customer);
            return prometheus.fires("AssentVendorDown");
        });

        vendor.up();
        Eventually.within(SOON, "the end of the alarm", () -> {
            ask(app, customer);
            return !prometheus.fires("AssentVendorDown");
        });
    }

    private void ask(BankApp app, Customer customer) {
        acme.ask(customer, BALANCES);
        app.pending().forEach(request -> app.deny(request.get("id").asText()));
    }

    /** One of each kind of journey, so that each metric is there. */
    private void playAll() {
        Customer customer = bank.newCustomer();
        BankApp app = customer.app();
        app.register(UUID.randomUUID(), "fcm");
        Asked asked = acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.request(id).ok();
        app.approve(id, BALANCES).ok();
        Tokens.of(acme.refresh(Tokens.of(acme.poll(asked))));
        app.approve(UUID.randomUUID().toString());
        app.withdraw(app.onlyConsent().get("id").asText());
        acme.ask(customer, BALANCES);
        app.report(app.onlyPendingId()).ok();
        acme.request(customer, Map.of(), BALANCES);
        try (PingReceiver receiver = PingReceiver.answering(400)) {
            Tpp refusing = bank.newPingTpp(receiver.endpoint());
            refusing.askForPing(customer, "token-" + UUID.randomUUID(), BALANCES);
            app.deny(app.onlyPendingId()).ok();
            receiver.next(Duration.ofSeconds(30));
        }
    }

    private static List<String> panels() {
        try {
            List<String> queries = new ArrayList<>();
            for (JsonNode panel : Http.parse(Files.readString(SHIPPED.resolve("grafana/assent-dashboard.json")))
                    .get("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    queries.add(target.get("expr")
                            .asText()
                            .replace("$realm", ".*")
                            .replace("$client", ".*")
                            .replace("$__rate_interval", "1m"));
                }
            }
            return queries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
