package io.assent.egress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.assent.egress.Egress.Outcome;
import io.assent.fake.http.EndlessHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.common.enums.SslRequired;

class EgressTest {

    private static final AllowedHosts ALLOWED = new AllowedHosts(Set.of("localhost"));

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"NONE,http://localhost", "EXTERNAL,http://localhost"})
    void isCalled(SslRequired ssl, String origin) {
        assertThat(call(ssl, origin + ":" + server.getAddress().getPort() + "/"))
                .isEqualTo(new Outcome.Answered<>(204));
        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ALL,http://localhost,is not https",
        "ALL,http://127.0.0.1,is not https",
        "EXTERNAL,http://127.0.0.1,is not https",
        "EXTERNAL,http://tpp.example,is not https",
        "NONE,http://127.0.0.1,name the host in --spi-an-option",
        "ALL,https://127.0.0.1,name the host in --spi-an-option",
        "EXTERNAL,https://127.1,has no host",
        "EXTERNAL,https://[::ffff:7f00:1],name the host in --spi-an-option",
        "NONE,ftp://localhost,is neither https nor http",
        "NONE,file://localhost,is neither https nor http",
        "NONE,https://,is not a URI",
        "NONE,localhost:80,has no host",
        "NONE,/,has no host",
        "NONE,https://a host,is not a URI"
    })
    void isRefused(SslRequired ssl, String origin, String reason) {
        String url = origin.contains("//") && !origin.endsWith("/")
                ? origin + ":" + server.getAddress().getPort() + "/"
                : origin;

        Outcome<Integer> outcome = call(ssl, url);

        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused<Integer>) outcome).reason())
                .startsWith("the URL ")
                .contains(reason);
        assertThat(calls).hasValue(0);
    }

    static Stream<Supplier<EndlessHead>> endlessHeads() {
        return Stream.of(EndlessHead::ofLines, EndlessHead::ofOneLine, EndlessHead::ofStatus);
    }

    @ParameterizedTest
    @MethodSource("endlessHeads")
    void anAnswerWhoseHeadDoesNotEndIsNone(Supplier<EndlessHead> answer) throws Exception {
        try (EndlessHead server = answer.get()) {
            assertThat(call(SslRequired.NONE, url(server))).isInstanceOf(Outcome.Failed.class);

            assertThat(server.next(Duration.ofSeconds(5))).isLessThan(EndlessHead.END);
        }
    }

    @Test
    void anAnswerWithHeadersBehindItsBodyThatDoNotEndIsNone() throws Exception {
        try (EndlessHead server = EndlessHead.behindTheBody()) {
            Outcome<Integer> outcome = egress(SslRequired.NONE)
                    .call(new HttpPost(), url(server), "URL", Duration.ofSeconds(5), response -> response.getEntity()
                            .getContent()
                            .readAllBytes()
                            .length);

            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(server.next(Duration.ofSeconds(5))).isLessThan(EndlessHead.END);
        }
    }

    @Test
    void aHeadWithinTheBoundsIsRead() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            // beside those that the server writes itself
            for (int header = 0; header < BoundedHead.MAX_HEADERS - 5; header++) {
                exchange.getResponseHeaders().add("a" + header, "x");
            }
            exchange.getResponseHeaders().add("long", "x".repeat(BoundedHead.MAX_LINE - 10));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });

        assertThat(call(
                        SslRequired.NONE,
                        "http://localhost:" + server.getAddress().getPort() + "/"))
                .isEqualTo(new Outcome.Answered<>(204));
    }

    @Test
    void ofABodyThatDoesNotEndTheBeginningIsRead() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] more = new byte[1_000];
            while (true) {
                // until the caller is gone
                exchange.getResponseBody().write(more);
            }
        });

        assertThat(beginning()).isEqualTo(new Outcome.Answered<>(100));
    }

    @Test
    void anAnswerWithoutABodyHasNoBeginning() {
        assertThat(beginning()).isEqualTo(new Outcome.Answered<>(0));
    }

    /** How many bytes are read of a body, of a hundred at the most. */
    private Outcome<Integer> beginning() {
        return egress(SslRequired.NONE)
                .call(
                        new HttpPost(),
                        "http://localhost:" + server.getAddress().getPort() + "/",
                        "URL",
                        Duration.ofSeconds(5),
                        response -> AnswerBody.beginning(response, 100).length);
    }

    private static String url(EndlessHead server) {
        return "http://localhost:" + server.uri().getPort() + "/";
    }

    private static Outcome<Integer> call(SslRequired ssl, String url) {
        return egress(ssl).call(new HttpPost(), url, "URL", Duration.ofSeconds(5), response -> response.getStatusLine()
                .getStatusCode());
    }

    private static Egress egress(SslRequired ssl) {
        return new Egress(
                BoundedHead.of(new CheckedRoutes(new OutsideHosts(ALLOWED, SystemDefaultDnsResolver.INSTANCE)))
                        .build(),
                ALLOWED,
                "--spi-an-option",
                ssl);
    }
}
