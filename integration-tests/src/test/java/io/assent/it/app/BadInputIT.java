package io.assent.it.app;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is sent is answered with its problem, never breaks the server, and changes nothing. */
class BadInputIT {

    private static final String JSON = "application/json";
    private static final String DENIAL = "{\"decision\":\"deny\"}";
    private static final String DEVICE = "{\"platform\":\"log\",\"pushToken\":\"t\"}";
    private static final int MOST_BYTES = 65_536;

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final Map<Database, Integer> loggedBefore = Stream.of(Database.values())
            .collect(Collectors.toMap(
                    database -> database,
                    database -> Servers.shared(database).said().length()));

    @AfterEach
    void noServerLoggedAStackTrace() {
        loggedBefore.forEach((database, length) -> assertThat(
                        Servers.shared(database).said().substring(length).lines())
                // other tests set clients up in unsafe ways, beside this one
                .filteredOn(line -> !line.contains(" ERROR [io.assent.safeguard."))
                .noneMatch(line -> line.contains("\tat io.assent")
                        || line.contains("Uncaught server error")
                        || line.contains(" ERROR ")));
    }

    @TestFactory
    Stream<DynamicTest> aBodyThatIsNoDecisionIsRefused() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        return malformed().entrySet().stream()
                .map(body -> dynamicTest(body.getKey(), () -> {
                    Answer answer = app.call(
                            "PUT", "/requests/{id}/decision", "/requests/" + id + "/decision", body.getValue(), JSON);
                    assertMalformed(answer);
                    assertThat(app.request(id).text("status")).isEqualTo("pending");
                }));
    }

    @TestFactory
    Stream<DynamicTest> aBodyThatIsNoDeviceIsRefused() {
        String device = UUID.randomUUID().toString();
        return malformed().entrySet().stream()
                .map(body -> dynamicTest(body.getKey(), () -> {
                    assertMalformed(
                            app.call("PUT", "/devices/{deviceId}", "/devices/" + device, body.getValue(), JSON));
                    assertThat(app.devices().list()).isEmpty();
                }));
    }

    @Test
    void aFieldThatIsGivenTwiceIsRefused() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        assertMalformed(app.decide(id, "{\"decision\":\"deny\",\"decision\":\"approve\"}"));
        assertMalformed(app.decide(
                id, "{\"decision\":\"approve\",\"grantedScopes\":[\"x\"],\"grantedScopes\":[\"" + BALANCES + "\"]}"));

        assertThat(app.request(id).text("status")).isEqualTo("pending");
    }

    @Test
    void aBodyAtTheLimitIsReadAndOneByteMoreIsRefused() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        Answer tooLarge = app.decide(id, DENIAL + " ".repeat(MOST_BYTES - DENIAL.length() + 1));
        assertThat(tooLarge.status()).as(tooLarge.toString()).isEqualTo(413);
        assertThat(tooLarge.problem()).isEqualTo("content-too-large");
        Answer farTooLarge = app.register(UUID.randomUUID().toString(), "x".repeat(1_000_000));
        assertThat(farTooLarge.status()).as(farTooLarge.toString()).isEqualTo(413);
        assertThat(app.request(id).text("status")).isEqualTo("pending");

        app.decide(id, DENIAL + " ".repeat(MOST_BYTES - DENIAL.length())).ok();
    }

    @Test
    void aBodyThatDoesNotSayItIsJsonIsRefused() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        String device = UUID.randomUUID().toString();

        for (String type : new String[] {
            null,
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "*/*",
            "garbage",
            "/",
            "application/",
            "/json"
        }) {
            for (Answer answer : List.of(
                    app.call("PUT", "/requests/{id}/decision", "/requests/" + id + "/decision", utf8(DENIAL), type),
                    app.call("PUT", "/devices/{deviceId}", "/devices/" + device, utf8(DEVICE), type))) {
                assertThat(answer.status()).as("%s as %s", answer, type).isEqualTo(415);
                assertThat(answer.problem()).isEqualTo("unsupported-media-type");
            }
        }
        assertThat(app.request(id).text("status")).isEqualTo("pending");
        assertThat(app.devices().list()).isEmpty();

        for (String type : List.of("application/json; charset=utf-8", "Application/JSON")) {
            app.call("PUT", "/requests/{id}/decision", "/requests/" + id + "/decision", utf8(DENIAL), type)
                    .ok();
            app.call("PUT", "/devices/{deviceId}", "/devices/" + device, utf8(DEVICE), type)
                    .ok();
        }
    }

    @Test
    void anIdThatIsNoneIsNotFound() {
        for (String id : List.of(
                "x",
                "0",
                "null",
                UUID.randomUUID().toString(),
                UUID.randomUUID() + "0",
                "a".repeat(1000),
                "%27%20OR%201=1--",
                "%F0%9F%98%80",
                "%FF",
                "...")) {
            for (Answer answer : List.of(app.request(id), app.approve(id), app.deny(id))) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
                assertThat(answer.problem()).isEqualTo("not-found");
            }
        }
    }

    @Test
    void aPathThatIsATrickIsRefusedByTheServerBeforeTheApi() {
        for (String path : List.of(
                "/requests/%2e%2e",
                "/requests/..%2Fdevices",
                "/requests/%00",
                "/requests/x%00y/decision",
                "/requests?after=%00",
                "/requests;x=%0a",
                "/../../admin")) {
            Answer answer = Http.send(Http.request(bank.uri("/consent/v1" + path))
                    .header("Authorization", "Bearer " + app.accessToken()));
            assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("Exception", "\tat ", "io.assent");
        }
    }

    @Test
    void aPathOrMethodThatTheApiDoesNotHaveIsRefusedInWords() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        for (String call : List.of(
                "GET /nowhere",
                "GET /",
                "POST /requests",
                "DELETE /requests/" + id,
                "POST /requests/" + id + "/decision",
                "PATCH /requests/" + id + "/decision",
                "GET /requests/" + id + "/decision",
                "POST /devices",
                "PUT /openapi.json")) {
            String[] parts = call.split(" ");
            Answer answer = callUndescribed(parts[0], parts[1]);
            assertThat(answer.status()).as(answer.toString()).isIn(404, 405);
            assertThat(answer.body()).doesNotContain("Exception", "\tat ", "io.assent");
        }
        assertThat(app.request(id).text("status")).isEqualTo("pending");
    }

    @Test
    void aPathThatTheApiDoesNotHaveIsNotFound() {
        acme.ask(customer, BALANCES);
        String request = "/requests/" + app.onlyPendingId();
        UUID deviceId = UUID.randomUUID();
        app.register(deviceId, "log");
        String device = "/devices/" + deviceId;

        for (String call : List.of(
                "GET ",
                "GET /",
                "GET /nowhere",
                "PUT /nowhere/else",
                "GET /requestsx",
                "GET " + request + "/x",
                "PUT " + request + "/x",
                "GET " + request + "/x/y",
                "GET " + request + "/decision/x",
                "PUT " + request + "/decision/x",
                "GET " + device + "/x",
                "PUT " + device + "/x",
                "DELETE " + device + "/x/y")) {
            String[] parts = call.split(" ", 2);
            Answer answer = callUndescribed(parts[0], parts[1]);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
            assertThat(answer.problem()).isEqualTo("not-found");
            assertThat(answer.contentType().orElse("")).startsWith("application/problem+json");
        }
        assertThat(app.onlyPending().get("status").asText()).isEqualTo("pending");
        assertThat(app.devices().list()).hasSize(1);
    }

    @Test
    void aStrangeLanguageIsNoReasonToFail() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        for (String language : List.of(
                "",
                "*",
                "xx",
                "de-",
                "de;q=2",
                "de;q=x",
                ";;;,,,",
                "a".repeat(2000),
                "de_DE",
                "-",
                "q=1",
                "zh-Hant-TW-x-y")) {
            assertThat(app.request(id, language).status()).as(language).isEqualTo(200);
        }
    }

    @Test
    void theTppsBadRequestReachesNobody() {
        for (Answer refused : List.of(
                acme.request(customer, Map.of("binding_message", "a".repeat(129)), BALANCES),
                acme.request(customer, Map.of("binding_message", "a\u202eb"), BALANCES),
                acme.request(customer, Map.of(), "no.such.scope"),
                acme.request(customer, Map.of(), PAYMENTS),
                acme.request(customer, Map.of("client_notification_token", "t"), BALANCES),
                acme.request(customer, Map.of("user_code", "1234"), BALANCES),
                new Tpp(bank, acme.clientId(), "wrong").request(customer, Map.of(), BALANCES))) {
            assertThat(refused.status()).as(refused.toString()).isIn(400, 401);
            assertThat(refused.error()).isNotEmpty();
        }
        assertThat(app.requests("").list()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aNotificationTokenThatIsNoBearerTokenIsRefused(Database database) {
        Realm realm = Servers.bank(database);
        Tpp orbit = realm.newPingTpp(PingReceiver.down());
        Customer theirs = realm.newCustomer();
        BankApp theirApp = theirs.app();

        for (String bad : List.of(
                "",
                " ",
                "\0",
                "a\0b",
                "a\r\nX-Injected: b",
                "a\nb",
                "a b",
                " a",
                "a ",
                "a\tb",
                "a\"b",
                "a,b",
                "a=b",
                "=",
                "\u00e9",
                "\ud83d\ude00")) {
            Answer refused = orbit.request(theirs, Map.of("client_notification_token", bad));
            assertThat(refused.status()).as("%s for '%s'", refused, bad).isEqualTo(400);
            assertThat(refused.error()).as("%s for '%s'", refused, bad).isEqualTo("invalid_request");
            assertThat(refused.body()).doesNotContain("Exception", "\tat ", "io.assent");
        }
        assertThat(theirApp.requests("").list()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aNotificationTokenOfAnyCharactersOfABearerTokenIsTaken(Database database) {
        Realm realm = Servers.bank(database);
        Tpp orbit = realm.newPingTpp(PingReceiver.down());
        Customer theirs = realm.newCustomer();
        String characters = "AZaz09-._~+/";

        orbit.askForPing(theirs, "t");
        orbit.askForPing(theirs, characters + "==");
        orbit.askForPing(theirs, characters.repeat(100).substring(0, 1023) + "=");

        assertThat(theirs.app().pending()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aNulCharacterInWhatATppAsksIsRefused(Database database) {
        Realm realm = Servers.bank(database);
        Customer theirs = realm.newCustomer();

        for (Answer refused : List.of(
                realm.tpp(ACME).request(new Customer(realm, "", "a\0b", ""), Map.of(), BALANCES),
                realm.tpp(ACME).request(theirs, Map.of("user_code", "\0"), BALANCES))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.error()).isEqualTo("invalid_request");
        }
        assertThat(theirs.app().requests("").list()).isEmpty();
    }

    @Test
    void aRequestToNobodyIsRefused() {
        Customer nobody = new Customer(bank, "", "nobody-" + UUID.randomUUID(), "");

        assertThat(acme.request(nobody, Map.of(), BALANCES).status()).isEqualTo(400);
    }

    /** Bodies that are neither a decision nor a device, nor well-formed JSON objects at all. */
    private static Map<String, byte[]> malformed() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        for (String text : List.of(
                "",
                " ",
                "null",
                "true",
                "42",
                "\"deny\"",
                "[]",
                "[" + DENIAL + "]",
                "{",
                "}",
                "{}",
                "{\"decision\":",
                "{\"decision\":\"deny\"",
                "{decision:\"deny\"}",
                "{'decision':'deny'}",
                DENIAL + " x",
                DENIAL + DENIAL,
                DENIAL + ",",
                "/* */" + DENIAL,
                "{\"decision\":\"deny\",}",
                "{\"decision\":NaN}",
                "{\"decision\":\"de\nny\"}",
                "{\"decision\":\"\\ud800\"}",
                "{\"a\":" + "9".repeat(5000) + "}",
                "{\"a\":1e999999999}",
                "{\"__proto__\":{},\"constructor\":{}}",
                "decision=deny",
                "<decision>deny</decision>")) {
            bodies.put("'" + (text.length() > 50 ? text.substring(0, 50) + "…" : text) + "'", utf8(text));
        }
        bodies.put("deeply nested arrays", utf8("[".repeat(30_000)));
        bodies.put("deeply nested objects", utf8("{\"a\":".repeat(10_000)));
        bodies.put("broken UTF-8", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
        bodies.put("zero bytes", new byte[100]);
        bodies.put("Latin-1", "{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1));
        return bodies;
    }

    /** A call that the description does not know, with a body that is none for it. */
    private Answer callUndescribed(String method, String path) {
        return Http.send(Http.request(bank.uri("/consent/v1" + path))
                .header("Authorization", "Bearer " + app.accessToken())
                .header("Content-Type", JSON)
                .method(method, BodyPublishers.ofString(DENIAL)));
    }

    private static void assertMalformed(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
        assertThat(answer.body()).doesNotContain("Exception", "jackson", "io.assent", "line:");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
