package io.assent.identity.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import io.assent.bank.Endpoint;
import io.assent.bank.EndpointOptions;
import io.assent.fake.http.VendorServer;
import io.assent.identity.UnavailableIdentityException;
import io.assent.identity.VerifiedIdentity;
import io.assent.server.Options;
import io.assent.server.ProviderOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.util.JsonSerialization;

@Timeout(30)
class IdentityEndpointTest {

    private static final String AML =
            "{'verification':{'trust_framework':'de_aml','time':'2024-03-01T10:00:00Z'},'claims':{'nationality':'DE'}}";

    private final VendorServer server = new VendorServer(0);
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path files;

    @AfterEach
    void close() {
        server.close();
    }

    private void answering(HttpHandler answer) {
        server.handle("/", exchange -> {
            requests.add(exchange.getRequestMethod()
                    + ' '
                    + exchange.getRequestURI()
                    + ' '
                    + exchange.getRequestHeaders().getFirst("Authorization")
                    + ' '
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer.handle(exchange);
        });
        server.up();
    }

    private void answering(int status, String contentType, String body) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        answering(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private void answering(String body) {
        answering(200, "application/json", body);
    }

    private static Optional<IdentityEndpoint> read(Map<String, String> options) {
        return IdentityEndpoint.read(
                new ProviderOptions("verified-identity-source", "http", new Options(new HashMap<>(options))));
    }

    private IdentityEndpoint endpoint(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put(EndpointOptions.ADDRESS, server.uri() + "/verified");
        return read(options).orElseThrow();
    }

    private List<VerifiedIdentity> ask(Map<String, String> more) throws UnavailableIdentityException {
        return endpoint(more).ask("bank", Optional.of("customer-1"));
    }

    /** What the operator is told; nothing of the customer, and nothing of the answer. */
    private void assertUnavailable(String why) {
        assertUnavailable(why, Map.of());
    }

    private void assertUnavailable(String why, Map<String, String> more) {
        assertThatExceptionOfType(UnavailableIdentityException.class)
                .isThrownBy(() -> ask(more))
                .withMessageContaining(why)
                .withMessageContaining("--spi-verified-identity-source--http--address")
                .satisfies(said -> assertThat(said.getMessage()).doesNotContain("customer-1", "de_aml", "nationality"));
    }

    @Test
    void whatTheBankVerifiedIsToldAndTheCustomerIsNamedInNoAddress() throws Exception {
        Path token = Files.writeString(files.resolve("token"), "s3cret\n");
        answering(200, "application/json; charset=utf-8", "{'identities':[" + AML + "],'more':1}");

        List<VerifiedIdentity> told = ask(Map.of(EndpointOptions.BEARER_TOKEN_FILE, token.toString()));

        assertThat(told).hasSize(1);
        assertThat(told.get(0).verification().path("trust_framework").asText()).isEqualTo("de_aml");
        assertThat(told.get(0).claims().path("nationality").asText()).isEqualTo("DE");
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0)).startsWith("POST /verified Bearer s3cret {");
        JsonNode sent = JsonSerialization.mapper.readTree(
                requests.get(0).substring(requests.get(0).indexOf('{')));
        assertThat(sent.path("realm").asText()).isEqualTo("bank");
        assertThat(sent.path("customer").asText()).isEqualTo("customer-1");
        assertThat(sent.size()).isEqualTo(2);
    }

    @Test
    void ofWhomNothingWasVerifiedNothingIsTold() throws UnavailableIdentityException {
        answering("{'identities':[]}");

        assertThat(ask(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 204, 401, 404, 500, 503})
    void anotherStatusIsNoAnswerAndNoRedirectIsFollowed(int status) {
        answering(status, "application/json", "");

        assertUnavailable("status " + status);
        assertThat(requests).hasSize(1);
    }

    @Test
    void anotherContentTypeIsNoAnswer() {
        answering(200, "text/html", "{'identities':[]}");

        assertUnavailable("content type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{'identities':{}}",
                "{'identities':[null]}",
                "{'identities':[{'claims':{}}]}",
                "{'identities':[{'verification':{'trust_framework':'de_aml'}}]}",
                "{'identities':[{'verification':{'trust_framework':1},'claims':{}}]}",
                "{'identities':[{'verification':{'trust_framework':' '},'claims':{}}]}",
                "{'identities':[{'verification':{'trust_framework':'de_aml'},'claims':[]}]}",
                "{'identities':[" + AML + "," + AML + "]}",
                "{'identities':[" + AML + "],'identities':[]}",
                "{'identities':[" + AML + "]} {}",
                "{'identities':[" + AML,
            })
    void anAnswerThatIsNotRightAsAWholeIsNone(String body) {
        answering(body);

        assertUnavailable("The source 'http' has no answer: ");
    }

    @Test
    void moreIdentitiesThanThereCanBeAreNoAnswer() {
        answering(IntStream.rangeClosed(0, IdentitiesJson.MOST)
                .mapToObj(at -> AML.replace("de_aml", "framework-" + at))
                .collect(Collectors.joining(",", "{'identities':[", "]}")));

        assertUnavailable("more than 20");
    }

    @Test
    void anAnswerThatIsTooLongIsNotReadToItsEnd() {
        answering("{'identities':[], 'x': '" + "x".repeat(Endpoint.MAX_BYTES) + "'}");

        assertUnavailable("longer than");
    }

    @Test
    void anAnswerThatTricklesIsCutOffInTime() {
        CountDownLatch over = new CountDownLatch(1);
        answering(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(over);
        });
        long start = System.nanoTime();

        assertUnavailable("no whole answer within 300 ms", Map.of(EndpointOptions.TIMEOUT, "300"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        over.countDown();
    }

    @Test
    void anEndpointThatIsDownIsNoAnswer() {
        answering("{'identities':[]}");
        server.down();

        assertUnavailable("ConnectException");
    }

    @Test
    void whoHasNoIdAtTheBankIsNotAskedFor() {
        answering("{'identities':[]}");

        assertThatExceptionOfType(UnavailableIdentityException.class)
                .isThrownBy(() -> endpoint(Map.of()).ask("bank", Optional.empty()))
                .withMessageContaining("customer-attribute");
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kyc.bank.example",
                "http://kyc.bank.example/verified",
                "ftp://127.0.0.1/verified",
                "https://user:secret@kyc.bank.example/verified",
                "https://kyc.bank.example/verified#part",
                "https://kyc bank/",
            })
    void anAddressThatIsNoneIsRefusedAtTheStart(String address) throws IOException {
        String token = Files.writeString(files.resolve("token"), "s3cret").toString();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> read(Map.of(EndpointOptions.ADDRESS, address, EndpointOptions.BEARER_TOKEN_FILE, token)))
                .withMessageContaining("address");
    }

    @Test
    void anotherMachineHasToKnowWhoAsks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Map.of(EndpointOptions.ADDRESS, "https://kyc.bank.example/verified")))
                .withMessageContaining("bearer-token-file");
        assertThat(read(Map.of())).isEmpty();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
