package io.assent.sandbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Calls the server, and puts every call into the transcript. */
final class Wire {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    // HTTP/1.1, because the upgrade to 2 would be tried on the first POST.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();

    private final Realm realm;
    private final Transcript transcript;

    Wire(Realm realm, Transcript transcript) {
        this.realm = realm;
        this.transcript = transcript;
    }

    Transcript transcript() {
        return transcript;
    }

    /** An OAuth call: a form goes out, JSON comes back. {@code shown} are JSON pointers into the answer. */
    Answer form(String path, Map<String, String> fields, Set<String> shown) throws InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        transcript.sent("POST", realm.path(path), fields);
        return exchange(request, shown);
    }

    /** A call of the consent API. {@code shown} are JSON pointers into the answer. */
    Answer api(String method, String path, String accessToken, JsonNode body, Set<String> shown)
            throws InterruptedException {
        transcript.sent(method, realm.path(path), new Answer(0, body).texts());
        return exchange(call(method, path, accessToken, body).build(), shown);
    }

    /** The same with a proof that the phone has the key, and has it now. */
    Answer proven(
            String method,
            String path,
            String accessToken,
            JsonNode body,
            DeviceKey key,
            String challenge,
            Set<String> shown)
            throws InterruptedException {
        String proof = key.proof(method, realm.uri(path), accessToken, body, challenge);
        transcript.sent(method, realm.path(path), new Answer(0, body).texts());
        return exchange(
                call(method, path, accessToken, body)
                        .header("Device-Proof", proof)
                        .build(),
                shown);
    }

    private HttpRequest.Builder call(String method, String path, String accessToken, JsonNode body) {
        BodyPublisher content =
                body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
        return request(path)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .method(method, content);
    }

    /** A stream of server-sent events, for the caller to read and to close. */
    InputStream stream(String path, JsonNode body) throws InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        transcript.sent("POST", realm.path(path), new Answer(0, body).texts());
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        transcript.received(response.statusCode(), MissingNode.getInstance(), Set.of());
        if (response.statusCode() != 200) {
            throw new JourneyException("the push stream was refused with " + response.statusCode());
        }
        return response.body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(realm.uri(path)).timeout(ANSWER_WITHIN).header("Accept-Language", "en");
    }

    private Answer exchange(HttpRequest request, Set<String> shown) throws InterruptedException {
        HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
        Answer answer = new Answer(response.statusCode(), parse(response.body()));
        transcript.received(answer.status(), answer.body(), shown);
        return answer;
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new JourneyException("no answer from " + request.uri() + " (" + e + ")", e);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            // An error page, say: the status tells enough.
            return MissingNode.getInstance();
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
