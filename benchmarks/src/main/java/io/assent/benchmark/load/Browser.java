package io.assent.benchmark.load;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A new browser, with a connection of its own. It keeps cookies, follows the server's redirects, and stops where it is
 * sent away. It loads pages alone: no scripts, styles or pictures.
 */
final class Browser implements AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    private static final String SERVER = "127.0.0.1";

    private final Connection connection;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Browser(int port) throws IOException {
        connection = new Connection(port);
    }

    Page open(String path) throws IOException {
        return follow(connection.send(request("GET", path, Map.of(), "")));
    }

    /** Sends a page's form, with these fields. */
    Page submit(Page page, String fields) throws IOException {
        return follow(connection.send(request(
                "POST",
                path(URI.create(page.attribute("action"))),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                fields)));
    }

    /** Asks as a page's script does. Whenever it is, {@link #answer} is the answer. */
    void ask(String url, Map<String, String> headers) throws IOException {
        connection.ask(request("POST", path(URI.create(url)), headers, ""));
    }

    Reply answer() throws IOException {
        return connection.answer();
    }

    private Page follow(Reply first) throws IOException {
        Reply reply = keepCookies(first);
        for (int redirects = 0; reply.location() != null && redirects < MOST_REDIRECTS; redirects++) {
            URI next = URI.create(reply.location());
            if (!SERVER.equals(next.getHost())) {
                return new Page("", next);
            }
            reply = keepCookies(connection.send(request("GET", path(next), Map.of(), "")));
        }
        return new Page(reply.expect(200, "a page").text(), null);
    }

    private Reply keepCookies(Reply reply) {
        for (String cookie : reply.cookies()) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty()) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return reply;
    }

    private byte[] request(String method, String path, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(headers);
        if (!cookies.isEmpty()) {
            all.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return Connection.request(method, path, all, body);
    }

    private static String path(URI uri) {
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
