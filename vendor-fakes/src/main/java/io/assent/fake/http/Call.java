package io.assent.fake.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** One call to a fake vendor, to be answered in one way or another. */
public final class Call {

    private final HttpExchange exchange;
    private final Supplier<Answer> usual;
    private final Runnable first;

    public Call(HttpExchange exchange, Supplier<Answer> usual) {
        this(exchange, usual, () -> {});
    }

    /** @param first what is done before the caller hears anything */
    public Call(HttpExchange exchange, Supplier<Answer> usual, Runnable first) {
        this.exchange = exchange;
        this.usual = usual;
        this.first = first;
    }

    /** Does what the vendor would do, and returns what it would answer. */
    public Answer usual() {
        return usual.get();
    }

    public void answer(Answer answer) throws IOException {
        byte[] body = head(answer);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Promises the whole answer, sends half of it, and closes the connection. */
    void cutOff(Answer answer) throws IOException {
        byte[] body = head(answer);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    /** Closes the connection without a word. */
    public void hangUp() {
        first.run();
        exchange.close();
    }

    private byte[] head(Answer answer) throws IOException {
        first.run();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length);
        return body;
    }
}
