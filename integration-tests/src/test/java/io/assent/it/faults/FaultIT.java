package io.assent.it.faults;

import io.assent.testing.Eventually;
import io.assent.testing.server.FaultyDatabase;
import io.assent.testing.server.Keycloak;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
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

    private static FaultyCluster cluster;
    private static TwoNodes nodes;
    private static FaultyDatabase database;

    @BeforeAll
    static void startTheCluster() throws Exception {
        cluster = FaultyCluster.start("fault");
        nodes = cluster.nodes();
        database = cluster.database();
    }

    @AfterAll
    static void stopTheCluster() {
        cluster.close();
    }

    @Test
    @Order(1)
    void aNodeKilledBetweenRequestAndDecision() {
        FaultRun run = cluster.run("node killed between request and decision");
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
        FaultRun run = cluster.run("node killed between decision and redemption");
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
        FaultRun run = cluster.run("node killed during redemption");
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
        FaultRun run = cluster.run("database killed and started again");
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
        FaultRun run = cluster.run("database out of reach for 20 s");
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
        FaultRun run = cluster.run("both nodes killed and started again");
        CompletableFuture<Void> journeys = run.inBackground(journey -> run.whole(journey, Duration.ofSeconds(10)));

        Eventually.after(Instant.now().plusSeconds(5));
        nodes.both().forEach(Keycloak::kill);
        nodes.both().forEach(Keycloak::launch);
        nodes.both().forEach(Keycloak::awaitReady);

        journeys.join();
        run.settle();
    }
}
