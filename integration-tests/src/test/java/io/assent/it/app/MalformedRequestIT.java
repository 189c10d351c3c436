package io.assent.it.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What no app sends, to every path of the API and with every method: bodies of every type, with and without a token,
 * and what is longer than anything that is read. The API answers each with a problem of its own, and never with a 5xx.
 */
class MalformedRequestIT {

    private static final String BALANCES = "accounts.balances";

    /** The parser that the server uses for forms fails over each of them. */
    private static final List<Body> BROKEN_FORMS = List.of(
            new Body("multipart/form-data; boundary=x", "x"),
            new Body("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb"),
            new Body("application/x-www-form-urlencoded", "a=%"),
            new Body("application/x-www-form-urlencoded", "a=%zz&b"),
            new Body("application/x-www-form-urlencoded; charset=no-such-charset", "a=%"),
            new Body("APPLICATION/X-WWW-FORM-URLENCODED", "%="),
            new Body("application/x-www-form-urlencoded", "a=1&".repeat(1_001)));

    private static final List<Body> OTHERS = List.of(
            new Body(null, ""),
            new Body("application/json", "{}"),
            new Body("application/json; charset=no-such-charset", "{}"),
            new Body("multipart/form-data", "x"),
            new Body("multipart/form-data; boundary=x", "--x--\r\n"),
            new Body("multipart/*", "x"),
            new Body("multipart/mixed; boundary=x", "x"),
            new Body("application/x-www-form-urlencoded", "decision=deny"),
            new Body("text/plain; charset=no-such-charset", "a"),
            new Body("*/*", "x"),
            new Body("a/b;;;", "x"),
            new Body("garbage", "x"));

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp("acme-aisp");
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final BankApp stranger = new BankApp(bank, null);

