package io.assent.it.events;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.it.events.EventReceiver.Sent;
import io.assent.testing.Eventually;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 10,000 events while nodes and their receiver are killed: none is lost, and each subject's come in their order. */
@Tag("long")
class EventFaultIT {

    private static final int CUSTOMERS = 100;
    private static final int REQUESTS = 50;
    private static final int WORKERS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String REALM = "told";

    @Test
    void tenThousandEventsThroughKillsOfNodesAndReceiver() {
        RealmFile realm = Servers.realmFile()
                .expiringAfter(3_000)
                .with(settings -> settings.put("accessTokenLifespan", 3600))
                .named(REALM);
        try (Keycloak one = node(realm).start();
                Keycloak two = one.anotherNode("events-2").start()) {
            EventReceiver first = EventReceiver.start();
            URI uri = first.uri();
            EventBank bank = EventBank.of(one.realm(REALM)).tells(uri);
            List<Customer> customers = new ArrayList<>();
            List<String> tokens = new ArrayList<>();
            for (int count = 0; count < CUSTOMERS; count++) {
                customers.add(bank.realm().newCustomer());
                tokens.add(customers.get(count).app().accessToken());
            }
            List<Keycloak> nodes = List.of(one, two);
            ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
            Instant start = Instant.now();
            List<CompletableFuture<Void>> journeys = new ArrayList<>();
            for (int count = 0; count < CUSTOMERS; count++) {
                int number = count;
                journeys.add(CompletableFuture.runAsync(
                        () -> askAndDeny(nodes, number, customers.get(number), tokens.get(number)), workers));
            }

            List<Sent> all = new ArrayList<>();
            Eventually.within(PATIENCE, "a thousand events", () -> first.taken().size() >= 1_000);
            two.kill();
            first.close();
            all.addAll(first.taken());
            two.launch();
            two.awaitReady();
            EventReceiver second = EventReceiver.on(uri);
            Eventually.within(PATIENCE, "more events", () -> second.taken().size() >= 500);
            one.kill();
            one.launch();
            second.close();
            all.addAll(second.taken());
            one.awaitReady();

            EventReceiver third = EventReceiver.on(uri);
            CompletableFuture.allOf(journeys.toArray(CompletableFuture[]::new)).join();
            Instant done = Instant.now();
            Eventually.within(
                    Duration.ofMinutes(8),
                    "all are taken",
                    () -> Postgres.count(one.databaseName(), "consent_cloud_event", "1 = 1"),
                    left -> left == 0);
            third.close();
            all.addAll(third.taken());
            workers.shutdownNow();

            List<String> asked = Postgres.texts(one.databaseName(), "SELECT id FROM consent_request");
            TreeSet<String> told = new TreeSet<>();
            all.forEach(sent -> told.add(sent.type() + " " + sent.subject()));
            TreeSet<String> expected = new TreeSet<>();
            asked.forEach(id ->
                    Collections.addAll(expected, "request.asked requests/" + id, "request.denied requests/" + id));
            assertThat(asked).hasSizeGreaterThanOrEqualTo(CUSTOMERS * REQUESTS);
            assertThat(told).isEqualTo(expected);
            EventsOutIT.assertContiguous(all);
            int repeats = all.size() - expected.size();
            System.out.printf(
                    "events: %d told, %d repeats; journeys %d s, and %d s until all were taken%n",
                    expected.size(),
                    repeats,
                    Duration.between(start, done).toSeconds(),
                    Duration.between(done, Instant.now()).toSeconds());
            // those that were on their way when something was killed
            assertThat(repeats).isBetween(0, 200);
        }
    }

    private static Keycloak node(RealmFile realm) {
        return new Keycloak(
                "events",
                Database.POSTGRESQL,
                List.of(realm),
                // one address for both, as behind a load balancer: it is the issuer of their tokens
                "--hostname=http://bank.localhost",
                "--cache=ispn",
                "--cache-embedded-network-bind-address=127.0.0.1");
    }

    private static void askAndDeny(List<Keycloak> nodes, int number, Customer customer, String token) {
        for (int count = 0; count < REQUESTS; count++) {
            String key = UUID.randomUUID().toString();
            call(nodes, number + count, realm -> realm.tpp(ACME)
                            .request(customer, Map.of(), Map.of("Idempotency-Key", key), BALANCES))
                    .ok();
        }
        List<String> ids = call(nodes, number, realm -> new BankApp(realm, token)
                        .whereTheServerMayFail()
                        .requests("?status=pending&max=100"))
                .list()
                .findValuesAsText("id");
        for (String id : ids) {
            call(nodes, number, realm -> new BankApp(realm, token)
                            .whereTheServerMayFail()
                            .deny(id))
                    .ok();
        }
    }

    /** The first answer that is none of a server that fails, or that is at it. */
    private static Answer call(List<Keycloak> nodes, int first, Function<Realm, Answer> call) {
        Instant deadline = Instant.now().plus(PATIENCE);
        for (int node = first; Instant.now().isBefore(deadline); node++) {
            try {
                Answer answer = call.apply(nodes.get(node % nodes.size()).realm(REALM));
                if (answer.status() < 500 && answer.status() != 409) {
                    return answer;
                }
            } catch (UncheckedIOException killed) {
                // the other node
            }
            Eventually.after(Instant.now().plusMillis(200));
        }
        throw new AssertionError("no answer within " + PATIENCE);
    }
}
