package io.assent.it.security;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What one caller can cost, what answers say to browsers and caches, and where the pack says nothing at all. */
class HardeningIT {

    private static final String APPROVAL = "{\"decision\":\"approve\"}";
    private static final int PER_MINUTE = 5;

    /** A realm as the pack does not know it. */
    private static final String STRANGER = "stranger";

    private static Keycloak server;

    @BeforeAll
    static void start() {
        server = new Keycloak(
                        "hardened",
                        Database.H2,
                        List.of(
                                Servers.realmFile()
                                        .named(STRANGER)
                                        .with(HardeningIT::withoutTheApp)
                                        .withoutSandbox(),
                                Servers.realmFile()),
                        "--spi-realm-restapi-extension--consent--decisions-per-minute=" + PER_MINUTE,
                        "--spi-realm-restapi-extension--consent--device-calls-per-minute=" + PER_MINUTE,
                        "--spi-realm-restapi-extension--consent--grant-calls-per-minute=" + PER_MINUTE)
                .start();
    }

    private static void withoutTheApp(ObjectNode realm) {
        realm.withArrayProperty("clientScopes")
                .removeIf(scope -> scope.get("name").asText().equals("consent-app"));
        for (JsonNode client : realm.get("clients")) {
            ((ObjectNode) client).withArrayProperty("defaultClientScopes").removeIf(name -> name.asText()
                    .equals("consent-app"));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private final Realm bank = server.realm(Servers.BANK);
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    private static void awaitTooMany(Supplier<Answer> call) {
        Eventually.within(Duration.ofMinutes(1), "a call too many", call, answer -> answer.status() == 429);
    }

    /** What one caller can cost. */
    @Nested
    class Cost {

        @Test
        void aCustomerWhoDecidesTooOftenWaitsAndNothingIsDecided() {
            Asked asked = acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();

            // more than two minutes' worth, since a minute may end meanwhile
            List<Answer> answers = new ArrayList<>();
            for (int call = 0; call <= 2 * PER_MINUTE; call++) {
                answers.add(app.decide(id, "{\"decision\":\"perhaps\"}"));
            }

            assertThat(answers.subList(0, 1)).extracting(Answer::status).containsOnly(400);
            assertTooMany(answers);
            assertThat(app.request(id).text("status")).isEqualTo("pending");
            assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");

            Customer other = bank.newCustomer();
            acme.ask(other, BALANCES);
            BankApp otherApp = other.app();
            otherApp.approve(otherApp.onlyPendingId()).ok();
        }

        @Test
        void junkKeepsNobodyFromSayingNoNorAnotherSessionFromAnswering() {
            acme.ask(customer, BALANCES);
            String unwanted = app.onlyPendingId();
            for (int call = 0; call <= 2 * PER_MINUTE; call++) {
                app.decide(unwanted, "{\"decision\":\"perhaps\"}");
                app.deny(UUID.randomUUID().toString());
            }

            app.deny(unwanted).ok();
            app.deny(unwanted).ok();
            // also where a minute ended meanwhile
            awaitTooMany(() -> app.deny(UUID.randomUUID().toString()));
            acme.ask(customer, BALANCES);
            String wanted = app.onlyPendingId();
            awaitTooMany(() -> app.decide(wanted, "{\"decision\":\"perhaps\"}"));
            assertThat(app.approve(wanted).status()).isEqualTo(429);
            BankApp another = customer.app();
            another.approve(another.onlyPendingId()).ok();
        }

        @Test
        void aCustomerWhoRegistersTooOftenWaits() {
            List<Answer> answers = new ArrayList<>();
            for (int call = 0; call <= 2 * PER_MINUTE; call++) {
                answers.add(app.removeDevice(UUID.randomUUID().toString()));
            }

            assertThat(answers.get(0).status()).isEqualTo(204);
            assertTooMany(answers);
            // it does not keep anybody from reading, or from deciding
            assertThat(app.requests("").status()).isEqualTo(200);
        }

        @Test
        void aClientThatManagesItsGrantsTooOftenWaits() {
            Tpp tpp = bank.newTpp(ACME, client -> {});
            BankApp grants = new BankApp(bank, tpp.ownToken("grant_management_query"));
            List<Answer> answers = new ArrayList<>();
            for (int call = 0; call <= 2 * PER_MINUTE; call++) {
                answers.add(grants.call("GET", "/grants/{id}", "/grants/" + UUID.randomUUID()));
            }

            assertThat(answers.get(0).status()).isEqualTo(404);
            assertTooMany(answers);
            BankApp others = new BankApp(bank, acme.ownToken("grant_management_query"));
            assertThat(others.call("GET", "/grants/{id}", "/grants/x").status()).isEqualTo(404);
        }

        @Test
        void aBodyOfUnknownLengthIsReadNoFurtherThanItsLimit() {
            acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();
            byte[] large = new byte[1_000_000];

            Answer answer = Http.send(decision(id)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(413);
            assertThat(answer.problem()).isEqualTo("content-too-large");
            assertThat(app.request(id).text("status")).isEqualTo("pending");
        }

        @Test
        void aCompressedBodyIsNotUnpacked() throws IOException {
            acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(APPROVAL.getBytes());
            }

            Answer answer = Http.send(decision(id)
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "gzip")
                    .PUT(BodyPublishers.ofByteArray(compressed.toByteArray())));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
            assertThat(app.request(id).text("status")).isEqualTo("pending");
        }
    }

    /** What answers say to browsers and caches. */
    @Nested
    class Headers {

        @Test
        void everyAnswerTellsBrowsersAndCachesToKeepTheirHandsOff() {
            acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();
            List<Answer> answers = List.of(
                    app.requests(""),
                    app.request(id),
                    app.request(UUID.randomUUID().toString()),
                    app.requests("?max=0"),
                    app.approve(id),
                    app.deny(id),
                    app.register(UUID.randomUUID().toString(), "{}"),
                    app.removeDevice(UUID.randomUUID().toString()),
                    new BankApp(bank, null).requests(""),
                    new BankApp(bank, "x").devices());

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.header("Cache-Control")).as(answer.toString()).hasValue("no-store");
                assertThat(answer.header("X-Content-Type-Options"))
                        .as(answer.toString())
                        .hasValue("nosniff");
                assertThat(answer.header("Referrer-Policy"))
                        .as(answer.toString())
                        .hasValue("no-referrer");
                assertThat(answer.header("Strict-Transport-Security"))
                        .as(answer.toString())
                        .isPresent();
            });

