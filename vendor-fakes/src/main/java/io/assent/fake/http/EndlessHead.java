package io.assent.fake.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server whose answers do not come to their body: it sends headers as fast as they are taken. */
public final class EndlessHead implements AutoCloseable {

    /** Where it gives up, so that a caller who takes all does not die of it. */
    public static final int END = 48 * 1024 * 1024;

    private static final String WORDS = "x".repeat(1_000);

    private final ServerSocket server;
    private final String start;
    private final byte[] more;
    private final BlockingQueue<Integer> calls = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private EndlessHead(String start, String more) {
        this.start = start;
        this.more = more.getBytes(StandardCharsets.US_ASCII);
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** One header after the other. */
    public static EndlessHead ofLines() {
        return new EndlessHead("HTTP/1.1 200 OK\r\n", "A: " + WORDS + "\r\n");
    }

    /** One header that goes on and on. */
    public static EndlessHead ofOneLine() {
        return new EndlessHead("HTTP/1.1 200 OK\r\nA: ", WORDS);
    }

    /** A first line that goes on and on. */
    public static EndlessHead ofStatus() {
        return new EndlessHead("HTTP/1.1 200 ", WORDS);
    }

    /** A whole answer with headers behind its body that go on and on. */
    public static EndlessHead behindTheBody() {
        return new EndlessHead("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "A: " + WORDS + "\r\n");
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    /** How many bytes the next caller let it send, once that is over. Some are on the way and were never read. */
    public int next(Duration limit) throws InterruptedException {
        Integer sent = calls.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (sent == null) {
            throw new AssertionError("no call was over within " + limit);
        }
        return sent;
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
        int sent = 0;
        try (socket) {
            if (socket.getInputStream().read() < 0) {
                return;
            }
            OutputStream out = socket.getOutputStream();
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            while (sent < END) {
                out.write(more);
                sent += more.length;
            }
        } catch (IOException gone) {
            // the caller has given up
        }
        calls.add(sent);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
