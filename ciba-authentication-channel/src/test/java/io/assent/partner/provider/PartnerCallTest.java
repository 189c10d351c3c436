package io.assent.partner.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PartnerCallTest {

    private final CloseableHttpClient http = HttpClients.createDefault();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer partner;

    @BeforeEach
    void start() throws IOException {
        partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        partner.setExecutor(threads);
        partner.start();
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        partner.stop(0);
        threads.shutdownNow();
    }

    private PartnerCall call(HttpHandler answer) {
        partner.createContext("/", answer);
        return call("http://127.0.0.1:" + partner.getAddress().getPort() + "/");
    }

    private PartnerCall call(String url) {
        return new PartnerCall(http, url, Map.of("Authorization", "Basic abc"), Map.of("token", "a&b"));
    }

    @Test
    void aFormIsSentAndTheAnswerRead() throws IOException {
        AtomicReference<String> received = new AtomicReference<>();
        PartnerCall call = call(exchange -> {
            received.set(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().set("Retry-After", "7");
            answer(exchange, 503, "{}".getBytes(UTF_8));
        });

        assertThat(call.send()).isEqualTo(new PartnerAnswer(503, "{}", "7"));

        assertThat(received).hasValue("Basic abc token=a%26b");
    }

    @Test
    void anEmptyAnswerIsOne() throws IOException {
        assertThat(call(exchange -> answer(exchange, 204, new byte[0])).send())
                .isEqualTo(new PartnerAnswer(204, "", null));
    }

    @Test
    void aPartnerThatTricklesIsHungUpOn() {
        PartnerCall call = call(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            trickle(exchange);
        });

        long begun = System.nanoTime();
        assertThatThrownBy(() -> call.send(Duration.ofMillis(700))).isInstanceOf(IOException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void noMoreIsReadThanATokenResponseHas() throws IOException {
        assertThat(call(exchange -> answer(exchange, 200, new byte[PartnerCall.MAX_BODY]))
                        .send()
                        .body())
                .hasSize(PartnerCall.MAX_BODY);
        partner.removeContext("/");
        assertThatThrownBy(() -> call(exchange -> answer(exchange, 200, new byte[PartnerCall.MAX_BODY + 1]))
                        .send())
                .isInstanceOf(IOException.class);
    }

    @Test
    void whatCanNotBeCalledIsAFailure() {
        for (String url : new String[] {"", "not a url", "/revoke", "http://127.0.0.1:1/"}) {
            assertThatThrownBy(() -> call(url).send()).as(url).isInstanceOf(IOException.class);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void trickle(HttpExchange exchange) throws IOException {
        try {
            for (int i = 0; i < 200; i++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
