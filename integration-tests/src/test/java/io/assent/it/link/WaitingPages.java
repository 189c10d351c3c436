package io.assent.it.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Many pages that wait, on one thread and a connection each. As a page does, each asks again when it is answered, with
 * what it was told.
 */
final class WaitingPages implements AutoCloseable {

    private static final Pattern LINK = Pattern.compile("\"link\":\"([^\"]+)\"");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    /** When a page that was refused asks again. */
    private static final Duration LATER = Duration.ofSeconds(1);

    private static final int LARGEST_ANSWER = 64 * 1024;

    private final Selector selector;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Later> later = new ArrayDeque<>();
    private final Thread thread;

    private WaitingPages(Selector selector) {
        this.selector = selector;
        thread = new Thread(this::read, "waiting-pages");
    }

    /** Opens a page for each link, with what it shows. */
    static WaitingPages open(URI waits, List<OpenLink> links) {
        try {
            WaitingPages pages = new WaitingPages(Selector.open());
            for (OpenLink link : links) {
                new Page(waits, link).connect(pages.selector);
            }
            pages.thread.start();
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many answers came. */
    int answered() {
        return answered.get();
    }

    /** How many of them were no 200. */
    int refused() {
        return refused.get();
    }

    private void read() {
        try {
            while (selector.isOpen()) {
                selector.select(LATER.toMillis());
                if (!selector.isOpen()) {
                    return;
                }
                askAgain();
                for (SelectionKey key : selector.selectedKeys()) {
                    Page page = (Page) key.attachment();
                    answer(page).ifPresent(answer -> {
                        answered.incrementAndGet();
                        if (answer.startsWith("HTTP/1.1 200")) {
                            page.learn(answer);
                        } else {
                            refused.incrementAndGet();
                            later.add(new Later(page, Instant.now().plus(LATER)));
                        }
                    });
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedChannelException | ClosedSelectorException gone) {
            // the pages went
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A browser whose connection the server closes opens another one. */
    private Optional<String> answer(Page page) throws IOException {
        Optional<Optional<String>> answer = page.answer();
        if (answer.isEmpty()) {
            page.channel.close();
            page.connect(selector);
        }
        return answer.flatMap(text -> text);
    }

    private void askAgain() throws IOException {
        while (!later.isEmpty() && later.peek().at().isBefore(Instant.now())) {
            later.remove().page().ask();
        }
    }

    /** The pages go, without a word. */
    @Override
    public void close() {
        try {
            for (SelectionKey key : List.copyOf(selector.keys())) {
                key.channel().close();
            }
            selector.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Later(Page page, Instant at) {}

    private static final class Page {

        private final URI waits;
        private final OpenLink link;
        private SocketChannel channel;
        private String shown;
        private ByteBuffer read = ByteBuffer.allocate(1024);

        Page(URI waits, OpenLink link) {
            this.waits = waits;
            this.link = link;
            this.shown = link.url();
        }

        /** Opens a connection, and asks. */
        void connect(Selector selector) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(waits.getHost(), waits.getPort()));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
            read = ByteBuffer.allocate(1024);
            ask();
        }

        void ask() throws IOException {
            String headers = link.question("open", Optional.of(shown)).entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                    .collect(Collectors.joining());
            ByteBuffer request =
                    ByteBuffer.wrap(("POST " + waits.getPath() + " HTTP/1.1\r\nHost: " + waits.getAuthority()
                                    + "\r\nCookie: ASSENT_BROWSER=" + link.cookie()
                                    + "\r\n" + headers + "Content-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        /** @return the answer, once it is whole; empty where the server closed the connection */
        Optional<Optional<String>> answer() throws IOException {
            if (read.remaining() < 1024) {
                read = ByteBuffer.allocate(LARGEST_ANSWER).put(read.flip());
            }
            if (channel.read(read) < 0) {
                return Optional.empty();
            }
            String text = new String(read.array(), 0, read.position(), StandardCharsets.UTF_8);
            int head = text.indexOf("\r\n\r\n");
            Matcher length = LENGTH.matcher(text);
            if (head < 0 || !length.find() || read.position() < head + 4 + Integer.parseInt(length.group(1))) {
                return Optional.of(Optional.empty());
            }
            read = ByteBuffer.allocate(1024);
            return Optional.of(Optional.of(text));
        }

        void learn(String answer) {
            Matcher other = LINK.matcher(answer);
            if (other.find()) {
                shown = other.group(1);
            }
            try {
                ask();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
