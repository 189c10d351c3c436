package io.assent.push.fcm;

import io.assent.egress.BoundedBody;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request and its whole answer, within limits of time and length. */
final class FcmExchange {

    /** Far more than a token or an error takes, in bytes. */
    static final int MAX_BODY = 256 * 1024;

    private final HttpClient client;
    private final Duration limit;

    FcmExchange(HttpClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    FcmResponse make(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, head -> new BoundedBody(MAX_BODY));
        try {
            return new FcmResponse(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            throw new SocketTimeoutException("no complete answer within " + limit.toMillis() + " ms");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for an answer");
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