    @TestFactory
    Stream<DynamicTest> aFormThatTheServerCantReadIsNoJson() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        return BROKEN_FORMS.stream()
                .map(body -> dynamicTest(body.toString(), () -> {
                    for (Answer answer : List.of(
                            call(app, "PUT", "/requests/" + id + "/decision", body),
                            call(app, "PUT", "/devices/" + UUID.randomUUID(), body))) {
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(415);
                        assertThat(answer.problem()).isEqualTo("unsupported-media-type");
                        assertIsProblem(answer);
                    }
                    Answer unknown = call(stranger, "PUT", "/requests/" + id + "/decision", body);
                    assertThat(unknown.status()).as(unknown.toString()).isEqualTo(401);
                    assertIsProblem(unknown);
                    assertThat(app.request(id).text("status")).isEqualTo("pending");
                }));
    }

    @TestFactory
    Stream<DynamicTest> noBodyOnAnyPathWithAnyMethodBreaksTheServer() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        List<String> paths = List.of(
                "/requests",
                "/requests/" + id,
                "/requests/" + id + "/decision",
                "/devices",
                "/devices/" + UUID.randomUUID(),
                "/openapi.json",
                "/nowhere",
                "");
        List<BankApp> callers = List.of(app, stranger, new BankApp(bank, "x"));
        return Stream.of("GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "OTHER")
                .map(method -> dynamicTest(method, () -> {
                    for (String path : paths) {
                        for (Body body : all()) {
                            for (BankApp caller : callers) {
                                Answer answer = call(caller, method, path, body);
                                assertThat(answer.status())
                                        .as("%s with %s", answer, body)
                                        .isLessThan(500);
                                if (answer.status() >= 400 && !method.equals("HEAD")) {
                                    assertIsProblem(answer);
                                }
                            }
                        }
                    }
                    assertThat(app.request(id).text("status")).isEqualTo("pending");
                }));
    }

    @Test
    void aFormInPartsIsNoAnswerToTheScreen() {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
        WebClient browser = new WebClient(bank);
        URI screen = browser.open(flow, customer).uri();
        String value = "--x\r\nContent-Disposition: form-data; name=\"permission\"%s\r\n\r\n" + BALANCES + "\r\n";
        String decision = "--x\r\nContent-Disposition: form-data; name=\"decision\"\r\n\r\n%s\r\n--x--\r\n";

        for (String file : List.of("; filename=\"f\"", "; filename=\"\"", "")) {
            WebPage page = browser.open(screen);
            Answer answer = Http.send(Http.request(page.action())
                    .header("Cookie", browser.cookies(page.action()))
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(BodyPublishers.ofString(value.formatted(file) + decision.formatted("perhaps"))));
            assertThat(answer.status()).as(answer.toString()).isLessThan(500);
        }

        assertThat(browser.open(screen).asks()).isTrue();
        assertThat(bank.admin().consents(bank.name(), customer.id())).isEmpty();
    }

    @Test
    void aFormInPartsIsNoRequestOfATpp() {
        for (String file : List.of("; filename=\"f\"", "")) {
            Answer answer = Http.send(Http.request(bank.uri("/protocol/openid-connect/ext/ciba/auth"))
                    .header("Authorization", Http.basic(acme.clientId(), acme.secret()))
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(BodyPublishers.ofString("--x\r\nContent-Disposition: form-data; name=\"scope\"" + file
                            + "\r\n\r\nopenid\r\n--x--\r\n")));
            assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
            assertThat(answer.error()).isEqualTo("invalid_request");
        }
    }

    @Test
    void moreThanTheScreenOffersIsNoAnswer() {
        WebClient browser = new WebClient(bank);
        WebPage page = browser.open(new CodeFlow(acme, CodeFlow.BACK, BALANCES), customer);
        List<String> many = new ArrayList<>(List.of(BALANCES));
        for (int number = 0; number < 200; number++) {
            many.add("no.such." + number);
        }

        for (String decision : List.of("approve", "deny")) {
            WebPage again = browser.decide(page, decision, many);

            assertThat(again.asks()).as(again.toString()).isTrue();
            assertThat(again.permissions()).doesNotContain("no.such.1");
            page = again;
        }
        assertThat(bank.admin().consents(bank.name(), customer.id())).isEmpty();
        assertThat(app.onlyPending().get("status").asText()).isEqualTo("pending");
    }

    @Test
    void aLanguageListThatIsTooLongIsNotRead() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        String german = app.request(id, "de").body();
        String english = app.request(id, "en").body();
        assertThat(german).isNotEqualTo(english);

        String list = "de" + ", x".repeat(332);
        assertThat(list).hasSize(998);
        assertThat(app.request(id, list).body()).isEqualTo(german);
        assertThat(app.request(id, list + ", x").body()).isEqualTo(english);
        assertThat(app.request(id, list.repeat(60)).body()).isEqualTo(english);
    }

    @Test
    void aTokenThatIsTooLongIsNotRead() {
        String longest = "x".repeat(16_384 - "Bearer ".length());

        for (String token : List.of(longest, longest + "x", "x".repeat(60_000))) {
            Answer answer = new BankApp(bank, token).requests("");
            assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("invalid-token");
            assertThat(answer.text("detail").contains("16384"))
                    .as(answer.text("detail"))
                    .isEqualTo(token.length() > longest.length());
        }
    }

    @Test
    void aContentTypeThatIsTooLongIsNone() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        String decision = "/requests/" + id + "/decision";
        String json = "application/json;a=";
        String longest = json + "b".repeat(1_000 - json.length());

        for (String type : List.of(longest + "b", json + "b".repeat(60_000))) {
            Answer answer = call(app, "PUT", decision, new Body(type, "{\"decision\":\"deny\"}"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(415);
            assertIsProblem(answer);
        }
        assertThat(app.request(id).text("status")).isEqualTo("pending");
        assertThat(call(app, "PUT", decision, new Body(longest, "{\"decision\":\"deny\"}"))
                        .status())
                .isEqualTo(200);
    }

    /** JAX-RS alone takes of two the first, and one without a value for none. */
    @TestFactory
    Stream<DynamicTest> aParameterThatIsThereTwiceOrWithoutAValueIsRefused() {
        String somewhere = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("1.00000000-0000-0000-0000-000000000000".getBytes(StandardCharsets.US_ASCII));
        Map<String, String> pages = Map.of("after", somewhere, "max", "1");
        Map<String, Map<String, String>> sound = Map.of(
                "GET /requests", with(pages, "status", "pending"),
                "GET /consents", with(pages, "status", "live"),
                "GET /blocks", pages,
                "GET /partners", pages,
                "DELETE /consents/{id}", Map.of("both", "false"));
        return sound.entrySet().stream().flatMap(operation -> operation.getValue().entrySet().stream()
                .map(parameter -> dynamicTest(operation.getKey() + " " + parameter.getKey(), () -> {
                    String[] call = operation.getKey().split(" ");
                    String once = parameter.getKey() + "=" + parameter.getValue();
                    assertThat(query(call, once).status()).isIn(200, 404);
                    for (String query : List.of(once + "&" + once, parameter.getKey() + "=", parameter.getKey())) {
                        Answer answer = query(call, query);
                        assertThat(answer.status()).as("%s: %s", query, answer).isEqualTo(400);
                        assertThat(answer.problem()).isEqualTo("malformed-request");
                    }
                })));
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(some);
        all.put(name, value);
        return all;
    }

    /** @param call its method and its path, as the description has it */
    private Answer query(String[] call, String query) {
        return app.call(
                call[0], call[1], call[1].replace("{id}", UUID.randomUUID().toString()) + "?" + query);
    }

    @Test
    void aNumberOrIdOfAnyLengthIsRefusedAsOne() {
        String digits = "1".repeat(20_000);
        for (String query : List.of("?after=" + digits, "?max=" + digits, "?max=%2B1", "?max=%D9%A1", "?max=-0")) {
            Answer answer = app.requests(query);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
        }
        String id = "a".repeat(30_000);
        assertThat(app.request(id).status()).isEqualTo(404);
        assertThat(app.deny(id).status()).isEqualTo(404);
        assertThat(app.removeDevice(id).status()).isEqualTo(400);
        assertThat(app.register(id, "{\"platform\":\"log\",\"pushToken\":\"t\"}")
                        .status())
                .isEqualTo(400);
    }

    @TestFactory
    Stream<DynamicTest> aParameterOfATppThatIsTooLongIsRefused() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("acr_values", "a ".repeat(10_001));
        parameters.put("binding_message", "a".repeat(20_001));
        parameters.put("client_notification_token", "a".repeat(20_001));
        parameters.put("request", "a".repeat(20_001));
        parameters.put("requested_expiry", "1".repeat(20_001));
        parameters.put("user_code", "a".repeat(20_001));
        parameters.put("something_else", "a".repeat(20_001));
        return parameters.entrySet().stream()
                .map(parameter -> dynamicTest(parameter.getKey(), () -> {
                    Answer refused = acme.request(customer, Map.of(parameter.getKey(), parameter.getValue()), BALANCES);
                    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
                    assertThat(refused.error()).isEqualTo("invalid_request");
                    assertThat(refused.text("error_description"))
                            .isEqualTo("A parameter has more than 20000 characters");
                    assertThat(app.requests("").list()).isEmpty();
                }));
    }

    @Test
    void aCustomerIsNotAskedForWhatNoPollCouldFetch() {
        String[] scopes = Stream.concat(Stream.generate(() -> "openid").limit(400), Stream.of(BALANCES))
                .toArray(String[]::new);

        for (Answer refused : List.of(
                acme.request(customer, Map.of(), scopes),
                acme.request(customer, Map.of("acr_values", "a ".repeat(2_000)), BALANCES))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_request");
            assertThat(refused.text("error_description")).contains("too long");
        }

        assertThat(app.requests("").list()).isEmpty();
    }

    @Test
    void anAuthReqIdOfAnyLengthIsWorthNothing() {
        for (int length : List.of(3_999, 4_000, 4_001, 120_000)) {
            Answer refused = acme.poll("a".repeat(length));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.error()).isIn("invalid_grant", "invalid_request");
        }
    }

    @Test
    void aClientNotificationTokenHasAsManyCharactersAsTheStandardAllows() {
        Tpp orbit = bank.newPingTpp(PingReceiver.down());

        orbit.askForPing(customer, "t".repeat(1_024), BALANCES);
        Answer refused = orbit.request(customer, Map.of("client_notification_token", "t".repeat(1_025)), BALANCES);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(app.pending()).hasSize(1);
    }

    @Test
    void theSandboxReadsNoLongBodies() {
        for (String path : List.of("/sandbox/pushes", "/sandbox/notifications/stream", "/sandbox/notifications")) {
            Answer answer = Http.send(Http.json(bank.uri(path), "POST", "{\"a\":\"" + "x".repeat(64 * 1024) + "\"}"));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.text("detail")).contains("65536");
        }
        Answer garbage = Http.send(Http.request(bank.uri("/sandbox/notifications"))
                .header("Content-Type", "garbage")
                .POST(BodyPublishers.ofString("{}")));
        assertThat(garbage.status()).as(garbage.toString()).isEqualTo(415);
    }

    private static List<Body> all() {
        List<Body> all = new ArrayList<>(BROKEN_FORMS);
        all.addAll(OTHERS);
        return all;
    }

    private Answer call(BankApp caller, String method, String path, Body body) {
        HttpRequest.Builder request =
                Http.request(bank.uri("/consent/v1" + path)).method(method, BodyPublishers.ofString(body.content()));
        if (body.type() != null) {
            request.header("Content-Type", body.type());
        }
        if (caller.accessToken() != null) {
            request.header("Authorization", "Bearer " + caller.accessToken());
        }
        return Http.send(request);
    }

    private static void assertIsProblem(Answer answer) {
        assertThat(answer.contentType().orElse("")).as(answer.toString()).isEqualTo("application/problem+json");
        assertThat(answer.text("type")).as(answer.toString()).startsWith("urn:assent:problem:");
        assertThat(answer.json().path("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.header("Cache-Control")).as(answer.toString()).hasValue("no-store");
        assertThat(answer.body().toLowerCase(Locale.ROOT)).doesNotContain("exception", "\tat ", "io.assent");
    }

    private record Body(String type, String content) {
        @Override
        public String toString() {
            return type + " '" + (content.length() > 20 ? content.substring(0, 20) + "…" : content) + "'";
        }
    }
}
