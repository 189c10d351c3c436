package io.assent.sandbox.journey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The pushes to one phone, or the pings to one TPP, as the sandbox streams them. */
final class PushStream implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data:";

    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private final InputStream stream;
    private final Transcript transcript;

    PushStream(InputStream stream, Transcript transcript) {
        this.stream = stream;
        this.transcript = transcript;
        Thread reader = new Thread(this::read, "pushes");
        reader.setDaemon(true);
        reader.start();
    }

    /** The id of the request that the next push names. */
    String await(Duration timeout) throws InterruptedException {
        return next("push", timeout, "/type", "/requestId", "/title").text("requestId");
    }

    void awaitPing(Duration timeout) throws InterruptedException {
        next("ping", timeout, "/auth_req_id").text("auth_req_id");
    }

    private Answer next(String kind, Duration timeout, String... shown) throws InterruptedException {
        String text = arrived.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (text == null) {
            throw new JourneyException("no " + kind + " arrived within " + timeout.toSeconds() + " s");
        }
        JsonNode message = parse(text);
        transcript.arrived(kind, message, new LinkedHashSet<>(List.of(shown)));
        return new Answer(200, message);
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing is read from it any more, so nothing is lost.
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    arrived.add(line.substring(DATA.length()).trim());
                }
            }
        } catch (IOException e) {
            // The stream was closed, here or there: whoever waits for a push finds that none arrives.
        }
    }

    private static JsonNode parse(String push) {
        try {
            return JSON.readTree(push);
        } catch (JsonProcessingException e) {
            throw new JourneyException("what arrived is no JSON", e);
        }
    }
}
