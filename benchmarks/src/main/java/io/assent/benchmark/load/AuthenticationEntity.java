package io.assent.benchmark.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a bank has to write to use the stock HTTP channel, in its cheapest form: it accepts every request at once and
 * keeps the bearer token that the callback takes. Lean on purpose, in favour of the stock channel.
 */
public final class AuthenticationEntity implements AutoCloseable {

    private static final byte[] ACCEPTED =
            "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern REFERENCE = Pattern.compile("\"binding_message\":\"([^\"]+)\"");

    private final ServerSocket server;
    private final Map<String, String> bearerTokens = new ConcurrentHashMap<>();

    public AuthenticationEntity() {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("entity", this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    /** The bearer token that came with a request. */
    public String bearerToken(Asked asked) {
        String token = bearerTokens.remove(asked.reference());
        if (token == null) {
            throw new UnexpectedReply("the authentication entity was not told of a request that was accepted");
        }
        return token;
    }

    public void forget() {
        bearerTokens.clear();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                daemon("entity-connection", () -> serve(socket));
            }
        } catch (IOException closed) {
            // nobody is answered any more
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024)) {
            for (String line = line(in); line != null; line = line(in)) {
                int length = 0;
                String bearerToken = "";
                for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
                    String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
                    if (name.equals("content-length")) {
                        length = Integer.parseInt(
                                header.substring(name.length() + 1).trim());
                    } else if (name.equals("authorization")) {
                        bearerToken = header.substring(header.lastIndexOf(' ') + 1);
                    }
                }
                Matcher reference = REFERENCE.matcher(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                if (reference.find()) {
                    bearerTokens.put(reference.group(1), bearerToken);
                }
                socket.getOutputStream().write(ACCEPTED);
            }
        } catch (IOException gone) {
            // the server opens another connection if it needs one
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
