package io.assent.sample.bank;

import com.nimbusds.oauth2.sdk.GeneralException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import net.minidev.json.JSONObject;

/** A small API of a bank, for TPPs: it gives out what the customer granted, and never more. */
public final class ResourceServer {

    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int THREADS = 16;

    private final TokenCheck tokens;
    private final AccountApi api = new AccountApi();
    private final String url;

    private ResourceServer(TokenCheck tokens, String url) {
        this.tokens = tokens;
        this.url = url;
    }

    public static void main(String[] arguments) throws GeneralException, IOException {
        Settings settings = Settings.of(System.getenv());
        TokenCheck tokens = new TokenCheck(settings);
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
        String url = settings.url().isEmpty()
                ? "http://localhost:" + http.getAddress().getPort()
                : settings.url();
        http.setExecutor(Executors.newFixedThreadPool(THREADS));
        http.createContext("/", new ResourceServer(tokens, url)::serve);
        http.start();
        System.out.println("The bank's API is at " + url);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers answer = exchange.getResponseHeaders();
            answer.set("Cache-Control", "no-store");
            if (!exchange.getRequestMethod().equals("GET")) {
                answer.set("Allow", "GET");
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            try {
                byte[] json = JSONObject.toJSONString(api.answer(path(exchange), permit(exchange)))
                        .getBytes(StandardCharsets.UTF_8);
                answer.set("Content-Type", "application/json");
                exchange.sendResponseHeaders(OK, json.length);
                exchange.getResponseBody().write(json);
            } catch (RefusedException refused) {
                if (refused.challenge() != null) {
                    answer.set("WWW-Authenticate", refused.challenge());
                }
                exchange.sendResponseHeaders(refused.status(), -1);
            }
        }
    }

    private Permit permit(HttpExchange exchange) throws RefusedException {
        Headers call = exchange.getRequestHeaders();
        return tokens.check(
                exchange.getRequestMethod(),
                URI.create(url + path(exchange)),
                call.getOrDefault("Authorization", List.of()),
                call.getOrDefault("DPoP", List.of()));
    }

    /** As it was written, without the query. */
    private static String path(HttpExchange exchange) {
        return exchange.getRequestURI().getRawPath();
    }
}
