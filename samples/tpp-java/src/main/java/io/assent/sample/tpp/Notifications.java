package io.assent.sample.tpp;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ciba.AuthRequestID;
import com.nimbusds.oauth2.sdk.ciba.CIBAPingCallback;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The endpoint where the bank tells that there is an answer (CIBA Core 1.0, section 10.2). */
final class Notifications implements AutoCloseable {

    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_LARGE = 413;

    private static final int THREADS = 4;

    /** An auth_req_id has some hundred characters. */
    private static final int MOST_BYTES = 4_096;

    static {
        // in seconds: a caller who sends nothing, or slowly, is hung up on
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
    }

    private final BearerAccessToken token = new BearerAccessToken();
    private final BlockingQueue<AuthRequestID> heard = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final HttpServer server;

    Notifications(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::hear);
        server.start();
    }

    /** What the bank's pings have to carry. */
    BearerAccessToken token() {
        return token;
    }

    /** Whether the ping for a request comes in this time. */
    boolean await(AuthRequestID authReqId, long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            AuthRequestID next = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return false;
            }
            if (next.equals(authReqId)) {
                System.out.println("The bank pinged.");
                return true;
            }
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(take(exchange), -1);
        }
    }

    /** Answers at once: the tokens are fetched after that. Of a stranger no more than the head is read. */
    private int take(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (!isOurs(authorization)) {
            return UNAUTHORIZED;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return TOO_LARGE;
        }
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, URI.create("http://localhost/"));
        request.setAuthorization(authorization);
        request.setHeader("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"));
        request.setBody(new String(body, StandardCharsets.UTF_8));
        try {
            heard.add(CIBAPingCallback.parse(request).getAuthRequestID());
            return NO_CONTENT;
        } catch (ParseException noPing) {
            return BAD_REQUEST;
        }
    }

    /** Compared in constant time, which the SDK's own {@code equals} is not. */
    private boolean isOurs(String authorization) {
        try {
            return MessageDigest.isEqual(
                    BearerAccessToken.parse(authorization).getValue().getBytes(StandardCharsets.UTF_8),
                    token.getValue().getBytes(StandardCharsets.UTF_8));
        } catch (ParseException none) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
