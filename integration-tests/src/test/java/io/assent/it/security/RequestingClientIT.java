package io.assent.it.security;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks, as the customer sees it: by a name that deceives nobody, and without a call to the client's server. */
class RequestingClientIT {

    private static final String LEGAL_ENTITY = "consent.legal-entity";
    private static final byte[] PNG = Arrays.copyOf(
            new byte[] {
                (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 48, 0, 0, 0, 48
            },
            100);

    private final Realm bank = Servers.bank();
    private final Admin admin = bank.admin();
    private final Customer customer = bank.newCustomer();
    private final List<Headers> calls = new CopyOnWriteArrayList<>();
    private HttpServer tppsServer;

    @BeforeEach
    void startTheTppsServer() throws IOException {
        tppsServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/logo.png", 200, "text/html", PNG);
        serve("/huge.png", 200, "image/png", Arrays.copyOf(PNG, 70_000));
        serve("/logo.svg", 200, "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes());
        serve("/moved.png", 302, "image/png", PNG);
        serve("/gone.png", 404, "image/png", PNG);
        tppsServer.start();
    }

    @AfterEach
    void stop() {
        tppsServer.stop(0);
    }

    @Test
    void theServerFetchesALogoOnceAndNoCustomersBrowserOrAppCallsTheTpp() throws Exception {
        Tpp tpp = tpp(client -> client.withObjectProperty("attributes").put("logoUri", remote("/logo.png")));
        WebPage page = new WebClient(bank).open(new CodeFlow(tpp, CodeFlow.BACK, BALANCES), customer);
        String logo = customer.app().onlyPending().get("client").get("logoUri").asText();

        assertThat(page.html().select("img[src]").eachAttr("src")).containsExactly(logo);
        assertThat(page.body()).doesNotContain("/logo.png");
        assertThat(logo).startsWith(bank.uri("/client-logos/").toString());
        assertThat(calls).isEmpty();
        for (int time = 0; time < 2; time++) {
            HttpResponse<byte[]> response =
                    Http.client().send(Http.request(URI.create(logo)).build(), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(PNG);
            assertThat(response.headers().map())
                    .containsEntry("content-type", List.of("image/png"))
                    .containsEntry("x-content-type-options", List.of("nosniff"));
        }
        assertThat(calls).singleElement().satisfies(headers -> assertThat(headers.keySet())
                .doesNotContain("Cookie", "Authorization", "Referer", "Accept-language"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/huge.png", "/logo.svg", "/moved.png", "/gone.png"})
    void whatIsNoSmallPictureAtItsAddressIsNotServed(String path) {
        Tpp tpp = tpp(client -> client.withObjectProperty("attributes").put("logoUri", remote(path)));

        assertThat(logo(tpp).status()).isEqualTo(404);
        assertThat(logo(tpp).status()).isEqualTo(404);

        assertThat(calls).as("asked for again within minutes").hasSize(1);
    }

    @Test
    void aLogoLeadsTheServerNowhereInside() {
        Tpp tpp =
                tpp(client -> client.withObjectProperty("attributes").put("logoUri", "https://169.254.169.254/latest"));

        assertThat(logo(tpp).status()).isEqualTo(404);

        assertThat(bank.server().said())
                .contains(
                        "The logo of client '" + tpp.clientId() + "' of realm 'bank' is not shown: the logo URL is at a"
                                + " host inside. If that is meant, name the host in --spi-");
    }

    @Test
    void aClientWithoutALogoAndWhatIsNoClientHaveNone() {
        Tpp tpp = tpp(client -> client.withObjectProperty("attributes").remove("logoUri"));

        assertThat(logo(tpp).status()).isEqualTo(404);
        assertThat(Http.send(Http.request(bank.uri("/client-logos/" + UUID.randomUUID())))
                        .status())
                .isEqualTo(404);
        String shown = admin.client(bank.name(), ACME).get("id").asText();
        assertThat(Http.send(Http.request(bank.uri("/client-logos/" + shown))).status())
                .isEqualTo(200);
        assertThat(Http.send(Http.request(bank.server().realm(Servers.OTHER).uri("/client-logos/" + shown)))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "Example Bank,a reserved name",
        "The ExampIe-Bank App,a reserved name",
        "<b>Acme</b>,markup",
        "Acme \u202e kcabyaP,characters",
        "${doLogIn},a message key",
        "Ex\u0430mple,two alphabets"
    })
    void aNameThatWouldDeceiveIsNotShownAndTheAdminIsTold(String name, String why) {
        Tpp tpp = tpp(client -> client.put("name", name));
        WebPage page = new WebClient(bank).open(new CodeFlow(tpp, CodeFlow.BACK, BALANCES), customer);

        assertThat(customer.app().onlyPending().get("client").get("name").asText())
                .isEqualTo(tpp.clientId());
        assertThat(page.html().title()).contains(tpp.clientId());
        assertThat(page.html().text())
                .contains(tpp.clientId() + " asks for your permission")
                .doesNotContain(name + " asks");
        assertThat(bank.server().said().lines().filter(line -> line.contains("'" + tpp.clientId() + "'")))
                .singleElement()
                .asString()
                .contains("is not shown to customers by its name", why);
    }

    @Test
    void whoTheStaffKnowItToBeIsShownBesideItsNameAndInPlaceOfABadOne() {
        Tpp tpp = tpp(client -> client.put("name", "Acme Budget")
                .withObjectProperty("attributes")
                .put(LEGAL_ENTITY, "Acme & Söhne GmbH"));
        WebPage page = new WebClient(bank).open(new CodeFlow(tpp, CodeFlow.BACK, BALANCES), customer);

        assertThat(page.html().text())
                .contains("Acme Budget asks for your permission", "Checked by us: this is Acme & Söhne GmbH.");
        JsonNode client = customer.app().onlyPending().get("client");
        assertThat(client.get("name").asText()).isEqualTo("Acme Budget");
        assertThat(client.get("legalEntity").asText()).isEqualTo("Acme & Söhne GmbH");

        admin.updateClient(bank.name(), tpp.clientId(), changed -> changed.put("name", "Example Bank"));
        assertThat(customer.app().onlyPending().get("client").get("name").asText())
                .isEqualTo("Acme & Söhne GmbH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LEGAL_ENTITY,
                "authorization_details_types",
                "assent.login-hint-token.issuer",
                "assent.login-hint-token.jwks-url",
                "consent.some-setting-to-come"
            })
    void noClientWritesItselfWhatTheBanksStaffSet(String attribute) {
        String token = admin.initialAccessToken(bank.name());
        ObjectNode client = Http.object().put("clientId", "self-" + UUID.randomUUID());
        URI registrations = bank.uri("/clients-registrations/default");
        client.withObjectProperty("attributes").put(attribute, "Example Bank plc");
        assertThat(call("POST", registrations, token, client).status()).isEqualTo(403);

        client.withObjectProperty("attributes").remove(attribute);
        Answer made = call("POST", registrations, token, client);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        URI own = bank.uri(
                "/clients-registrations/default/" + client.get("clientId").asText());
        client.withObjectProperty("attributes").put(attribute, "Example Bank plc");
        assertThat(call("PUT", own, made.text("registrationAccessToken"), client)
                        .status())
                .isEqualTo(403);
        assertThat(value(client, attribute)).isEmpty();

        admin.updateClient(
                bank.name(), client.get("clientId").asText(), changed -> changed.withObjectProperty("attributes")
                        .put(attribute, "Acme plc"));
        client.withObjectProperty("attributes").put(attribute, "");
        assertThat(call("PUT", own, made.text("registrationAccessToken"), client)
                        .status())
                .isEqualTo(403);
        assertThat(value(client, attribute)).isEqualTo("Acme plc");
        // what it reads of itself it may send back
        client.withObjectProperty("attributes").put(attribute, "Acme plc");
        assertThat(call("PUT", own, made.text("registrationAccessToken"), client)
                        .status())
                .isEqualTo(200);
        assertThat(value(client, attribute)).isEqualTo("Acme plc");
        admin.removeClient(bank.name(), client.get("clientId").asText());
    }

    @Test
    void aClientWritesItselfWhereItIsToldOfEnds() {
        ObjectNode client = Http.object().put("clientId", "self-" + UUID.randomUUID());
        client.withObjectProperty("attributes").put("consent.security-event-url", "https://acme.example/ends");

        Answer made =
                call("POST", bank.uri("/clients-registrations/default"), admin.initialAccessToken(bank.name()), client);

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(value(client, "consent.security-event-url")).isEqualTo("https://acme.example/ends");
        admin.removeClient(bank.name(), client.get("clientId").asText());
    }

    private String value(JsonNode client, String attribute) {
        return admin.client(bank.name(), client.get("clientId").asText())
                .path("attributes")
                .path(attribute)
                .asText();
    }

    private static Answer call(String method, URI uri, String token, ObjectNode body) {
        return Http.send(Http.json(uri, method, body.toString()).header("Authorization", "Bearer " + token));
    }

    private Tpp tpp(Consumer<ObjectNode> change) {
        return bank.newTpp(ACME, change);
    }

    private Answer logo(Tpp tpp) {
        return Http.send(Http.request(bank.uri("/client-logos/"
                + admin.client(bank.name(), tpp.clientId()).get("id").asText())));
    }

    private String remote(String path) {
        return "http://localhost:" + tppsServer.getAddress().getPort() + path;
    }

    private void serve(String path, int status, String type, byte[] content) {
        tppsServer.createContext(path, exchange -> {
            calls.add(exchange.getRequestHeaders());
            answer(exchange, status, type, content);
        });
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.getResponseHeaders().add("Location", "/logo.png");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }
}
