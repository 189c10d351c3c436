package io.assent.sandbox.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Calls of one TPP, none of which holds a thread while it waits. */
final class Calls {

    /** What came back. */
    record Answer(int status, JsonNode body) {

        boolean isOk() {
            return status == 200;
        }

        /** The code of OAuth, or the kind of a problem (RFC 9457), or nothing. */
        String problem() {
            String type = body.path("type").asText();
            return body.hasNonNull("error") ? body.path("error").asText() : type.substring(type.lastIndexOf(':') + 1);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    private final String realm;
    private final String authorization;

    Calls(URI realm, String clientId, String clientSecret) {
        this.realm = realm.toString().replaceAll("/+$", "");
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (encode(clientId) + ":" + encode(clientSecret)).getBytes(StandardCharsets.UTF_8));
    }

    /** A call with the client's own credentials. */
    CompletableFuture<Answer> post(String path, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path, authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** A call with a token of a customer's. */
    CompletableFuture<Answer> get(String path, String accessToken) {
        return send(request(path, "Bearer " + accessToken));
    }

    private HttpRequest.Builder request(String path, String authorization) {
        return HttpRequest.newBuilder(URI.create(realm + path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", authorization);
    }

    private CompletableFuture<Answer> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString())
                .thenApply(Calls::answer)
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    throw new FailedException("no answer (" + cause.getClass().getSimpleName() + ")");
                });
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (JsonProcessingException e) {
            // an error page, say: the status tells enough
            return new Answer(response.statusCode(), MissingNode.getInstance());
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
