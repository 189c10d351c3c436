package io.assent.testing.actor;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.http.Http;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The sandbox's phone while it listens for pushes. */
public final class PushStream implements AutoCloseable {

    private final BlockingQueue<JsonNode> pushes = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;

    private PushStream(HttpResponse<Stream<String>> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "push-stream");
        reader.setDaemon(true);
        reader.start();
    }

    /** Listens for the pushes to a push token; returns when the server has the stream open. */
    public static PushStream open(Realm realm, String pushToken) {
        CompletableFuture<HttpResponse<Stream<String>>> response = Http.client()
                .sendAsync(
                        Http.json(
                                        realm.uri("/sandbox/pushes"),
                                        "POST",
                                        Http.object()
                                                .put("pushToken", pushToken)
                                                .toString())
                                .header("Accept", "text/event-stream")
                                .build(),
                        BodyHandlers.ofLines());
        HttpResponse<Stream<String>> opened =
                response.orTimeout(60, TimeUnit.SECONDS).join();
        if (opened.statusCode() != 200) {
            throw new AssertionError("no push stream: " + opened.statusCode());
        }
        return new PushStream(opened);
    }

    /** The next push, which must come soon. */
    public JsonNode next() {
        JsonNode push = poll(Duration.ofSeconds(60));
        if (push == null) {
            throw new AssertionError("no push came");
        }
        return push;
    }

    /** The next push if one comes in time, or {@code null}. */
    public JsonNode poll(Duration limit) {
        try {
            return pushes.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        response.body().close();
    }

    private void read() {
        try {
            response.body()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()))
                    .filter(data -> data.contains("\"type\""))
                    .map(Http::parse)
                    .forEach(pushes::add);
        } catch (RuntimeException closed) {
            // the test is over, or the server is
        }
    }
}
