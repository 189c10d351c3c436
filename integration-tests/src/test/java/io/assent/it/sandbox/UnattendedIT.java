package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A TPP's own tests, while nobody is there: scripts that answer, and customers that are made for them. */
class UnattendedIT {

    /** All that can become of a request, by its binding message. */
    private static final String ALL_ENDS = """
            {"rules": [
              {"bindingMessage": "part", "action": "allow", "scope": "%s", "after": 1},
              {"bindingMessage": "no", "action": "deny"},
              {"bindingMessage": "never asked", "action": "report", "after": 1},
              {"bindingMessage": "too late", "action": "expire", "after": 1},
              {"bindingMessage": "nobody there", "action": "none"},
              {"action": "allow"}
            ]}""".formatted(BALANCES);

    /** The binding message of what is never answered. */
    private static final String NOBODY = "nobody there";

    /** What a client is told as long as nothing was decided (CIBA Core 1.0, section 11). */
    private static final Set<String> UNDECIDED = Set.of("authorization_pending", "slow_down");

    /** Longer than a poll may follow the one before. */
    private static final Duration POLLING_INTERVAL = Duration.ofSeconds(6);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Realm bank = Servers.bank();
    private final Tpp tpp = bank.newTpp(ACME, client -> {});

    @Test
    void aHundredJourneysOfAllKindsEndTheSameTwice() throws Exception {
        List<String> usernames = new ArrayList<>();
        customers("count", "100", "seed", "4711")
                .forEach(customer -> usernames.add(customer.get("username").asText()));
        List<String> messages = List.of("all", "part", "no", "never asked", "too late", NOBODY);

        List<String> once = play(tpp, usernames, messages);
        List<String> again = play(bank.newTpp(ACME, client -> {}), usernames, messages);

        List<String> ends = List.of(
                BALANCES + " " + TRANSACTIONS + " openid",
                BALANCES + " openid",
                "access_denied",
                "access_denied",
                "expired_token",
                "authorization_pending");
        assertThat(once)
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(journey -> ends.get(journey % ends.size()))
                        .toList());
        assertThat(again).isEqualTo(once);
    }

    private static List<String> play(Tpp tpp, List<String> usernames, List<String> messages) throws Exception {
        script(tpp, ALL_ENDS).ok();
        List<Callable<String>> journeys = new ArrayList<>();
        for (int journey = 0; journey < usernames.size(); journey++) {
            // a customer of its own, since a no takes back what was approved before
            String username = usernames.get(journey);
            String message = messages.get(journey % messages.size());
            journeys.add(() -> end(tpp, username, message));
        }
        return AtOnce.all(50, journeys);
    }

    private static String end(Tpp tpp, String username, String message) {
        Asked asked = ask(tpp, username, message);
        // what nobody answers is asked for once: the script's other answers are there by then, or never
        Answer end = message.equals(NOBODY) ? nextPoll(tpp, asked) : end(tpp, asked);
        return end.status() == 200
                ? String.join(
                        " ", Tokens.of(end).accessTokenScope().stream().sorted().toList())
                : end.error();
    }

    private static Answer end(Tpp tpp, Asked asked) {
        return Eventually.within(
                PATIENCE, "a decision", () -> nextPoll(tpp, asked), answer -> !UNDECIDED.contains(answer.error()));
    }

    private static Answer nextPoll(Tpp tpp, Asked asked) {
        Eventually.after(Instant.now().plus(POLLING_INTERVAL));
        return tpp.poll(asked);
    }

    private static Asked ask(Tpp tpp, String username, String message) {
        return Asked.of(tpp.request(
                new Customer(tpp.realm(), null, username, username),
                Map.of("binding_message", message),
                BALANCES,
                TRANSACTIONS));
    }

    @Test
    void aScriptsAnswerIsPingedLikeTheCustomers() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            script(orbit, "{\"rules\": [{\"action\": \"deny\", \"after\": 1}]}").ok();

            Asked asked = orbit.askForPing(bank.newCustomer(), "token-" + UUID.randomUUID());

            assertThat(receiver.next(Duration.ofSeconds(20)).body()).contains(asked.authReqId());
            assertThat(orbit.poll(asked).error()).isEqualTo("access_denied");
        }
    }

    @Test
    void aPingThatIsLostComesNeverAndThePollHasTheAnswer() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            script(orbit, """
                    {"rules": [
                      {"bindingMessage": "lost", "action": "deny", "ping": "lose"},
                      {"action": "deny", "after": 1}
                    ]}""").ok();
            Customer customer = bank.newCustomer();
            Asked lost = Asked.of(orbit.request(
                    customer, Map.of("binding_message", "lost", "client_notification_token", "token-lost")));

            assertThat(end(orbit, lost).error()).isEqualTo("access_denied");
            Asked next = orbit.askForPing(bank.newCustomer(), "token-" + UUID.randomUUID());
            assertThat(receiver.next(Duration.ofSeconds(20)).body())
                    .as("the first that came")
                    .contains(next.authReqId());
        }
    }

    @Test
    void aClockThatIsWrongIsInTheIdTokensAlone() {
        script(tpp, "{\"clock\": 300, \"rules\": [{\"action\": \"allow\"}]}").ok();

        Tokens ahead = Tokens.of(end(tpp, ask(tpp, bank.newCustomer().username(), "clock")));
        script(tpp, "{\"rules\": [{\"action\": \"allow\"}]}").ok();
        Tokens right = Tokens.of(end(tpp, ask(tpp, bank.newCustomer().username(), "clock")));

        assertThat(idTokenAhead(ahead)).isEqualTo(300);
        tpp.assertAlive(ahead);
        assertThat(idTokenAhead(right)).isZero();
    }

    @Test
    void whereTheSandboxIsOffTheClockIsRight() {
        String name = "clock-" + UUID.randomUUID();
        Admin admin = bank.admin();
        admin.createRealm(Servers.realmFile().named(name));
        try {
            Tpp scripted = bank.server().realm(name).tpp(ACME);
            script(scripted, "{\"clock\": 300, \"rules\": []}").ok();

            assertThat(idTokenAhead(approved(scripted))).isEqualTo(300);
            admin.updateRealm(
                    name, realm -> realm.withObjectProperty("attributes").put("sandbox.enabled", "false"));
            assertThat(idTokenAhead(approved(scripted))).isZero();
        } finally {
            admin.removeRealm(name);
        }
    }

    private static Tokens approved(Tpp tpp) {
        Customer customer = tpp.realm().newCustomer();
        Asked asked = tpp.ask(customer, BALANCES);
        customer.app().approve(customer.app().onlyPendingId()).ok();
        return Tokens.of(tpp.poll(asked));
    }

    /** How many seconds an ID token is ahead of the access token that came with it. */
    private static long idTokenAhead(Tokens tokens) {
        return tokens.idTokenClaims().get("iat").asLong()
                - tokens.accessTokenClaims().get("iat").asLong();
    }

    @Test
    void aRuleThatCantBeFollowedAnswersNothing() {
        script(tpp, "{\"rules\": [{\"action\": \"allow\", \"scope\": \"payments.initiate\"}]}")
                .ok();

        Asked asked = ask(tpp, bank.newCustomer().username(), "too much");

        String told = "The script of client";
        Eventually.within(PATIENCE, told, () -> bank.server().said().contains(told));
        assertThat(tpp.poll(asked).error()).isEqualTo("authorization_pending");
    }

    @Test
    void aScriptIsTheClientsOwn() {
        script(tpp, "{\"rules\": [{\"action\": \"deny\"}]}").ok();
        Tpp other = bank.newTpp(ACME, client -> {});

        assertThat(script(new Tpp(bank, tpp.clientId(), "wrong"), "{\"rules\": []}")
                        .error())
                .isEqualTo("unauthorized_client");
        assertThat(Http.send(Http.form(bank.uri("/sandbox/script"), Map.of("script", "{\"rules\": []}")))
                        .error())
                .isEqualTo("invalid_client");
        Answer publicClient = Http.send(
                Http.form(bank.uri("/sandbox/script"), Map.of("client_id", "bank-app", "script", "{\"rules\": []}")));
        assertThat(publicClient.problem()).as(publicClient.toString()).isEqualTo("public-client");
        for (String wrong : List.of("", "{}", "{\"rules\": [{\"action\": \"x\"}]}")) {
            assertThat(script(tpp, wrong).problem()).isEqualTo("malformed-request");
        }

        Asked asked = ask(tpp, bank.newCustomer().username(), "mine");
        Asked others = ask(other, bank.newCustomer().username(), "theirs");
        assertThat(end(tpp, asked).error()).isEqualTo("access_denied");
        assertThat(other.poll(others).error()).isEqualTo("authorization_pending");
        script(tpp, "{\"rules\": []}").ok();
        Asked unscripted = ask(tpp, bank.newCustomer().username(), "by hand");
        Eventually.after(unscripted.since().plus(POLLING_INTERVAL));
        assertThat(tpp.poll(unscripted).error()).isEqualTo("authorization_pending");
    }

    @Test
    void theSameSeedMeansTheSameCustomers() {
        JsonNode made = customers("seed", "12", "count", "2");

        assertThat(customers("seed", "12", "count", "2")).isEqualTo(made);
        assertThat(made.findValuesAsText("username")).containsExactly("good-12-001", "good-12-002");
        assertThat(made.get(0).at("/accounts/0/iban").asText()).startsWith("DE");
        assertThat(customers("seed", "13", "count", "1").at("/0/accounts/0/id"))
                .isNotEqualTo(made.at("/0/accounts/0/id"));
        Customer first = new Customer(bank, null, "good-12-001", "good-12-001");
        assertThat(first.app().devices().list()).hasSize(1);
    }

    @Test
    void theSameCallTwiceAtOnceMakesThemOnce() throws Exception {
        Callable<JsonNode> call = () -> customers("seed", "14", "count", "5");

        List<JsonNode> made = AtOnce.all(List.of(call, call, call));

        assertThat(made).containsOnly(made.get(0));
    }

    @Test
    void customersAreOfManyKinds() {
        for (String kind : List.of("phoneless", "dead", "german", "locked")) {
            customers("seed", "21", "kind", kind);
        }

        assertThat(customer("phoneless").app().devices().list()).isEmpty();
        ask(tpp, "dead-21-001", "to a phone without the app");
        BankApp deadApp = customer("dead").app();
        Eventually.within(
                PATIENCE,
                "the dead phone is known to be",
                () -> deadApp.devices().list().get(0).get("status").asText().equals("disabled"));
        assertThat(customers("seed", "21", "kind", "german").at("/0/language").asText())
                .isEqualTo("de");
        assertThat(tpp.request(new Customer(bank, null, "locked-21-001", ""), Map.of(), BALANCES)
                        .error())
                .isNotEmpty();
    }

    @Test
    void customersHaveABound() {
        for (Map<String, String> form : List.of(
                Map.of("count", "1"), Map.of("seed", "1", "count", "10000"), Map.of("seed", "1", "kind", "rich"))) {
            Answer answer = tpp.post("/sandbox/customers", form);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
        }
        Answer nobody = Http.send(Http.form(bank.uri("/sandbox/customers"), Map.of("seed", "1")));
        assertThat(nobody.error()).isEqualTo("invalid_client");
    }

    private Customer customer(String kind) {
        String username = kind + "-21-001";
        return new Customer(bank, null, username, username);
    }

    private JsonNode customers(String... form) {
        Map<String, String> fields = new HashMap<>();
        for (int field = 0; field < form.length; field += 2) {
            fields.put(form[field], form[field + 1]);
        }
        return tpp.post("/sandbox/customers", fields).ok().get("customers");
    }

    private static Answer script(Tpp tpp, String script) {
        return tpp.post("/sandbox/script", Map.of("script", script));
    }
}
