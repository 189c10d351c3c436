package io.assent.testing.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** The one HTTP client of the tests, and what they share of its vocabulary. */
public final class Http {

    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final HttpClient CLIENT = builder().build();

    public static HttpClient client() {
        return CLIENT;
    }

    static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
    }

    /** A client of a test's own, for one server. */
    public static HttpClient.Builder builderFor(URI server) {
        return isByTls(server) ? builder().sslContext(Authority.shared().context()) : builder();
    }

    private static boolean isByTls(URI uri) {
        return uri.getScheme().equals("https");
    }

    public static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE);
    }

    public static Answer send(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        return send(isByTls(built.uri()) ? Authority.shared().client() : CLIENT, built);
    }

    static Answer send(HttpClient client, HttpRequest.Builder request) {
        return send(client, request.build());
    }

    private static Answer send(HttpClient client, HttpRequest request) {
        try {
            return Answer.of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A POST as an HTML form does it. */
    public static HttpRequest.Builder form(URI uri, Map<String, String> parameters) {
        return request(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(query(parameters)));
    }

    public static HttpRequest.Builder json(URI uri, String method, String body) {
        return request(uri).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }

    public static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    public static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public static ObjectNode parse(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Http() {}
}
