package io.assent.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.server.FaultyDatabase;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two clustered nodes on one PostgreSQL, as at a bank, and what may happen to them: no approval is lost, no token is
 * issued twice, no denial or expiry becomes a token, and every answer is a documented one.
 *
 * <p>The nodes are a real cluster, though the product keeps nothing in the caches: the stock server does, and a cluster
 * that has just lost a node is where its caches fail.
 */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultIT {

    private static final int JOURNEYS = 40;
    private static final int LATE = 5;
    private static final String LATE_REALM = "late";
    private static final int LATE_SECONDS = 12;

    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** A table of {@code docs/operations.md}. */
    private static final List<String> REPORT = new CopyOnWriteArrayList<>(List.of(
            "| fault | journeys | approved | tokens | tokens lost | denied | expired | asked anew | failures |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"));

    private static FaultyDatabase database;
    private static TwoNodes nodes;
    private static List<Lane> lanes;
    private static ExecutorService threads;
    private static int runs;
    private static int redeemed;

    /** A customer, who is in one journey at a time. */
    private record Lane(Customer customer, String appToken, Journey.Will will) {

        static Lane of(int number) {
            Journey.Will will = will(number);
            Realm realm = nodes.one().realm(will == Journey.Will.COME_LATE ? LATE_REALM : Servers.BANK);
            Customer customer = realm.newCustomer();
            BankApp app = customer.app();
            app.register(UUID.randomUUID(), "log");
            return new Lane(customer, app.accessToken(), will);
        }

        private static Journey.Will will(int number) {
            if (number < LATE) {
                return Journey.Will.COME_LATE;
            }
            return switch (number % 5) {
                case 0, 1 -> Journey.Will.APPROVE_ALL;
                case 2, 3 -> Journey.Will.APPROVE_A_PART;
                default -> Journey.Will.DENY;
            };
        }
    }

    @BeforeAll
    static void startTheCluster() throws Exception {
        database = FaultyDatabase.start();
        threads = Executors.newFixedThreadPool(JOURNEYS);
        RealmFile bank = Servers.realmFile()
                .expiringAfter(300)
                .polledEvery(1)
                .with(realm -> realm.put("accessTokenLifespan", 3600));
        List<RealmFile> realms = List.of(bank, bank.named(LATE_REALM).expiringAfter(LATE_SECONDS));
        nodes = new TwoNodes(
                node("fault-1", realms).start(), node("fault-2", realms).start());
        List<Callable<Lane>> all = new ArrayList<>();
        for (int lane = 0; lane < JOURNEYS; lane++) {
            int number = lane;
            all.add(() -> Lane.of(number));
        }
        lanes = AtOnce.all(4, all);
        nodes.both().forEach(node -> {
            node.realm(Servers.BANK).openApi();
        });
    }

    private static Keycloak node(String name, List<RealmFile> realms) {
        return Keycloak.on(
                database.address(),
                null,
                name,
                realms,
                // one address for both, as behind a load balancer: it is the issuer of their tokens
                "--hostname=http://bank.localhost",
                "--cache=ispn",
                "--cache-embedded-network-bind-address=127.0.0.1");
    }

    @AfterAll
    static void stopAndReport() {
        nodes.both().forEach(Keycloak::close);
        database.close();
        threads.shutdownNow();
        REPORT.forEach(System.out::println);
    }

    @Test
    @Order(1)
    void aNodeKilledBetweenRequestAndDecision() {
        Run run = new Run("node killed between request and decision");
        run.all(Journey::ask);

        nodes.two().kill();

        nodes.two().launch();
        run.all(Journey::decide);
        run.all(Journey::fetch);
        nodes.two().awaitReady();
        run.settle();
    }

    @Test
    @Order(2)
    void aNodeKilledBetweenDecisionAndRedemption() {
        Run run = new Run("node killed between decision and redemption");
        run.all(Journey::ask);
        run.all(Journey::decide);

        nodes.one().kill();

        nodes.one().launch();
        run.all(Journey::fetch);
        nodes.one().awaitReady();
        run.settle();
    }

    @Test
    @Order(3)
    void aNodeKilledDuringRedemption() {
        Run run = new Run("node killed during redemption");
        run.all(Journey::ask);
        run.all(Journey::decide);

        CompletableFuture<Void> polls = run.inBackground(Journey::fetchFromBothAtOnce);
        run.awaitTokens(1);
        nodes.two().kill();

        nodes.two().launch();
        polls.join();
        nodes.two().awaitReady();
        run.settle();
    }

    @Test
    @Order(4)
    void theDatabaseCrashesAndComesBack() {
        Run run = new Run("database killed and started again");
        CompletableFuture<Void> journeys = run.inBackground(journey -> run.whole(journey, Duration.ofSeconds(10)));

        Eventually.after(Instant.now().plusSeconds(5));
        database.crash();
        database.recover();

        journeys.join();
        run.settle();
    }

    @Test
    @Order(5)
    void theDatabaseIsOutOfReachForTwentySeconds() {
        Run run = new Run("database out of reach for 20 s");
        CompletableFuture<Void> journeys = run.inBackground(journey -> run.whole(journey, Duration.ofSeconds(10)));

        Eventually.after(Instant.now().plusSeconds(5));
        database.cable().unplug();
        Eventually.after(Instant.now().plusSeconds(20));
        database.cable().plugIn();

        journeys.join();
        run.settle();
    }

    @Test
    @Order(6)
    void bothNodesAreKilledAndStartedAgain() {
        Run run = new Run("both nodes killed and started again");
        CompletableFuture<Void> journeys = run.inBackground(journey -> run.whole(journey, Duration.ofSeconds(10)));

        Eventually.after(Instant.now().plusSeconds(5));
        nodes.both().forEach(Keycloak::kill);
        nodes.both().forEach(Keycloak::launch);
        nodes.both().forEach(Keycloak::awaitReady);

        journeys.join();
        run.settle();
    }

    /**
     * The whole process of one node has another time, as on a machine without NTP: so have its tokens, its caches, and
     * its certificates.
     */
    @Test
    @Order(7)
    void aNodesClockIsThirtySecondsAhead() {
        assumeTrue(
                Files.isReadable(FAKETIME),
                "no libfaketime (Debian: libfaketime): nodes with different clocks are not tested");
        Run run = new Run("clock of a node 30 s ahead");
        nodes.two().stop();
        nodes.two()
                .environment("LD_PRELOAD", FAKETIME.toString())
                .environment("FAKETIME", "+" + SKEW.toSeconds() + "s")
                .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .environment("DONT_FAKE_MONOTONIC", "1")
                .start();

        run.all(journey -> run.whole(journey, Duration.ofSeconds(10)));

        Eventually.after(Instant.now().plusSeconds(LATE_SECONDS).plus(SKEW));
        run.settle();
    }

    /** The journeys through one fault, one for each customer. */
    private static final class Run {

        private final String fault;
        private final Failures failures = new Failures();
        private final List<Journey> journeys = new ArrayList<>();
        private final Random random = new Random(5);

        Run(String fault) {
            this.fault = fault;
            int number = ++runs;
            for (int lane = 0; lane < lanes.size(); lane++) {
                Lane one = lanes.get(lane);
                String name = number + "-" + lane;
                journeys.add(new Journey(name, nodes, one.customer(), one.appToken(), one.will(), failures));
            }
        }

        /** Takes all journeys a stage further, all at the same time. */
        void all(Consumer<Journey> stage) {
            List<CompletableFuture<Void>> going = journeys.stream()
                    .map(journey -> CompletableFuture.runAsync(() -> stage.accept(journey), threads))
                    .toList();
            List<Throwable> failed = new ArrayList<>();
            for (CompletableFuture<Void> one : going) {
                try {
                    one.join();
                } catch (CompletionException e) {
                    failed.add(e.getCause());
                }
            }
            assertThat(failed).as("%s: failed journeys", fault).isEmpty();
        }

        CompletableFuture<Void> inBackground(Consumer<Journey> stage) {
            return CompletableFuture.runAsync(() -> all(stage));
        }

        /** A whole journey that begins somewhen within a time, with a customer who takes a while. */
        void whole(Journey journey, Duration within) {
            pause(within);
            journey.ask();
            pause(Duration.ofSeconds(3));
            journey.decide();
            journey.fetch();
        }

        void awaitTokens(int number) {
            Eventually.within(
                    Duration.ofSeconds(30),
                    "tokens",
                    () -> journeys.stream().filter(Journey::hasTokens).count() >= number);
        }

        /** Judges all journeys, and what is in the database beside them. */
        void settle() {
            Map<Journey.End, Integer> ends = new ConcurrentSkipListMap<>();
            all(journey -> ends.merge(journey.settle(database), 1, Integer::sum));
            int tokens = ends.getOrDefault(Journey.End.TOKENS, 0);
            int lost = ends.getOrDefault(Journey.End.TOKENS_LOST, 0);
            REPORT.add("| %s | %d | %d | %d | %d | %d | %d | %d | %s |"
                    .formatted(
                            fault,
                            journeys.size(),
                            journeys.stream().filter(Journey::approves).count(),
                            tokens,
                            lost,
                            ends.getOrDefault(Journey.End.DENIED, 0),
                            ends.getOrDefault(Journey.End.EXPIRED, 0),
                            journeys.stream().mapToInt(Journey::unheardRequests).sum(),
                            failures.summary()));
            redeemed += tokens + lost;
            assertThat(database.rows("SELECT count(*) FROM consent_request WHERE status = 'REDEEMED'"))
                    .as("no request is redeemed that no TPP polled for")
                    .isEqualTo(List.of(List.of(String.valueOf(redeemed))));
        }

        private void pause(Duration most) {
            long millis;
            synchronized (random) {
                millis = random.nextLong(most.toMillis());
            }
            Eventually.after(Instant.now().plusMillis(millis));
        }
    }
}
