package io.assent.it.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP request as it goes over the wire, of which nothing has been put right.
 *
 * @param kind what is wrong with it, for the counts
 * @param method the method, which may be none
 * @param path the request's target, which may be none
 * @param stockPath what of the stock server is most like that path
 * @param headers the headers in their order; {@code Host}, {@code Content-Length} and {@code Connection} come by
 *     themselves unless they are there
 * @param whole whether the server can know that it has got all
 */
record FuzzInput(
        String kind,
        String method,
        String path,
        String stockPath,
        Map<String, String> headers,
        byte[] body,
        boolean whole) {

    /** The connection was closed without an answer. */
    static final int CLOSED = 0;

    /** No answer came in time. */
    static final int SILENCE = -1;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int IMPATIENCE_MILLIS = 100;

    /** Whether it only reads, or is refused by a page, so that a server may answer it as if it were right. */
    boolean reads() {
        return kind.equals("query") || kind.equals("header") || kind.equals("method") || kind.equals("screen");
    }

    /** The same request, to the stock server's own code. */
    FuzzInput toStockPath() {
        return new FuzzInput(kind, method, stockPath, stockPath, headers, body, whole);
    }

    /** Sends it. @return the status, {@link #CLOSED} or {@link #SILENCE} */
    int send(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(whole ? PATIENCE_MILLIS : IMPATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes(port));
                socket.getOutputStream().flush();
            } catch (IOException refusedBeforeTheEnd) {
                // there may be an answer all the same
            }
            return status(socket.getInputStream());
        } catch (SocketTimeoutException silence) {
            return whole ? SILENCE : CLOSED;
        } catch (IOException closed) {
            return CLOSED;
        }
    }

    private byte[] bytes(int port) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "127.0.0.1:" + port);
        all.put("Connection", "close");
        if (body.length > 0 && !headers.containsKey("Transfer-Encoding")) {
            all.put("Content-Length", String.valueOf(body.length));
        }
        all.putAll(headers);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        bytes.write(body);
        return bytes.toByteArray();
    }

    private static int status(InputStream answer) throws IOException {
        String begin = new String(answer.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
        answer.readAllBytes();
        return begin.matches("HTTP/1\\.[01] [1-5][0-9]{2}") ? Integer.parseInt(begin.substring(9)) : CLOSED;
    }
}
