package io.assent.testing.actor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A client notification endpoint that begins to answer at once and does not come to an end: one byte of a header now
 * and then, so that no time-out for silence ever strikes.
 */
public final class TricklingReceiver implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ServerSocket server;

    public TricklingReceiver() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/ciba/ping");
    }

    /** The next call, which must come in time. */
    public Visit next(Duration limit) {
        try {
            Visit visit = visits.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (visit == null) {
                throw new AssertionError("no ping came within " + limit);
            }
            return visit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void answer(Socket socket) {
        Instant start = Instant.now();
        Visit visit = new Visit(new CompletableFuture<>());
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            in.read();
            visits.add(visit);
            out.write("HTTP/1.1 204 No Content\r\nTrickle: ".getBytes(StandardCharsets.US_ASCII));
            while (Instant.now().isBefore(start.plus(LONGEST))
                    && !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                out.write('.');
                out.flush();
            }
        } catch (IOException gone) {
            // the caller has given up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            visit.lasted().complete(Duration.between(start, Instant.now()));
        }
    }

    /**
     * One call that came in.
     *
     * @param lasted how long the caller put up with it; known when it is over
     */
    public record Visit(CompletableFuture<Duration> lasted) {}
}
