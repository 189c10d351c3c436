package io.assent.it.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A collector of traces that speaks OTLP over HTTP, in protobuf, and keeps what it gets. */
final class TraceCollector implements AutoCloseable {

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private TraceCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    static TraceCollector start() {
        return new TraceCollector();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Seen> spans() {
        return List.copyOf(seen);
    }

    /** The pack's own about one request. */
    List<Seen> about(String requestId) {
        return seen.stream()
                .filter(span -> requestId.equals(span.attributes().get("assent.request.id")))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes()).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .map(Seen::of)
                .forEach(seen::add);
        // an ExportTraceServiceResponse that says nothing is of no bytes
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /**
     * One span.
     *
     * @param all all that it says, as text
     */
    record Seen(
            String name,
            String traceId,
            String id,
            String parentId,
            Map<String, String> attributes,
            List<String> linkedTraces,
            String all) {

        private static Seen of(Span span) {
            return new Seen(
                    span.getName(),
                    hex(span.getTraceId().toByteArray()),
                    hex(span.getSpanId().toByteArray()),
                    hex(span.getParentSpanId().toByteArray()),
                    span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, attribute -> attribute
                            .getValue()
                            .getStringValue())),
                    span.getLinksList().stream()
                            .map(link -> hex(link.getTraceId().toByteArray()))
                            .toList(),
                    span.toString());
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
    }
}
