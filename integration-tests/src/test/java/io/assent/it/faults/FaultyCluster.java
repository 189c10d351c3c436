package io.assent.it.faults;

import io.assent.testing.AtOnce;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.server.FaultyDatabase;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The two nodes and their database, which can be harmed, and customers whose journeys go through it. */
final class FaultyCluster implements AutoCloseable {

    static final String LATE_REALM = "late";

    /** After this time, a request of {@link #LATE_REALM} is over. */
    static final Duration LATE = Duration.ofSeconds(12);

    private static final int JOURNEYS = 40;

    private final FaultyDatabase database;
    private final TwoNodes nodes;
    private final List<Lane> lanes;
    private final ExecutorService threads = Executors.newFixedThreadPool(JOURNEYS);

    /** A table of {@code docs/operations.md}. */
    private final List<String> report = new ArrayList<>(List.of(
            "| fault | journeys | approved | tokens | tokens lost | denied | expired | asked anew | failures |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"));

    private int runs;
    private int redeemed;

    private FaultyCluster(FaultyDatabase database, TwoNodes nodes, List<Lane> lanes) {
        this.database = database;
        this.nodes = nodes;
        this.lanes = lanes;
    }

    /** @param name what the names of its nodes begin with */
    static FaultyCluster start(String name) throws Exception {
        FaultyDatabase database = FaultyDatabase.start();
        RealmFile bank = Servers.realmFile()
                .expiringAfter(1_800)
                .polledEvery(1)
                .with(realm -> realm.put("accessTokenLifespan", 3600));
        List<RealmFile> realms = List.of(bank, bank.named(LATE_REALM).expiringAfter((int) LATE.toSeconds()));
        TwoNodes nodes = new TwoNodes(
                node(database, name + "-1", realms).start(),
                node(database, name + "-2", realms).start());
        List<Callable<Lane>> lanes = new ArrayList<>();
        for (int lane = 0; lane < JOURNEYS; lane++) {
            int number = lane;
            lanes.add(() -> Lane.of(nodes, number));
        }
        FaultyCluster cluster = new FaultyCluster(database, nodes, AtOnce.all(4, lanes));
        nodes.both().forEach(node -> {
            node.realm(Servers.BANK).openApi();
        });
        return cluster;
    }

    private static Keycloak node(FaultyDatabase database, String name, List<RealmFile> realms) {
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

    TwoNodes nodes() {
        return nodes;
    }

    FaultyDatabase database() {
        return database;
    }

    /** The journeys through a fault, one for each customer. */
    FaultRun run(String fault) {
        int number = ++runs;
        Failures failures = new Failures();
        List<Journey> journeys = new ArrayList<>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            Lane one = lanes.get(lane);
            String name = number + "-" + lane;
            journeys.add(new Journey(name, nodes, one.customer(), one.appToken(), one.will(), failures));
        }
        return new FaultRun(fault, this, journeys, failures, threads);
    }

    /** Takes down how a run ended, and returns how many requests must be redeemed by now. */
    int report(String row, int redeemedInIt) {
        report.add(row);
        redeemed += redeemedInIt;
        return redeemed;
    }

    @Override
    public void close() {
        nodes.both().forEach(Keycloak::close);
        database.close();
        threads.shutdownNow();
        report.forEach(System.out::println);
    }
}
