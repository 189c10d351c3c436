package io.assent.it.sandbox;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The sandbox's own doors. */
class SandboxIT {

    private static final String DETAILS = "[{\"type\":\"account_information\",\"actions\":[\"read_balances\"]}]";

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();

    @Test
    void aTppsOwnTestsCanAllowWithoutACustomer() {
        Asked asked = acme.ask(customer, BALANCES);

        Answer decided = decide(bank, asked.authReqId(), "allow");

        assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
        assertThat(decided.json()).isEqualTo(Http.object().put("status", "approved"));
        assertThat(Tokens.of(acme.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void whatIsAllowedWithoutACustomerIsAllowedForAllAccounts() {
        Asked asked = Asked.of(acme.request(customer, Map.of("authorization_details", DETAILS), BALANCES));

        decide(bank, asked.authReqId(), "allow").ok();

        assertThat(Tokens.of(acme.poll(asked)).accessTokenClaims().at("/authorization_details/0/accounts"))
                .hasSizeGreaterThan(2);
    }

    @Test
    void aTppsOwnTestsCanDenyWithoutACustomer() {
        Asked asked = acme.ask(customer, BALANCES);

        Answer decided = decide(bank, asked.authReqId(), "deny");

        assertThat(decided.json()).isEqualTo(Http.object().put("status", "denied"));
        assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
        assertThat(decide(bank, asked.authReqId(), "deny").status()).isEqualTo(200);
        Answer different = decide(bank, asked.authReqId(), "allow");
        assertThat(different.status()).isEqualTo(409);
        assertThat(different.problem()).isEqualTo("already-decided");
    }

    @Test
    void aTppsOwnTestsCanGrantAPart() {
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);

        Answer nothing = send(Map.of("auth_req_id", asked.authReqId(), "action", "allow", "scope", ""));
        Answer unasked =
                send(Map.of("auth_req_id", asked.authReqId(), "action", "allow", "scope", BALANCES + " " + PAYMENTS));
        Answer decided = send(Map.of("auth_req_id", asked.authReqId(), "action", "allow", "scope", BALANCES));

        for (Answer refused : List.of(nothing, unasked)) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
            assertThat(refused.problem()).isEqualTo("invalid-selection");
        }
        assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
        assertThat(Tokens.of(acme.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void aTppsOwnTestsCanGrantAnAccount() {
        Asked whole = Asked.of(acme.request(customer, Map.of("authorization_details", DETAILS), BALANCES));
        decide(bank, whole.authReqId(), "allow").ok();
        String account = Tokens.of(acme.poll(whole))
                .accessTokenClaims()
                .at("/authorization_details/0/accounts/1/id")
                .asText();
        Asked asked = Asked.of(acme.request(customer, Map.of("authorization_details", DETAILS), BALANCES));

        Answer nobodys = send(Map.of("auth_req_id", asked.authReqId(), "action", "allow", "accounts", "nobodys"));
        send(Map.of("auth_req_id", asked.authReqId(), "action", "allow", "accounts", account))
                .ok();

        assertThat(nobodys.status()).as(nobodys.toString()).isEqualTo(422);
        assertThat(Tokens.of(acme.poll(asked))
                        .accessTokenClaims()
                        .at("/authorization_details/0/accounts")
                        .findValuesAsText("id"))
                .containsExactly(account);
    }

    @Test
    void accountsAreNotGrantedWhereNothingIsAboutAccounts() {
        Asked asked = acme.ask(customer, BALANCES);

        Answer refused = send(Map.of("auth_req_id", asked.authReqId(), "action", "allow", "accounts", "foo"));

        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("invalid-selection");
        assertThat(refused.json().get("detail").asText()).contains("accounts");
        assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
    }

    @Test
    void aTppsOwnTestsCanReport() {
        Asked asked = acme.ask(customer, BALANCES);

        send(Map.of("auth_req_id", asked.authReqId(), "action", "report")).ok();

        assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
        assertThat(acme.request(customer, Map.of(), BALANCES).error()).isEqualTo("access_denied");
    }

    @Test
    void anUnattendedDecisionIsPingedLikeTheCustomers() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            Asked asked = orbit.askForPing(customer, "token-" + UUID.randomUUID());

            decide(bank, asked.authReqId(), "allow").ok();

            assertThat(receiver.next(Duration.ofSeconds(10)).body()).contains(asked.authReqId());
        }
    }

    @Test
    void anUnattendedDecisionThatIsNoneIsRefused() {
        Asked asked = acme.ask(customer, BALANCES);
        for (String action : new String[] {null, "", "ALLOW", "approve", "x"}) {
            assertProblem(decide(bank, asked.authReqId(), action));
        }
        for (String authReqId : new String[] {null, "", "x", "a.b.c.d.e", asked.authReqId() + "x"}) {
            assertProblem(decide(bank, authReqId, "allow"));
        }
        assertProblem(decide(bank.server().realm(Servers.OTHER), asked.authReqId(), "allow"));
        assertThat(acme.poll(asked).error()).isEqualTo("authorization_pending");
    }

    @Test
    void anExpiredRequestIsNotDecidedUnattended() {
        Realm brief = Servers.brief(Database.H2);
        Asked asked = brief.tpp(ACME).ask(brief.newCustomer(), BALANCES);
        Eventually.after(asked.expiry());

        Answer tooLate = decide(brief, asked.authReqId(), "allow");

        assertThat(tooLate.status()).isEqualTo(410);
        assertThat(tooLate.problem()).isEqualTo("expired");
    }

    @Test
    void theSandboxIsOffUnlessTheRealmTurnsItOn() {
        String name = "plain-" + UUID.randomUUID();
        Admin admin = bank.admin();
        admin.createRealm(Servers.realmFile().named(name).withoutSandbox());
        try {
            Realm plain = bank.server().realm(name);
            Customer someone = plain.newCustomer();
            Asked asked = plain.tpp(ACME).ask(someone, BALANCES);

            assertThat(doors(plain, asked))
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.toString()).isEqualTo(404));
            assertThat(plain.tpp(ACME).poll(asked).error()).isEqualTo("authorization_pending");
            Answer device = someone.app()
                    .register(UUID.randomUUID().toString(), "{\"platform\":\"sandbox\",\"pushToken\":\"t\"}");
            assertThat(device.status()).as(device.toString()).isEqualTo(422);

            admin.updateRealm(
                    name, realm -> realm.withObjectProperty("attributes").put("sandbox.enabled", "true"));
            assertThat(Http.send(Http.request(plain.uri("/sandbox/phone"))).status())
                    .isEqualTo(200);
        } finally {
            admin.removeRealm(name);
        }
    }

