package io.assent.account.http;

import io.assent.account.http.AccountsJson.Reading;
import java.io.IOException;
import java.net.URI;
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
 * The bank's endpoint. Each call takes a thread of the server for as long as the time-out at the most, and no more of
 * them than are allowed: the others are told at once that there is no answer.
 */
final class Endpoint {

    /** The longest answer, in bytes. */
    static final int MAX_BYTES = 256 * 1024;

    private final HttpClient http;
    private final Credentials credentials;
    private final Duration timeout;
    private final Semaphore calls;

    /** @throws IOException if the key store can't be used */
    Endpoint(HttpOptions options) throws IOException {
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

    Reading ask(URI address) {
        if (!calls.tryAcquire()) {
            return new Reading.Flaw(
                    "too many calls are under way: it is slow, or %s is too low".formatted(HttpOptions.CALLS));
        }
        try {
            return answer(http.sendAsync(request(address), head -> new BoundedBody(MAX_BYTES)));
        } catch (IOException unusable) {
            return new Reading.Flaw("%s can't be used: put a bearer token there that the server's user may read"
                    .formatted(HttpOptions.BEARER_TOKEN_FILE));
        } finally {
            calls.release();
        }
    }

    private HttpRequest request(URI address) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "application/json");
        credentials.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request.build();
    }

    /** The client's own time-out ends with the head of an answer, and a body may trickle for ever. */
    private Reading answer(CompletableFuture<HttpResponse<byte[]>> call) {
        try {
            return read(call.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            return new Reading.Flaw("there was no whole answer within %d ms".formatted(timeout.toMillis()));
        } catch (ExecutionException failed) {
            return new Reading.Flaw(
                    failed.getCause() instanceof BoundedBody.TooLong
                            ? "the answer is longer than " + MAX_BYTES + " bytes"
                            : "it can't be reached ("
                                    + failed.getCause().getClass().getSimpleName() + ")");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Reading.Flaw("the server stops");
        } finally {
            call.cancel(true);
        }
    }

    private static Reading read(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            return new Reading.Flaw("it answers with status " + response.statusCode() + " instead of 200");
        }
        boolean isJson = response.headers()
                .firstValue("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter("application/json"::equals)
                .isPresent();
        return isJson
                ? AccountsJson.read(response.body())
                : new Reading.Flaw("the answer's content type is not application/json");
    }
}
