package io.assent.it.admin;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A TPP is switched off: at once, whoever does it, and nothing comes back by itself. */
class SwitchOffIT {

    private static final String REALM = "switched";

    /** As the authorization response has it. */
    private static final String CODE = "[?&]code=";

    private static Realm bank;
    private static Staff manager;

    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final Tpp tpp = bank.newTpp(ACME, client -> {});

    @BeforeAll
    static void createARealmThatKeepsAdminEvents() {
        Servers.shared(Database.POSTGRESQL)
                .admin()
                .createRealm(Servers.realmFile()
                        .keepingAdminEvents()
                        .polledEvery(1)
                        .expiringAfter(600)
                        .named(REALM));
        bank = Servers.shared(Database.POSTGRESQL).realm(REALM);
        manager = Staff.of(bank, "view-users", "manage-clients");
    }

    /** Who turns the switch. */
    enum Hand {
        STAFF {
            @Override
            void turn(Tpp tpp, boolean on) {
                (on ? manager.switchOn(tpp.clientId()) : manager.switchOff(tpp.clientId())).ok();
            }
        },
        /** As the console does it. */
        CONSOLE {
            @Override
            void turn(Tpp tpp, boolean on) {
                bank.admin().updateClient(bank.name(), tpp.clientId(), client -> client.put("enabled", on));
            }
        };

        abstract void turn(Tpp tpp, boolean on);
    }

    private JsonNode request(String id) {
        return manager.request(id).ok();
    }

    private static void assertNoClient(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(400, 401);
        assertThat(answer.error()).isIn("invalid_client", "unauthorized_client");
    }

    @ParameterizedTest
    @EnumSource
    void itCanDoNothingAndWhatIsOpenIsOver(Hand hand) {
        Asked fetched = tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens tokens = Tokens.of(tpp.poll(fetched));
        String grantId = tokens.accessTokenClaims().get("grant_id").asText();
        String own = tpp.ownToken();
        Customer other = bank.newCustomer();
        BankApp others = other.app();
        Asked approved = tpp.ask(other, BALANCES);
        String approvedId = others.onlyPendingId();
        others.approve(approvedId, BALANCES).ok();
        Asked pending = tpp.ask(customer, TRANSACTIONS);
        String pendingId = app.onlyPendingId();

        hand.turn(tpp, false);

        assertThat(app.pending()).isEmpty();
        assertThat(app.request(pendingId).ok().get("status").asText()).isEqualTo("expired");
        assertThat(app.approve(pendingId, TRANSACTIONS).problem()).isEqualTo("expired");
        assertThat(request(pendingId).get("status").asText()).isEqualTo("expired");
        assertThat(request(approvedId).get("status").asText()).isEqualTo("withdrawn");
        assertNoClient(tpp.request(customer, Map.of(), BALANCES));
        assertNoClient(tpp.poll(approved));
        assertNoClient(tpp.refresh(tokens));
        assertNoClient(tpp.introspect(tokens));
        assertNoClient(tpp.post("/protocol/openid-connect/token", Map.of("grant_type", "client_credentials")));
        assertThat(tpp.userinfo(tokens).status()).isEqualTo(401);
        assertThat(bank.api().introspect(tokens).ok().get("active").asBoolean()).isFalse();
        assertThat(new BankApp(bank, own)
                        .call("GET", "/grants/{id}", "/grants/" + grantId)
                        .status())
                .isEqualTo(401);
        assertThat(app.consent(grantId).ok().get("status").asText()).isEqualTo("active");

        hand.turn(tpp, true);

        assertThat(app.pending()).isEmpty();
        assertThat(app.approve(pendingId, TRANSACTIONS).problem()).isEqualTo("expired");
        assertThat(tpp.poll(pending).error()).isEqualTo("expired_token");
        assertThat(tpp.poll(approved).error()).isEqualTo("access_denied");
        Tokens.of(tpp.refresh(tokens));
        tpp.ask(customer, TRANSACTIONS);
        assertThat(app.pending()).hasSize(1);
    }

