package io.assent.sample.tpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.ciba.AuthRequestID;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotificationsTest {

    private static final AuthRequestID ASKED = new AuthRequestID("asked");
    private static final int SOON_MILLIS = 5_000;

    private final int port = free();
    private final Notifications pings = open(port);

    private static int free() {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Notifications open(int port) {
        try {
            return new Notifications(port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        pings.close();
    }

    private int ping(String authorization, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ping"))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private String ours() {
        return pings.token().toAuthorizationHeader();
    }

    @Test
    void aPingThatComesBeforeItIsWaitedForIsHeard() throws Exception {
        assertThat(ping(ours(), "{\"auth_req_id\":\"another\"}")).isEqualTo(204);
        assertThat(ping(ours(), "{\"auth_req_id\":\"asked\"}")).isEqualTo(204);

        assertThat(pings.await(ASKED, 1)).isTrue();
    }

    @Test
    void aStrangersPingIsNone() throws Exception {
        assertThat(ping("Bearer x", "{\"auth_req_id\":\"asked\"}")).isEqualTo(401);
        assertThat(ping("Basic x", "{\"auth_req_id\":\"asked\"}")).isEqualTo(401);

        assertThat(pings.await(ASKED, 1)).isFalse();
    }

    @Test
    void whatIsNoPingIsRefused() throws Exception {
        assertThat(ping(ours(), "x")).isEqualTo(400);
        assertThat(ping(ours(), "{\"auth_req_id\":\"asked\",\"more\":\"%s\"}".formatted("x".repeat(4_096))))
                .isEqualTo(413);
        assertThat(pings.await(ASKED, 1)).isFalse();
    }

    @Test
    void aStrangersBodyIsNotWaitedFor() throws Exception {
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int count = 0; count < 3; count++) {
                Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port);
                strangers.add(stranger);
                stranger.setSoTimeout(SOON_MILLIS);
                stranger.getOutputStream()
                        .write("POST /ping HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nx"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new BufferedReader(
                                        new InputStreamReader(stranger.getInputStream(), StandardCharsets.US_ASCII))
                                .readLine())
                        .startsWith("HTTP/1.1 401");
            }
            assertThat(ping(ours(), "{\"auth_req_id\":\"asked\"}")).isEqualTo(204);
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
    }
}
