package io.assent.it.security;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One TPP asks one customer by ten connections at once, over and over: what reaches the phone, and what the customer
 * can still do. By the rules of the default. {@code -Dassent.bombing.seconds=60} goes on for a minute.
 */
@Tag("long")
@Tag("weekly")
class BombingIT {

    private static final int CONNECTIONS = 10;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("assent.bombing.seconds", 26));
    private static final Duration HALF = TIME.dividedBy(2);
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final RealmFile STRICT = Servers.realmFile().asking(Map.of());
    private static final String PUSH_BURST = "--spi-consent-delivery--push--burst-seconds=10";

    @Test
    void threeQuestionsReachTheCustomerWhoCanStillSayNo() throws InterruptedException {
        try (Keycloak server = new Keycloak("bombing", Database.H2, List.of(STRICT), PUSH_BURST).start()) {
            Realm bank = server.realm(Servers.BANK);
            Customer customer = bank.newCustomer();
            BankApp app = customer.app();
            String pushToken = app.register(UUID.randomUUID(), "sandbox");
            try (PushStream phone = PushStream.open(bank, pushToken);
                    Flood flood = new Flood(List.of(bank), customer)) {
                Eventually.after(Instant.now().plus(HALF));
                List<JsonNode> open = app.pending();
                assertThat(open).as("open questions").hasSize(3);
                assertThat(pushesUntil(phone, open.get(0).get("id").asText()))
                        .as("pushes, of which the last is of the newest question")
                        .hasSizeBetween(1, 2);

                denyAll(app);
                Tpp globe = bank.tpp("globe-aisp");
                Asked asked = globe.ask(customer, BALANCES);
                String wanted = app.pending().stream()
                        .filter(request ->
                                request.at("/client/clientId").asText().equals(globe.clientId()))
                        .findFirst()
                        .orElseThrow()
                        .get("id")
                        .asText();
                Eventually.after(Instant.now().plus(HALF));
                assertThat(pushesUntil(phone, wanted)).as("pushes after that").hasSizeLessThanOrEqualTo(3);
                app.approve(wanted).ok();
                Tokens.of(globe.poll(asked));

                flood.stop();
                // after the second denial in a row nothing more got through
                assertThat(flood.answers.keySet()).containsOnly(200, 403);
                assertThat(flood.answers.get(200).get()).isBetween(3, 5);
                assertThat(app.requests("?max=100").list())
                        .hasSize(flood.answers.get(200).get() + 1);
            }
        }
    }

    @Test
    void onTwoNodesNoMoreThanTwiceAsMany() throws InterruptedException {
        try (Keycloak server = new Keycloak("bombing-1", Database.POSTGRESQL, List.of(STRICT)).start();
                Keycloak other = server.anotherNode("bombing-2").start()) {
            Realm bank = server.realm(Servers.BANK);
            Customer customer = bank.newCustomer();
            BankApp app = customer.app();
            try (Flood flood = new Flood(List.of(bank, other.realm(Servers.BANK)), customer)) {
                Eventually.after(Instant.now().plus(HALF));
                assertThat(app.pending()).as("open questions").hasSizeBetween(3, 6);

                denyAll(app);
                Eventually.after(Instant.now().plus(HALF));
                flood.stop();
                denyAll(app);
                assertThat(flood.answers.keySet()).containsOnly(200, 403);
                assertThat(flood.answers.get(200).get()).isBetween(3, 10);
            }
        }
    }

    private static void denyAll(BankApp app) {
        for (List<JsonNode> open = app.pending(); !open.isEmpty(); open = app.pending()) {
            open.forEach(request -> app.deny(request.get("id").asText()).ok());
        }
    }

    /** Ten connections that ask and ask. */
    private static final class Flood implements AutoCloseable {

        private final ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS);
        private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final int nodes;

        Flood(List<Realm> nodes, Customer customer) {
            this.nodes = nodes.size();
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                Tpp acme = nodes.get(connection % nodes.size()).tpp(ACME);
                pool.submit(() -> {
                    while (!over.get()) {
                        Answer answer = acme.request(customer, Map.of(), BALANCES);
                        answers.computeIfAbsent(answer.status(), any -> new AtomicInteger())
                                .incrementAndGet();
                    }
                });
            }
        }

        void stop() throws InterruptedException {
            over.set(true);
            pool.shutdown();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            System.out.printf("%d s, %d connections, %d node(s): %s%n", TIME.toSeconds(), CONNECTIONS, nodes, answers);
        }

        @Override
        public void close() {
            over.set(true);
            pool.shutdownNow();
        }
    }

    /** What came until the push of a question, and right after it: how long a push takes is another test's subject. */
    private static List<String> pushesUntil(PushStream phone, String question) {
        List<String> pushes = new ArrayList<>();
        while (!pushes.contains(question)) {
            JsonNode push = phone.poll(Duration.ofMinutes(1));
            assertThat(push).as("a push of %s, after %s", question, pushes).isNotNull();
            pushes.add(push.get("requestId").asText());
        }
        for (JsonNode push = phone.poll(AFTER); push != null; push = phone.poll(AFTER)) {
            pushes.add(push.get("requestId").asText());
        }
        return pushes;
    }
}