            // over a Content-Type that is none, the server's own headers would fail
            Answer noMediaType =
                    app.call("PUT", "/requests/{id}/decision", "/requests/" + id + "/decision", new byte[0], "x");
            assertThat(noMediaType.header("Cache-Control")).hasValue("no-store");
            assertThat(noMediaType.header("X-Content-Type-Options")).hasValue("nosniff");
        }

        @Test
        void aPageOfAnotherOriginIsNotLetIn() {
            for (String method : List.of("GET", "OPTIONS")) {
                Answer answer = Http.send(Http.request(bank.uri("/consent/v1/requests"))
                        .header("Authorization", "Bearer " + app.accessToken())
                        .header("Origin", "https://elsewhere.example")
                        .header("Access-Control-Request-Method", "GET")
                        .method(method, BodyPublishers.noBody()));

                assertThat(answer.header("Access-Control-Allow-Origin"))
                        .as(answer.toString())
                        .isEmpty();
            }
        }

        @Test
        void theSandboxsPagesRunNothingThatIsNotTheirs() {
            for (String page : List.of("", "phone", "tpp", "demo")) {
                Answer answer = Http.send(Http.request(bank.uri("/sandbox/" + page)));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'self'")
                        .doesNotContain("unsafe"));
                assertThat(answer.header("X-Frame-Options")).hasValue("SAMEORIGIN");
                assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
                assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
            }
        }
    }

    /** Where the pack says nothing at all. */
    @Nested
    class ARealmWithoutTheApp {

        @Test
        void inARealmWithoutTheAppNothingOfThePackAnswers() {
            Realm stranger = server.realm(STRANGER);
            for (String call : List.of(
                    "GET v1/openapi.json",
                    "GET v1/requests",
                    "PUT v1/requests/" + UUID.randomUUID() + "/decision",
                    "POST v1/links/" + UUID.randomUUID(),
                    "GET v1/devices",
                    "GET v1/grants/" + UUID.randomUUID(),
                    "DELETE v1/devices/" + UUID.randomUUID(),
                    "GET nowhere",
                    "GET ")) {
                String[] parts = call.split(" ", 2);
                Answer ours = send(stranger, parts[0], "consent/" + parts[1]);
                Answer nobodys = send(stranger, parts[0], "no-such-extension/" + parts[1]);

                assertThat(ours.status()).as(ours.toString()).isEqualTo(404);
                assertThat(ours.body()).isEqualTo(nobodys.body());
                assertThat(ours.contentType()).isEqualTo(nobodys.contentType());
            }
            assertThat(send(stranger, "GET", "sandbox/phone").status()).isEqualTo(404);
        }

        @Test
        void inARealmWithoutTheAppATppIsToldAtOnceThatNobodyCanAnswer() {
            Realm stranger = server.realm(STRANGER);
            Tpp theirs = stranger.tpp(ACME);

            Answer refused = theirs.request(stranger.newCustomer(), Map.of(), BALANCES);

            // as the stock server answers where its channel can't be reached
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.error()).isEqualTo("server_error");
            assertThat(server.said()).contains("no client scope 'consent-app'");
            Answer poll = theirs.poll(acme.ask(customer, BALANCES));
            assertThat(poll.error()).isEqualTo("invalid_grant");
            assertThat(theirs.poll("garbage").error()).isEqualTo("invalid_grant");
        }
    }

    private static void assertTooMany(List<Answer> answers) {
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 429)
                .isNotEmpty()
                .allSatisfy(answer -> {
                    assertThat(answer.problem()).isEqualTo("too-many-calls");
                    assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow()))
                            .isBetween(1, 60);
                });
        assertThat(answers).filteredOn(answer -> answer.status() != 429).hasSizeGreaterThanOrEqualTo(PER_MINUTE);
    }

    private HttpRequest.Builder decision(String id) {
        return Http.request(bank.uri("/consent/v1/requests/" + id + "/decision"))
                .header("Authorization", "Bearer " + app.accessToken());
    }

    private Answer send(Realm realm, String method, String path) {
        return Http.send(Http.request(realm.uri("/" + path))
                .header("Authorization", "Bearer " + app.accessToken())
                .method(method, BodyPublishers.noBody()));
    }
}
