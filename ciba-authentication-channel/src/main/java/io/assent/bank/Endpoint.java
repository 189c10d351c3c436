package io.assent.bank;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.assent.egress.BoundedBody;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An endpoint of the bank's own, which the operator names. No redirect is followed. Each call takes a thread of the
 * server for as long as the time-out at the most, and no more of them than are allowed: the others are told at once
 * that there is no answer.
 */
public final class Endpoint {

    /** The longest answer, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final HttpClient http;
    private final Credentials credentials;
    private final Duration timeout;
    private final Semaphore calls;

    /** @throws IOException if the key store can't be used */
    public Endpoint(EndpointOptions options) throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(options.connectTimeout());
        if (options.credentials().keys().isPresent()) {
            builder.sslContext(options.credentials().keys().get().context());
        }
        http = builder.build();
        credentials = options.credentials();
        timeout = options.timeout();
        calls = new Semaphore(options.calls());
    }

    /** One call, with the server's credentials. */
    public Reply ask(HttpRequest.Builder request) {
        if (!calls.tryAcquire()) {
            return new Reply.None(
                    "too many calls are under way: it is slow, or %s is too low".formatted(EndpointOptions.CALLS));
        }
        try {
            return answer(http.sendAsync(authorized(request), head -> new BoundedBody(MAX_BYTES)));
        } catch (IOException unusable) {
            return new Reply.None("%s can't be used: put a bearer token there that the server's user may read"
                    .formatted(EndpointOptions.BEARER_TOKEN_FILE));
        } finally {
            calls.release();
        }
    }

    private HttpRequest authorized(HttpRequest.Builder request) throws IOException {
        request.setHeader("Accept", "application/json");
        credentials.token().ifPresent(token -> request.setHeader("Authorization", "Bearer " + token));
        return request.build();
    }

    /** The client's own time-out ends with the head of an answer, and a body may trickle for ever. */
    private Reply answer(CompletableFuture<HttpResponse<byte[]>> call) {
        try {
            return read(call.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            return new Reply.None("there was no whole answer within %d ms".formatted(timeout.toMillis()));
        } catch (ExecutionException failed) {
            return new Reply.None(
                    failed.getCause() instanceof BoundedBody.TooLong
                            ? "the answer is longer than " + MAX_BYTES + " bytes"
                            : "it can't be reached ("
                                    + failed.getCause().getClass().getSimpleName() + ")");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Reply.None("the server stops");
        } finally {
            call.cancel(true);
        }
    }

    private static Reply read(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            return new Reply.None("it answers with status " + response.statusCode() + " instead of 200");
        }
        boolean isJson = response.headers()
                .firstValue("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter("application/json"::equals)
                .isPresent();
        return isJson ? json(response.body()) : new Reply.None("the answer's content type is not application/json");
    }

    private static Reply json(byte[] body) {
        try {
            return new Reply.Answered(STRICT.readTree(body));
        } catch (IOException malformed) {
            return new Reply.None("the answer is not JSON, or has a name twice");
        }
    }
}
