package io.assent.it.faults;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.server.FaultyDatabase;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    @Order(7)
    void anEndOnOneNodeIsAnEndOnTheOtherWithTheNextCall() {
        Realm one = nodes.one().realm(Servers.BANK);
        Realm two = nodes.two().realm(Servers.BANK);
        Customer customer = one.newCustomer();
        BankApp app = customer.app();
        for (int round = 0; round < 10; round++) {
            Asked asked = one.tpp(ACME).ask(customer, BALANCES);
            app.approve(app.onlyPendingId()).ok();
            Tokens first = Tokens.of(one.tpp(ACME).poll(asked));
            Tokens tokens = Tokens.of(two.tpp(ACME).refresh(first));
            assertThat(two.api().introspect(tokens).ok().get("active").asBoolean())
                    .isTrue();

            app.withdraw(grantId(tokens)).ok();

            two.tpp(ACME).assertDead(tokens);
        }
    }

    @Test
    @Order(8)
    void aNodeKilledWhileConsentsEndLeavesEachEndedWithItsTokensOrStandingWithThem() {
        Realm one = nodes.one().realm(Servers.BANK);
        Customer customer = one.newCustomer();
        BankApp app = customer.app();
        List<Tokens> all = new ArrayList<>();
        for (int count = 0; count < 20; count++) {
            Asked asked = one.tpp(ACME).ask(customer, BALANCES);
            app.approve(app.onlyPendingId()).ok();
            all.add(Tokens.of(one.tpp(ACME).poll(asked)));
        }
        BankApp onTwo = new BankApp(nodes.two().realm(Servers.BANK), app.accessToken());

        List<CompletableFuture<Void>> ends = all.stream()
                .map(tokens -> CompletableFuture.runAsync(() -> onTwo.withdraw(grantId(tokens))))
                .toList();
        CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new)).join();
        nodes.two().kill();

        ends.forEach(end -> end.exceptionally(noAnswer -> null).join());
        nodes.two().launch();
        nodes.two().awaitReady();
        for (Tokens tokens : all) {
            boolean stands = app.consent(grantId(tokens)).text("status").equals("active");
            assertThat(one.api().introspect(tokens).ok().get("active").asBoolean())
                    .isEqualTo(stands);
            assertThat(one.tpp(ACME).refresh(tokens).status()).isEqualTo(stands ? 200 : 400);
            app.withdraw(grantId(tokens)).ok();
            assertThat(one.tpp(ACME).refresh(tokens).error()).isEqualTo("invalid_grant");
        }
        assertThat(one.admin().grantedScopes(one.name(), customer.id(), ACME)).isEmpty();
    }

    private static String grantId(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
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
