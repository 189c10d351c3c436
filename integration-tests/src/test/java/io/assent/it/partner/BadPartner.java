package io.assent.it.partner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.assent.fake.http.VendorServer;
import io.assent.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The endpoints of a partner as bad as a test needs them, which keep what they were told to revoke. */
final class BadPartner implements AutoCloseable {

    /** What is given in the place of an old token. */
    static final String LATE_TOKEN = "late-access-token";

    static final String LATE_REFRESH_TOKEN = "late-refresh-token";

    private static final Duration DELIVERY = Duration.ofSeconds(30);

    private final VendorServer server = new VendorServer(0);
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Revocation> revocations = new CopyOnWriteArrayList<>();
    private final Deque<Reply> replies = new ConcurrentLinkedDeque<>();

    BadPartner() {
        server.handle("/slow", exchange -> answer(exchange, this::giveWhenReleased));
        server.handle("/greedy", exchange -> answer(exchange, asked -> give(asked, "openid pots goals")));
        server.handle("/meagre", exchange -> answer(exchange, asked -> give(asked, "openid pots")));
        server.handle("/empty", exchange -> answer(exchange, asked -> give(asked, "openid")));
        server.handle("/trickle", exchange -> answer(exchange, this::trickle));
        server.handle("/revoke", this::revoke);
        server.up();
    }

    /** Where a token is given once it is {@link #release released}. */
    URI slow() {
        return server.uri().resolve("/slow");
    }

    /** Where a token is given at once, for more than it was. */
    URI greedy() {
        return server.uri().resolve("/greedy");
    }

    /** Where a token is given at once, for the pots alone. */
    URI meagre() {
        return server.uri().resolve("/meagre");
    }

    /** Where a token is given at once, for nothing that anybody chose. */
    URI empty() {
        return server.uri().resolve("/empty");
    }

    /** Where an answer begins, and does not end. */
    URI trickle() {
        return server.uri().resolve("/trickle");
    }

    URI revoke() {
        return server.uri().resolve("/revoke");
    }

    void release() {
        released.countDown();
    }

    /** Refuses so often first. */
    BadPartner refusing(Reply... refusals) {
        replies.addAll(List.of(refusals));
        return this;
    }

    void awaitCall() {
        Eventually.within(Duration.ofSeconds(10), "a call to the partner", () -> asked.get() > 0);
    }

    /** What was to be revoked, once there are so many of it. */
    List<Revocation> awaitRevocations(int count) {
        return Eventually.within(DELIVERY, count + " revocations", () -> revocations, all -> all.size() >= count);
    }

    private void answer(HttpExchange exchange, HttpHandler how) throws IOException {
        asked.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try {
            how.handle(exchange);
        } finally {
            exchange.close();
        }
    }

    private void giveWhenReleased(HttpExchange exchange) throws IOException {
        // no silence that anybody would take for an end
        for (int i = 0; i < 100 && !isReleased(Duration.ofMillis(200)); i++) {
            space(exchange);
        }
        give(exchange, "openid pots");
    }

    private static void give(HttpExchange exchange, String scope) throws IOException {
        exchange.getResponseBody()
                .write("""
                        {"access_token":"%s","refresh_token":"%s","expires_in":300,"scope":"%s"}""".formatted(LATE_TOKEN, LATE_REFRESH_TOKEN, scope).getBytes(StandardCharsets.UTF_8));
    }

    private void trickle(HttpExchange exchange) throws IOException {
        for (int i = 0; i < 200 && !isReleased(Duration.ofMillis(200)); i++) {
            space(exchange);
        }
    }

    private boolean isReleased(Duration within) {
        try {
            return released.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void space(HttpExchange exchange) throws IOException {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
    }

    private void revoke(HttpExchange exchange) throws IOException {
        Map<String, String> form = new HashMap<>();
        for (String field : VendorServer.body(exchange).split("&")) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        revocations.add(new Revocation(form.get("token"), form.get("token_type_hint")));
        Reply reply = replies.isEmpty() ? new Reply(200, "{}") : replies.poll();
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        release();
        server.close();
    }

    /** An answer, with a body that is not empty. */
    record Reply(int status, String body) {}

    /** What the partner was to revoke. */
    record Revocation(String token, String hint) {}
}
