package io.assent.containers;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A TPP's client notification endpoint (CIBA Core 1.0, section 10.2) that prints each ping on a line: the
 * {@code Authorization} header and the body. A program of its own, since it runs where the nodes can reach it: in a
 * container.
 */
final class PingPrinter {

    static final int PORT = 8090;
    static final String PING = "PING ";
    static final String READY = "listening";

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(PORT), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            System.out.println(PING + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        System.out.println(READY);
    }

    private PingPrinter() {}
}