    @Test
    void aPushStreamNeedsAPushToken() {
        for (String body : List.of("", "{}", "[]", "{\"pushToken\":1}", "{\"pushToken\":\"\"}", "x")) {
            Answer answer = Http.send(Http.json(bank.uri("/sandbox/pushes"), "POST", body));
            assertThat(answer.status()).as("%s for %s", answer, body).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
        }
    }

    @Test
    void aDeveloperRegistersAClientAndAsks() {
        Answer made = register(bank, Http.object().put("kind", "poll").put("name", "My Budget"));

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        Tpp mine = tpp(bank, made);
        Asked asked = Asked.of(mine.request(customer, Map.of("authorization_details", DETAILS), BALANCES));
        decide(bank, asked.authReqId(), "allow").ok();
        Tokens tokens = Tokens.of(mine.poll(asked));
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(mine.post("/sandbox/script", Map.of("script", "{\"rules\":[]}"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDevelopersClientReadsWithoutTheCustomerIfItIsToAndTheCustomerAgrees() {
        Answer made = register(
                bank, Http.object().put("kind", "poll").put("name", "My Budget").put("offlineAccess", true));

        assertThat(made.json().get("scope").asText().split(" ")).contains(BALANCES, "offline_access");
        Tpp mine = tpp(bank, made);
        Asked asked = mine.ask(customer, BALANCES, "offline_access");
        decide(bank, asked.authReqId(), "allow").ok();
        assertThat(Tokens.of(mine.poll(asked)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", BALANCES, "offline_access");
    }

    @Test
    void aClientThatIsPingedIsPingedByTheSandbox() {
        Answer made = register(bank, Http.object().put("kind", "ping").put("name", "My Shop"));

        assertThat(made.json().get("notificationEndpoint").asText())
                .isEqualTo(bank.uri("/sandbox/notifications").toString());
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Answer own = register(
                    bank,
                    Http.object()
                            .put("kind", "ping")
                            .put("name", "My Shop")
                            .put("notificationEndpoint", receiver.endpoint().toString()));
            Asked asked = tpp(bank, own).askForPing(customer, "token-" + UUID.randomUUID());
            decide(bank, asked.authReqId(), "deny").ok();
            assertThat(receiver.next(Duration.ofSeconds(10)).body()).contains(asked.authReqId());
        }
    }

    @Test
    void aClientOfFapiHasAKeyAndNoSecretAndHasToPushItsRequests() {
        ObjectNode wanted = Http.object()
                .put("kind", "fapi")
                .put("name", "My Bank Manager")
                .put("redirectUri", "http://localhost:3000/callback");
        // RFC 7517, appendix A.1
        wanted.putObject("jwk")
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4")
                .put("y", "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM");

        Answer made = register(bank, wanted);

        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.json().has("secret")).isFalse();
        assertThat(made.json().get("kid").asText()).hasSize(43);
        JsonNode client =
                bank.admin().client(bank.name(), made.json().get("clientId").asText());
        assertThat(client.get("clientAuthenticatorType").asText()).isEqualTo("client-jwt");
        assertThat(client.get("consentRequired").asBoolean()).isTrue();
        assertThat(client.at("/attributes/require.pushed.authorization.requests")
                        .asText())
                .isEqualTo("true");
        assertThat(client.at("/attributes/dpop.bound.access.tokens").asText()).isEqualTo("true");
        wanted.withObjectProperty("jwk").put("d", "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE");
        assertThat(register(bank, wanted).problem()).isEqualTo("malformed-request");
    }

    @Test
    void aClientThatIsNoneIsRefused() {
        for (ObjectNode wrong : List.of(
                Http.object(),
                Http.object().put("kind", "push").put("name", "X"),
                Http.object().put("kind", "poll").put("name", "X").put("x", "y"),
                Http.object().put("kind", "redirect").put("name", "X"),
                Http.object().put("kind", "fapi").put("name", "X").put("redirectUri", "https://acme.example/x"))) {
            Answer answer = register(bank, wrong);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
        }
        for (ObjectNode refused : List.of(
                Http.object().put("kind", "poll").put("name", "<b>Bank</b>"),
                Http.object().put("kind", "redirect").put("name", "X").put("redirectUri", "http://acme.example/*"),
                Http.object().put("kind", "ping").put("name", "X").put("notificationEndpoint", "http://10.0.0.1/x"))) {
            Answer answer = register(bank, refused);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
            assertThat(answer.problem()).isEqualTo("invalid-registration");
        }
        Answer form = Http.send(Http.form(bank.uri("/sandbox/clients"), Map.of("kind", "poll", "name", "X")));
        assertThat(form.status()).as(form.toString()).isEqualTo(415);
    }

    @Test
    void startingOverForgetsWhatWasTriedOutAndIsSafeToRepeat() {
        String name = "again-" + UUID.randomUUID();
        Admin admin = bank.admin();
        admin.createRealm(Servers.realmFile().named(name));
        try {
            Realm realm = bank.server().realm(name);
            Tpp tpp = realm.tpp(ACME);
            Customer someone = realm.newCustomer();
            Tpp made =
                    tpp(realm, register(realm, Http.object().put("kind", "poll").put("name", "My Budget")));
            tpp.post("/sandbox/customers", Map.of("seed", "1", "count", "60")).ok();
            tpp.post("/sandbox/script", Map.of("script", "{\"rules\":[{\"action\":\"none\"}]}"))
                    .ok();
            Asked granted = made.ask(someone, BALANCES);
            decide(realm, granted.authReqId(), "allow").ok();
            Tokens tokens = Tokens.of(made.poll(granted));
            tpp.post("/sandbox/events", Map.of("customer", someone.username(), "kind", "salary"))
                    .ok();
            Asked open = tpp.ask(someone, BALANCES);
            Customer annoyed = realm.newCustomer();
            decide(realm, tpp.ask(annoyed, BALANCES).authReqId(), "report").ok();

            Tpp stranger =
                    tpp(realm, register(realm, Http.object().put("kind", "poll").put("name", "Somebody")));
            decide(realm, stranger.ask(annoyed, BALANCES).authReqId(), "report").ok();
            Asked theirs = stranger.ask(someone, BALANCES);
            JsonNode own = stranger.post("/sandbox/start-over", Map.of()).ok();
            assertThat(own)
                    .as("whoever registered ends their own, and nothing of others")
                    .isEqualTo(Http.object()
                            .put("done", true)
                            .put("scripts", 0)
                            .put("requests", 1)
                            .put("consents", 0)
                            .put("partners", 0)
                            .put("blocks", 1)
                            .put("events", 0)
                            .put("customers", 0)
                            .put("clients", 0));
            assertThat(stranger.poll(theirs).error()).isEqualTo("expired_token");
            assertThat(tpp.poll(open).error()).isEqualTo("authorization_pending");
            stranger.ask(annoyed, BALANCES);
            assertThat(tpp.request(annoyed, Map.of(), BALANCES).error()).isEqualTo("access_denied");

            JsonNode forgotten = tpp.post("/sandbox/start-over", Map.of()).ok();

            assertThat(forgotten)
                    .isEqualTo(Http.object()
                            .put("done", true)
                            .put("requests", 2)
                            .put("consents", 1)
                            .put("partners", 0)
                            .put("blocks", 1)
                            .put("scripts", 1)
                            .put("events", 1)
                            .put("customers", 60)
                            .put("clients", 2));
            assertThat(tpp.poll(open).error()).isEqualTo("expired_token");
            tpp.ask(annoyed, BALANCES);
            tpp.post("/sandbox/start-over", Map.of()).ok();
            assertThat(someone.app().consents("").ok().findValuesAsText("status"))
                    .hasSize(1)
                    .doesNotContain("active");
            assertThat(made.refresh(tokens).error()).isEqualTo("invalid_client");
            JsonNode nothing = tpp.post("/sandbox/start-over", Map.of()).ok();
            assertThat(nothing.get("done").asBoolean()).isTrue();
            assertThat(nothing.properties().stream()
                            .filter(field -> field.getValue().isInt())
                            .mapToInt(field -> field.getValue().asInt())
                            .sum())
                    .isZero();
            assertThat(Http.send(Http.form(realm.uri("/sandbox/start-over"), Map.of()))
                            .error())
                    .isEqualTo("invalid_client");
        } finally {
            admin.removeRealm(name);
        }
    }

    private static Answer register(Realm realm, ObjectNode wanted) {
        return Http.send(Http.json(realm.uri("/sandbox/clients"), "POST", wanted.toString()));
    }

    private static Tpp tpp(Realm realm, Answer made) {
        JsonNode client = made.json();
        return new Tpp(
                realm, client.get("clientId").asText(), client.get("secret").asText());
    }

    private static List<Answer> doors(Realm realm, Asked asked) {
        return List.of(
                Http.send(Http.request(realm.uri("/sandbox/"))),
                register(realm, Http.object().put("kind", "poll").put("name", "X")),
                Http.send(Http.form(realm.uri("/sandbox/start-over"), Map.of())),
                Http.send(Http.form(realm.uri("/sandbox/script"), Map.of("script", "{\"rules\":[]}"))),
                Http.send(Http.form(realm.uri("/sandbox/customers"), Map.of("seed", "1"))),
                Http.send(Http.form(realm.uri("/sandbox/events"), Map.of("customer", "alice", "kind", "salary"))),
                Http.send(Http.request(realm.uri("/sandbox/demo"))),
                Http.send(Http.request(realm.uri("/sandbox/phone"))),
                Http.send(Http.request(realm.uri("/sandbox/tpp"))),
                Http.send(Http.json(realm.uri("/sandbox/pushes"), "POST", "{\"pushToken\":\"t\"}")),
                decide(realm, asked.authReqId(), "allow"),
                decide(realm, asked.authReqId(), "deny"));
    }

    private static void assertProblem(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
        assertThat(answer.problem()).isIn("malformed-request", "not-found");
    }

    private Answer send(Map<String, String> form) {
        return Http.send(Http.form(bank.uri("/sandbox/decisions"), form));
    }

    private static Answer decide(Realm realm, String authReqId, String action) {
        Map<String, String> query = new LinkedHashMap<>();
        if (authReqId != null) {
            query.put("auth_req_id", authReqId);
        }
        if (action != null) {
            query.put("action", action);
        }
        return Http.send(Http.request(realm.uri("/sandbox/decisions?" + Http.query(query)))
                .POST(BodyPublishers.noBody()));
    }
}
