package io.assent.testing.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.assent.testing.Ports;
import io.assent.testing.actor.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * One address for some nodes, which sends each call to another node than the call before. A call that reaches no node
 * goes to the next one; one that may have been carried out does not, and its caller hears nothing.
 */
public final class LoadBalancer implements Server, AutoCloseable {

    /** What is about a connection, and not about a call: each side has its own. */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private List<Keycloak> nodes = List.of();
    private int last;

    private LoadBalancer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    /** One that has no nodes yet. */
    public static LoadBalancer open() {
        return new LoadBalancer();
    }

    /** From now on calls go to these, which are to call themselves by this one's {@link #address}. */
    public synchronized void leadTo(List<Keycloak> servers) {
        nodes = List.copyOf(servers);
    }

    /** By which it is called. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public URI uri(String path) {
        return address().resolve(path);
    }

    @Override
    public synchronized String said() {
        return nodes.stream().map(Keycloak::said).collect(Collectors.joining("\n"));
    }

    /** The node that got the last call. */
    public synchronized Keycloak lastAsked() {
        return nodes.get(last);
    }

    /** Has a node passed over, as if somebody else had called. */
    public synchronized Keycloak next() {
        last = (last + 1) % nodes.size();
        return nodes.get(last);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<HttpResponse<byte[]>> answer = Optional.empty();
            for (int tries = 0; tries < 2 && answer.isEmpty(); tries++) {
                answer = ask(next(), exchange, body);
            }
            if (answer.isPresent()) {
                answer(exchange, answer.get());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return empty where nobody is there */
    private Optional<HttpResponse<byte[]>> ask(Keycloak node, HttpExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder call = HttpRequest.newBuilder(
                        node.uri(exchange.getRequestURI().toString()))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isOfTheCall(name)) {
                values.forEach(value -> call.header(name, value));
            }
        });
        try {
            return Optional.of(client.send(call.build(), BodyHandlers.ofByteArray()));
        } catch (ConnectException nobodyThere) {
            return Optional.empty();
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (isOfTheCall(name)) {
                values.forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
        });
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static boolean isOfTheCall(String header) {
        return !OF_CONNECTIONS.contains(header.toLowerCase(Locale.ROOT));
    }
}