    /** By Keycloak's own client registration, in its own words and in those of OpenID Connect. */
    @ParameterizedTest
    @EnumSource
    void whoHoldsItsRegistrationTokenDoesNotSwitchItOn(Hand hand) {
        tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        String token = bank.admin().registrationAccessToken(bank.name(), tpp.clientId());
        ObjectNode itself = registered("default", token, "GET", null).ok().deepCopy();
        hand.turn(tpp, false);

        ObjectNode metadata = Http.object().put("client_id", tpp.clientId());
        metadata.putArray("redirect_uris").add(CodeFlow.BACK.toString());
        List<Answer> answers = List.of(
                registered("default", token, "PUT", itself.put("enabled", true)),
                registered("default", token, "PUT", Http.object().put("clientId", tpp.clientId())),
                registered("openid-connect", token, "PUT", metadata),
                registered("default", token, "DELETE", null));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.status()).as(answer.toString()).isBetween(400, 403));
        assertThat(manager.tpp(tpp.clientId()).ok().get("on").asBoolean()).isFalse();
        assertNoClient(tpp.request(customer, Map.of(), TRANSACTIONS));

        hand.turn(tpp, true);
        registered("default", token, "PUT", itself).ok();
        tpp.ask(customer, TRANSACTIONS);
    }

    private Answer registered(String words, String token, String method, ObjectNode client) {
        return Http.send(Http.json(
                        bank.uri("/clients-registrations/" + words + "/" + tpp.clientId()),
                        method,
                        client == null ? "" : client.toString())
                .header("Authorization", "Bearer " + token));
    }

    /** As an update leaves it that had read the client before it was switched off, and is written after that. */
    @Test
    void whateverIsWrittenIntoTheServersOwnSwitchItStaysOff() {
        Asked fetched = tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens tokens = Tokens.of(tpp.poll(fetched));
        String grantId = tokens.accessTokenClaims().get("grant_id").asText();
        String own = tpp.ownToken();
        manager.switchOff(tpp.clientId()).ok();

        switchOnByStatement(tpp);

        assertThat(manager.tpp(tpp.clientId()).ok().get("on").asBoolean()).isFalse();
        assertNoClient(tpp.request(customer, Map.of(), BALANCES));
        assertNoClient(tpp.refresh(tokens));
        assertThat(tpp.introspect(tokens).json().path("active").asBoolean()).isFalse();
        assertNoClient(tpp.post("/protocol/openid-connect/token", Map.of("grant_type", "client_credentials")));
        assertThat(tpp.userinfo(tokens).status()).isIn(400, 401, 403);
        assertThat(bank.api().introspect(tokens).ok().get("active").asBoolean()).isFalse();
        assertThat(new BankApp(bank, own)
                        .call("GET", "/grants/{id}", "/grants/" + grantId)
                        .status())
                .isEqualTo(401);
        WebPage page = new WebClient(bank).open(new CodeFlow(tpp, CodeFlow.BACK, BALANCES), customer);
        assertThat(page.asks()).isFalse();
        assertThat(page.uri().toString()).doesNotContainPattern(CODE);

        manager.switchOn(tpp.clientId()).ok();
        Tokens.of(tpp.refresh(tokens));
    }

    @Test
    void anApprovalThatCanNotBeTakenBackHoldsUpNoOther() {
        tpp.ask(customer, BALANCES);
        String failing = app.onlyPendingId();
        app.approve(failing, BALANCES).ok();
        Customer other = bank.newCustomer();
        tpp.ask(other, BALANCES);
        String id = other.app().onlyPendingId();
        other.app().approve(id, BALANCES).ok();
        Postgres.execute(database(), """
                CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'refused by the test'; END $$;
                CREATE TRIGGER refuse_change BEFORE UPDATE ON consent_request FOR EACH ROW
                    WHEN (OLD.id = '%s') EXECUTE FUNCTION refuse_change()""".formatted(failing));
        try {
            manager.switchOff(tpp.clientId()).ok();

            assertThat(request(id).get("status").asText()).isEqualTo("withdrawn");
            assertThat(request(failing).get("status").asText()).isEqualTo("approved");
        } finally {
            Postgres.execute(database(), """
                    DROP TRIGGER refuse_change ON consent_request;
                    DROP FUNCTION refuse_change()""");
        }
        Eventually.within(
                Duration.ofMinutes(1),
                "housekeeping",
                () -> request(failing).get("status").asText().equals("withdrawn"));
    }

    /** What was approved and is not taken back yet, since the node died that did so. */
    @Test
    void whatWasApprovedBeforeIsNeverFetchedAlsoWhereNobodyTookItBack() {
        Asked approved = tpp.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.approve(id, BALANCES).ok();
        manager.switchOff(tpp.clientId()).ok();
        manager.switchOn(tpp.clientId()).ok();
        Postgres.execute(database(), "UPDATE CONSENT_REQUEST SET STATUS = 'APPROVED' WHERE ID = '" + id + "'");

        Answer refused = tpp.poll(approved);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_grant");
    }

    /** The console writes back all that it read, also where staff switched it off meanwhile. */
    @Test
    void whatStaffSwitchedOffIsNotSwitchedOnInTheConsole() {
        manager.switchOff(tpp.clientId()).ok();

        Answer refused = bank.admin().changeClient(bank.name(), tpp.clientId(), client -> client.put("enabled", true));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("switched off");
        bank.admin().updateClient(bank.name(), tpp.clientId(), client -> client.put("name", "Renamed"));
        assertThat(manager.tpp(tpp.clientId()).ok().get("on").asBoolean()).isFalse();
    }

    @Test
    void aPageThatIsOpenLeadsNowhere() {
        CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, BALANCES);
        WebClient browser = new WebClient(bank);
        WebPage page = browser.open(flow, customer);
        assertThat(page.asks()).isTrue();

        manager.switchOff(tpp.clientId()).ok();
        WebPage after = browser.approve(page, BALANCES);

        assertThat(after.asks()).isFalse();
        assertThat(after.uri().toString()).doesNotContainPattern(CODE);
        assertThat(bank.admin().consents(bank.name(), customer.id())).isEmpty();
        manager.switchOn(tpp.clientId()).ok();
        WebPage later = browser.approve(page, BALANCES);
        assertThat(later.uri().toString()).doesNotContainPattern(CODE);
    }

    @Test
    void whatIsToBeToldOfItIsNotSentAgain() {
        String device = UUID.randomUUID().toString();
        app.register(UUID.fromString(device), "log");
        tpp.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        Eventually.within(
                Duration.ofSeconds(20),
                "what became of the push",
                () -> manager.request(id).ok().get("deliveries").size() == 1);

        manager.switchOff(tpp.clientId()).ok();

        assertThat(manager.request(id).ok().get("deliveries"))
                .allSatisfy(delivery ->
                        assertThat(delivery.get("canBeResent").asBoolean()).isFalse());
    }

    /** @param marked whether the mark alone says so, as an update leaves it that is written after the switch */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noPingIsTriedAgain(boolean marked) {
        try (PingReceiver receiver = PingReceiver.answering(503)) {
            Tpp orbit = bank.newPingTpp(receiver.endpoint());
            orbit.askForPing(customer, "token-" + UUID.randomUUID());
            String id = app.onlyPendingId();
            app.approve(id).ok();
            receiver.next(Duration.ofSeconds(20));

            manager.switchOff(orbit.clientId()).ok();
            if (marked) {
                switchOnByStatement(orbit);
            }

            Eventually.within(
                    Duration.ofMinutes(1),
                    "the end of the ping",
                    () -> Postgres.count(
                                    database(),
                                    "CONSENT_OUTBOX",
                                    "REQUEST_ID = '" + id + "' and STATUS = 'CLOSED'"
                                            + " and REASON = 'the client is switched off'")
                            == 1);
        }
    }

    private static void switchOnByStatement(Tpp tpp) {
        Postgres.execute(database(), "UPDATE CLIENT SET ENABLED = true WHERE CLIENT_ID = '" + tpp.clientId() + "'");
        bank.admin().clearRealmCache(bank.name());
    }

    private static String database() {
        return Servers.shared(Database.POSTGRESQL).databaseName();
    }

    @Test
    void twiceIsAsOnce() throws Exception {
        Callable<Answer> off = () -> manager.switchOff(tpp.clientId());

        List<Answer> answers = AtOnce.all(List.of(off, off, off, off));
        answers.add(off.call());

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.ok().get("on").asBoolean()).isFalse());
        assertThat(manager.switchOn(tpp.clientId()).ok().get("on").asBoolean()).isTrue();
        assertThat(manager.switchOn(tpp.clientId()).ok().get("on").asBoolean()).isTrue();
        String id = bank.admin().client(bank.name(), tpp.clientId()).get("id").asText();
        JsonNode told = bank.admin().adminEvents(bank.name(), "consents/clients/" + id + "/on");
        assertThat(told).hasSize(1);
        assertThat(told.get(0).at("/authDetails/userId").asText()).isEqualTo(manager.id());
    }

    /** In any order, either the one was there first and is worth nothing any more, or it was refused. */
    @Test
    void atOnceWithApprovalsRedemptionsRefreshesAndQuestionsNothingStaysOpen() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<Asked> questions = new ArrayList<>();
        List<Tokens> fetched = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            Customer one = bank.newCustomer();
            BankApp theirs = one.app();
            Asked first = tpp.ask(one, TRANSACTIONS);
            theirs.approve(theirs.onlyPendingId(), TRANSACTIONS).ok();
            Tokens tokens = Tokens.of(tpp.poll(first));
            fetched.add(tokens);
            Asked approved = tpp.ask(one, BALANCES);
            String approvedId = theirs.onlyPendingId();
            theirs.approve(approvedId, BALANCES).ok();
            Customer two = bank.newCustomer();
            BankApp twos = two.app();
            questions.add(tpp.ask(two, BALANCES));
            questions.add(approved);
            String pendingId = twos.onlyPendingId();
            ids.add(approvedId);
            ids.add(pendingId);
            Customer three = bank.newCustomer();
            calls.add(() -> twos.approve(pendingId, BALANCES));
            calls.add(() -> tpp.poll(approved));
            calls.add(() -> tpp.refresh(tokens));
            calls.add(() -> tpp.request(three, Map.of(), BALANCES));
        }
        calls.add(calls.size() / 2, () -> manager.switchOff(tpp.clientId()));

        List<Answer> answers = AtOnce.all(calls);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isLessThan(500));
        String ofTpp = "?client=" + tpp.clientId();
        Eventually.within(
                Duration.ofSeconds(30),
                "nothing open, also of what was on its way",
                () -> manager.requests(ofTpp + "&status=pending")
                                .ok()
                                .get("requests")
                                .isEmpty()
                        && manager.requests(ofTpp + "&status=approved")
                                .ok()
                                .get("requests")
                                .isEmpty());
        for (Tokens tokens : fetched) {
            assertNoClient(tpp.refresh(tokens));
        }
        manager.switchOn(tpp.clientId()).ok();
        for (Asked question : questions) {
            assertThat(tpp.poll(question).status()).isEqualTo(400);
        }
        assertThat(ids).allSatisfy(id -> assertThat(request(id).get("status").asText())
                .isIn("expired", "withdrawn", "redeemed"));
    }
}
