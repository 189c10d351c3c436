package io.assent.it.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.assent.testing.Eventually;
import io.assent.testing.http.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The bank's own system that takes events, and keeps all that it was sent, in the order in which it came. */
final class EventReceiver implements AutoCloseable {

    static final Reply OK = new Reply(204, Map.of());

    /** In place of an answer: the connection is closed. */
    static final Reply HANG_UP = new Reply(0, Map.of());

    /** Answers when the receiver is closed, and not before. */
    static final Reply NEVER = new Reply(-1, Map.of());

    private static final String PATH = "/events";
    private static final String ELSEWHERE = "/elsewhere";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Sent> all = new ArrayList<>();
    private volatile Function<Sent, Reply> behaviour = any -> OK;

    private EventReceiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    static EventReceiver start() {
        return new EventReceiver(0);
    }

    /** One that comes up where nothing listens so far. */
    static EventReceiver on(URI uri) {
        return new EventReceiver(uri.getPort());
    }

    URI uri() {
        return uri(server.getAddress().getPort());
    }

    static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port + PATH);
    }

    /** From now on. */
    EventReceiver answering(Function<Sent, Reply> how) {
        behaviour = how;
        return this;
    }

    EventReceiver answering(int status) {
        return answering(any -> new Reply(status, Map.of()));
    }

    /** All that came, taken or not. */
    synchronized List<Sent> all() {
        return List.copyOf(all);
    }

    /** What was taken, repeats included. */
    List<Sent> taken() {
        return all().stream().filter(Sent::taken).toList();
    }

    /** The events that were taken of one subject, in the order in which they were. */
    List<Sent> taken(String subject) {
        return taken().stream().filter(sent -> sent.subject().equals(subject)).toList();
    }

    List<Sent> awaitTaken(int count, Duration limit) {
        return Eventually.within(limit, count + " events", this::taken, taken -> taken.size() >= count);
    }

    List<Sent> await(int count, Duration limit) {
        return Eventually.within(limit, count + " attempts", this::all, all -> all.size() >= count);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        Sent came = new Sent(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, body, false, Instant.now());
        Reply reply = behaviour.apply(came);
        synchronized (this) {
            all.add(reply.status() / 100 == 2 ? came.asTaken() : came);
        }
        if (reply.equals(NEVER)) {
            awaitClose();
        } else if (!reply.equals(HANG_UP)) {
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            if (reply.status() / 100 == 3) {
                exchange.getResponseHeaders().add("Location", ELSEWHERE);
            }
            exchange.sendResponseHeaders(reply.status(), -1);
        }
        exchange.close();
    }

    private void awaitClose() {
        try {
            closed.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** How it answers. */
    record Reply(int status, Map<String, String> headers) {

        static Reply later(int status, int seconds) {
            return new Reply(status, Map.of("Retry-After", Integer.toString(seconds)));
        }
    }

    /** What came in. */
    record Sent(String method, String path, Map<String, String> headers, String body, boolean taken, Instant at) {

        private Sent asTaken() {
            return new Sent(method, path, headers, body, true, at);
        }

        boolean redirected() {
            return path.equals(ELSEWHERE);
        }

        String header(String name) {
            return headers.get(name);
        }

        JsonNode event() {
            try {
                return Http.JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError(body, e);
            }
        }

        String id() {
            return event().get("id").asText();
        }

        String type() {
            return event().get("type").asText().replaceFirst("^io\\.assent\\.", "");
        }

        String subject() {
            return event().get("subject").asText();
        }

        int sequence() {
            return Integer.parseInt(event().get("sequence").asText());
        }
    }

    /** Holds an answer back until a test wants it, for a minute at most. */
    static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
