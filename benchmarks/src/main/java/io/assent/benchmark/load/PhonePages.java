package io.assent.benchmark.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The sandbox's phone pages, which listen to the pushes of one server: one stream a customer. */
public final class PhonePages implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data:";

    private final URI streams;
    private final Pushes pushes;
    private volatile boolean closed;

    public PhonePages(String url, String realm, Pushes pushes) {
        this.streams = URI.create(url + "/realms/" + realm + "/sandbox/pushes");
        this.pushes = pushes;
    }

    /** Returns when all are connected. */
    public void open(int customers) {
        for (int i = 0; i < customers; i++) {
            int customer = i;
            BufferedReader stream = connect(customer);
            Thread reader = new Thread(() -> read(customer, stream), "phone-" + customer);
            reader.setDaemon(true);
            reader.start();
        }
    }

    private BufferedReader connect(int customer) {
        try {
            HttpURLConnection connection = (HttpURLConnection) streams.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection
                    .getOutputStream()
                    .write(("{\"pushToken\":\"" + BankApp.pushToken(customer) + "\"}")
                            .getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(int customer, BufferedReader first) {
        BufferedReader stream = first;
        while (!closed) {
            try (BufferedReader lines = stream) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith(DATA)) {
                        String requestId = JSON.readTree(line.substring(DATA.length()))
                                .required("requestId")
                                .textValue();
                        pushes.arrived(customer, requestId);
                    }
                }
                if (!closed) {
                    // the sandbox gives a page up that is behind, and the page comes again
                    stream = connect(customer);
                }
            } catch (IOException | UncheckedIOException gone) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
