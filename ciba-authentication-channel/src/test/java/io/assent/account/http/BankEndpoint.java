package io.assent.account.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.assent.bank.Endpoint;
import io.assent.bank.EndpointOptions;
import io.assent.fake.http.VendorServer;
import io.assent.server.Options;
import io.assent.server.ProviderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A bank's endpoint on this machine, and what asks it. */
final class BankEndpoint implements AutoCloseable {

    static final String JSON = "application/json";

    private final VendorServer server = new VendorServer(0);
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    BankEndpoint(HttpHandler answer) {
        server.handle("/", exchange -> {
            paths.add(exchange.getRequestURI().getRawPath());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            answer.handle(exchange);
        });
        server.up();
    }

    /** Answers always the same. */
    static BankEndpoint saying(int status, String contentType, String body) {
        return new BankEndpoint(exchange -> answer(exchange, status, contentType, body));
    }

    static void answer(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    static String accounts(int number) {
        return IntStream.range(0, number)
                .mapToObj("""
                        {"id":"acc-%1$d","name":"Account %1$d","kind":"current","maskedNumber":"•••• %1$d","currency":"EUR"}"""::formatted)
                .collect(Collectors.joining(",", "{\"accounts\":[", "]}"));
    }

    EndpointAccounts asked() throws IOException {
        return asked(Map.of());
    }

    EndpointAccounts asked(Map<String, String> more) throws IOException {
        Map<String, String> options = new HashMap<>(more);
        options.put(EndpointOptions.ADDRESS, server.uri() + "/{realm}/customers/{customer}/accounts");
        HttpOptions read = HttpOptions.read(new ProviderOptions("account-source", "http", new Options(options)))
                .orElseThrow();
        return new EndpointAccounts(read, new Endpoint(read.endpoint()), new RecentAccounts(read.kept()));
    }

    static Whose customer(String id) {
        return new Whose("realm-1", "bank", Optional.of(id));
    }

    List<String> paths() {
        return paths;
    }

    List<String> authorizations() {
        return authorizations;
    }

    void down() {
        server.down();
    }

    @Override
    public void close() {
        server.close();
    }
}
