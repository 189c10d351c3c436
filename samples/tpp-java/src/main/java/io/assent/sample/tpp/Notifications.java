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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The endpoint where the bank tells that there is an answer (CIBA Core 1.0, section 10.2). */
final class Notifications implements AutoCloseable {

    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;

    private final BearerAccessToken token = new BearerAccessToken();
    private final BlockingQueue<AuthRequestID> heard = new LinkedBlockingQueue<>();
    private final HttpServer server;

    Notifications(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::hear);
        server.start();
    }

    /** What the bank's pings have to carry. */
    BearerAccessToken token() {
        return token;
    }

    /** Returns when the request is answered, or its time is over: a ping can be lost. */
    boolean await(AuthRequestID authReqId, int seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            AuthRequestID next = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null || next.equals(authReqId)) {
                return next != null;
            }
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(take(exchange), -1);
        }
    }

    /** Answers at once: the tokens are fetched after that. */
    private int take(HttpExchange exchange) throws IOException {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, URI.create("http://localhost/"));
        request.setAuthorization(exchange.getRequestHeaders().getFirst("Authorization"));
        request.setHeader("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"));
        request.setBody(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        try {
            CIBAPingCallback ping = CIBAPingCallback.parse(request);
            // the SDK compares secrets in constant time
            if (!ping.getAccessToken().equals(token)) {
                return UNAUTHORIZED;
            }
            heard.add(ping.getAuthRequestID());
            return NO_CONTENT;
        } catch (ParseException noPing) {
            return BAD_REQUEST;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
