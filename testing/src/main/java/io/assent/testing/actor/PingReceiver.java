package io.assent.testing.actor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.assent.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A TPP's client notification endpoint (CIBA Core 1.0, section 10.2), as good or bad as a test needs it. */
public final class PingReceiver implements AutoCloseable {

    /** In place of a status: the connection is closed without an answer. */
    public static final int HANG_UP = 0;

    private static final String PATH = "/ciba/ping";
    private static final String ELSEWHERE = "/elsewhere";

    private final BlockingQueue<Ping> pings = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Deque<Integer> statuses;
    private final boolean slow;
    private final boolean endless;
    private final String complaint;
    private final HttpServer server;

    private PingReceiver(int port, List<Integer> statuses, boolean slow, boolean endless, String complaint) {
        this.statuses = new ArrayDeque<>(statuses);
        this.slow = slow;
        this.endless = endless;
        this.complaint = complaint;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    /** One that answers with these statuses in turn, and with the last of them from then on. */
    public static PingReceiver answering(Integer... statuses) {
        return new PingReceiver(0, List.of(statuses), false, false, "");
    }

    /** One that answers with these statuses in turn, and says this JSON with each 400. */
    public static PingReceiver complaining(String complaint, Integer... statuses) {
        return new PingReceiver(0, List.of(statuses), false, false, complaint);
    }

    /** One that answers with these statuses in turn, and with bodies that do not end. */
    public static PingReceiver answeringWithoutAnEnd(Integer... statuses) {
        return new PingReceiver(0, List.of(statuses), false, true, "");
    }

    /** One that takes a ping and does not answer before it is closed. */
    public static PingReceiver notAnswering() {
        return new PingReceiver(0, List.of(204), true, false, "");
    }

    /** One that comes up where nothing listened so far. */
    public static PingReceiver on(URI endpoint) {
        return new PingReceiver(endpoint.getPort(), List.of(204), false, false, "");
    }

    /** Where nothing listens. */
    public static URI down() {
        return endpoint(Ports.free());
    }

    public URI endpoint() {
        return endpoint(server.getAddress().getPort());
    }

    /** The next ping, which must come in time. */
    public Ping next(Duration limit) {
        Ping ping = poll(limit);
        if (ping == null) {
            throw new AssertionError("no ping came within " + limit);
        }
        return ping;
    }

    /** The next ping if one comes in time, or {@code null}. */
    public Ping poll(Duration limit) {
        try {
            return pings.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        pings.add(new Ping(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                exchange.getRequestHeaders().getFirst("traceparent"),
                body));
        if (slow) {
            awaitRelease();
        }
        int status = nextStatus();
        if (status / 100 == 3) {
            exchange.getResponseHeaders().add("Location", ELSEWHERE);
        }
        if (endless) {
            talk(exchange, status);
        }
        byte[] said = status == 400 ? complaint.getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (said.length > 0) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
        }
        if (status != HANG_UP) {
            exchange.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
            exchange.getResponseBody().write(said);
        }
        exchange.close();
    }

    /** Until the caller is gone, by which it fails. */
    private static void talk(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        byte[] words = " ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        while (true) {
            exchange.getResponseBody().write(words);
        }
    }

    private synchronized int nextStatus() {
        return statuses.size() > 1 ? statuses.poll() : statuses.peek();
    }

    private void awaitRelease() {
        try {
            released.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port + PATH);
    }

    /**
     * One request that came in.
     *
     * @param traceparent or {@code null}
     */
    public record Ping(
            String method, String path, String authorization, String contentType, String traceparent, String body) {
        public boolean redirected() {
            return path.equals(ELSEWHERE);
        }
    }
}
