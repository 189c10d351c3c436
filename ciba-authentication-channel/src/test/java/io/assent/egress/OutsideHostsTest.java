package io.assent.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideHostsTest {

    private static final HttpHost PROXY = new HttpHost("proxy.inside", 3128);

    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer inside;

    @BeforeEach
    void startAServerInside() throws IOException {
        inside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inside.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        inside.start();
    }

    @AfterEach
    void stop() {
        inside.stop(0);
    }

    @Test
    void aNameThatLeadsInsideIsNotCalled() {
        assertNotCalled("evil.example", hosts(Set.of(), "127.0.0.1"));
    }

    @Test
    void noWayToWriteAnAddressIsCalled() {
        OutsideHosts hosts = new OutsideHosts(new AllowedHosts(Set.of()), SystemDefaultDnsResolver.INSTANCE);
        for (String host : List.of("127.0.0.1", "127.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost")) {
            assertNotCalled(host, hosts);
        }
    }

    @Test
    void anAllowedHostIsCalled() throws IOException {
        try (CloseableHttpClient http = client(hosts(Set.of("partner.example"), "127.0.0.1"));
                CloseableHttpResponse response = http.execute(new HttpPost(url("partner.example")))) {
            assertThat(response.getStatusLine().getStatusCode()).isEqualTo(204);
        }
        assertThat(calls).hasValue(1);
    }

    /** The name is looked up once for a connection, and nothing but what was checked then is connected to. */
    @Test
    void aNameThatMovesInsideBetweenTwoLookUpsIsNotCalledThere() throws IOException {
        Deque<String> answers = new ArrayDeque<>(List.of("192.88.100.1", "127.0.0.1"));
        AtomicInteger lookUps = new AtomicInteger();
        OutsideHosts hosts = new OutsideHosts(new AllowedHosts(Set.of()), name -> {
            lookUps.incrementAndGet();
            return addresses(answers.poll());
        });

        assertThat(hosts.resolve("evil.example")).containsExactly(addresses("192.88.100.1"));
        assertThat(lookUps).hasValue(1);
        assertNotCalled("evil.example", hosts);
        assertThat(lookUps).hasValue(2);
    }

    @Test
    void ofSeveralAddressesOnlyThoseOutsideAreUsed() throws UnknownHostException {
        assertThat(hosts(Set.of(), "10.0.0.1", "1.1.1.1", "::1").resolve("mixed.example"))
                .containsExactly(addresses("1.1.1.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "[::1]",
                "fd00::1",
                "2130706433",
                "0x7f.1",
                "127.1",
                "0177.0.0.1",
                "1.1.1.1.",
                "localhost",
                "db",
                "db.",
                "a.localhost",
                "metadata.google.internal",
                "printer.local",
                "NAS.home.arpa"
            })
    void aProxyIsNotAskedForWhatIsOnlyInside(String host) {
        OutsideHosts hosts = hosts(Set.of(), "10.0.0.1");

        assertThatThrownBy(() -> hosts.check(proxied(host))).isInstanceOf(InsideHostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpp.example", "1.1.1.1", "[2606:4700:4700::1111]", "7.tpp.example"})
    void aProxyIsAskedForWhatCanBeOutsideAndIsInsideItself(String host) throws UnknownHostException {
        OutsideHosts hosts = hosts(Set.of(), "10.0.0.1");

        hosts.check(proxied(host));

        assertThat(hosts.resolve(PROXY.getHostName())).containsExactly(addresses("10.0.0.1"));
    }

    @Test
    void theProxyIsForNoClientToName() throws UnknownHostException {
        OutsideHosts hosts = hosts(Set.of(), "10.0.0.1");
        assertThatThrownBy(() -> hosts.resolve(PROXY.getHostName())).isInstanceOf(InsideHostException.class);
        hosts.check(proxied("tpp.example"));

        assertThatThrownBy(() -> hosts.check(new HttpRoute(PROXY))).isInstanceOf(InsideHostException.class);
    }

    private void assertNotCalled(String host, OutsideHosts hosts) {
        try (CloseableHttpClient http = client(hosts)) {
            assertThatThrownBy(() -> http.execute(new HttpGet(url(host))))
                    .as(host)
                    .isInstanceOf(InsideHostException.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(calls).hasValue(0);
    }

    private String url(String host) {
        return "http://" + host + ":" + inside.getAddress().getPort() + "/internal";
    }

    private static CloseableHttpClient client(OutsideHosts hosts) {
        return new CheckedRoutes(hosts).build();
    }

    private static HttpRoute proxied(String host) {
        return new HttpRoute(new HttpHost(host, 443, "https"), null, PROXY, true);
    }

    /** Where every name has these addresses. */
    private static OutsideHosts hosts(Set<String> allowed, String... addresses) {
        return new OutsideHosts(new AllowedHosts(allowed), name -> addresses(addresses));
    }

    private static InetAddress[] addresses(String... addresses) throws UnknownHostException {
        InetAddress[] found = new InetAddress[addresses.length];
        for (int index = 0; index < addresses.length; index++) {
            found[index] = InetAddress.getByName(addresses[index]);
        }
        return found;
    }
}
