package io.assent.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.server.Servers;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * Two nodes of the image on one PostgreSQL, as containers, started when they are first asked for and ended with the
 * tests' own process. Their realm is the one of the other tests, {@value Servers#BANK}.
 */
final class Cluster {

    /** The database's host, name, user and password. */
    static final String DATABASE = "keycloak";

    private static Cluster running;

    private final Network network = Network.newNetwork();
    private final GenericContainer<?> database = new GenericContainer<>("postgres:17")
            .withNetwork(network)
            .withNetworkAliases(DATABASE)
            .withEnv("POSTGRES_DB", DATABASE)
            .withEnv("POSTGRES_USER", DATABASE)
            .withEnv("POSTGRES_PASSWORD", DATABASE)
            // once while it prepares itself, and once more for good
            .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 2)
                    .withStartupTimeout(Duration.ofMinutes(2)));
    private final Node first = new Node(network);
    private final Node second = new Node(network);

    /** The cluster; where no engine answers, the test that asks for it is skipped. */
    static synchronized Cluster running() {
        if (running == null) {
            assumeTrue(Image.engineAnswers(), "no container engine answers");
            Cluster cluster = new Cluster();
            cluster.start();
            running = cluster;
        }
        return running;
    }

    Node first() {
        return first;
    }

    Node second() {
        return second;
    }

    Network network() {
        return network;
    }

    /** Lets the database hang, with its connections open, for as long as something takes. */
    void withoutDatabase(Runnable work) {
        database.getDockerClient().pauseContainerCmd(database.getContainerId()).exec();
        try {
            work.run();
        } finally {
            database.getDockerClient()
                    .unpauseContainerCmd(database.getContainerId())
                    .exec();
        }
    }

    private void start() {
        database.start();
        first.start();
        first.admin().createRealm(Servers.realmFile());
        second.start();
    }
}
