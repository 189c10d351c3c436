package io.assent.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Callers who begin a body and do not go on, or who read without an end. */
@Isolated("measures how long the server takes")
class SlowBodyIT {

    private static final int SOCKETS = 50;
    private static final int CUSTOMERS = 25;
    private static final int READS = 20;
    private static final int PATIENCE_MILLIS = 20_000;

    private static Keycloak server;
    private static Realm bank;

    @BeforeAll
    static void start() {
        server = new Keycloak(
                        "slow-bodies",
                        Database.H2,
                        List.of(Servers.realmFile()),
                        "--spi-realm-restapi-extension--consent--reads-per-minute=" + READS)
                .start();
        bank = server.realm(Servers.BANK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void fiftyByOneCustomerTakeTwoThreadsForTwoSeconds() throws IOException {
        BankApp app = bank.newCustomer().app();

        Set<String> answers =
                whileServing(Stream.generate(() -> app).limit(SOCKETS).toList());

        assertThat(answers).contains("408").containsAnyOf("429").isSubsetOf("408", "429");
    }

    @Test
    void fiftyByManyCustomersLeaveThreadsForTheOthers() throws IOException {
        List<BankApp> apps = Stream.generate(() -> bank.newCustomer().app())
                .limit(CUSTOMERS)
                .flatMap(app -> Stream.of(app, app))
                .toList();

        Set<String> answers = whileServing(apps);

        assertThat(answers).contains("408", "503").isSubsetOf("408", "429", "503");
    }

    @Test
    void aBodyInPiecesThatIsDoneInTimeIsTaken() throws IOException {
        BankApp app = bank.newCustomer().app();
        try (Socket socket = open(app)) {
            socket.getOutputStream().write("\"decision\":\"deny\"}".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(" ".repeat(5_000).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            assertThat(status(socket)).isEqualTo("404");
        }
    }

    @Test
    void whoReadsTooOftenWaitsAndTakesBack() {
        BankApp app = bank.newCustomer().app();

        // more than two minutes' worth, since a minute may end meanwhile
        List<Answer> answers = Stream.generate(() -> app.requests("?max=1"))
                .limit(2 * READS + 1)
                .toList();

        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("too-many-calls"));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeGreaterThanOrEqualTo(READS);
        assertThat(app.withdraw(UUID.randomUUID().toString()).status()).isEqualTo(404);
    }

    /** Begins a body by each, sees whether the server serves others meanwhile, and returns what they were answered. */
    private static Set<String> whileServing(List<BankApp> apps) throws IOException {
        Customer customer = bank.newCustomer();
        customer.app();
        List<Socket> sockets = new ArrayList<>();
        try {
            for (BankApp app : apps) {
                sockets.add(open(app));
            }
            for (int round = 0; round < 3; round++) {
                assertServed();
            }
            Set<String> answers = new TreeSet<>();
            for (Socket socket : sockets) {
                answers.add(status(socket));
            }
            return answers;
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static void assertServed() {
        long start = System.nanoTime();
        Http.send(Http.request(bank.uri("/.well-known/openid-configuration"))).ok();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        start = System.nanoTime();
        Answer token = bank.tpp("acme-aisp").poll("garbage");
        assertThat(token.error()).isEqualTo("invalid_grant");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    private static Socket open(BankApp app) throws IOException {
        URI decision = bank.uri("/consent/v1/requests/" + UUID.randomUUID() + "/decision");
        Socket socket = new Socket(decision.getHost(), decision.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        String head = "PUT " + decision.getPath() + " HTTP/1.1\r\nHost: " + decision.getAuthority()
                + "\r\nAuthorization: Bearer " + app.accessToken()
                + "\r\nContent-Type: application/json\r\nContent-Length: 5019\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String status(Socket socket) throws IOException {
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        return answer.readLine().split(" ")[1];
    }
}
