package io.assent.it.operations;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PingReceiver;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the console's <i>Events</i> page, and so every event listener, sees of a journey. */
class EventsIT {

    private static final String REALM = "events";
    private static final String BRIEF = "events-brief";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** Housekeeping runs every ten seconds, and waits some more for answers that are on their way. */
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(60);

    private static final Keycloak SERVER = Servers.shared(Database.H2);

    private final Realm realm = SERVER.realm(REALM);
    private final Tpp acme = realm.tpp(ACME);
    private final Customer customer = realm.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void createRealmsThatKeepEvents() {
        Admin admin = SERVER.admin();
        RealmFile file = Servers.realmFile().with(EventsIT::keepEvents);
        admin.createRealm(file.named(REALM));
        admin.createRealm(file.named(BRIEF).expiringAfter(2));
    }

    private static void keepEvents(ObjectNode realm) {
        realm.put("eventsEnabled", true);
        realm.putArray("enabledEventTypes");
    }

    @Test
    void aJourneyByPollIsSeenFromTheQuestionToTheTokens() {
        UUID device = UUID.randomUUID();
        app.register(device, "log");
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        String id = app.onlyPendingId();
        app.request(id).ok();
        app.request(id).ok();
        app.approve(id, BALANCES).ok();
        app.approve(id, BALANCES).ok();
        Tokens.of(acme.poll(asked));

        JsonNode question = only("asked");
        assertThat(question.get("type").asText()).isEqualTo("CUSTOM_REQUIRED_ACTION");
        assertThat(question.get("clientId").asText()).isEqualTo(ACME);
        assertThat(detail(question, "consent_request_id")).isEqualTo(id);
        assertThat(detail(question, "consent_journey")).isEqualTo("ciba");
        assertThat(detail(question, "consent_permissions")).isEqualTo(BALANCES + "::" + TRANSACTIONS);

        JsonNode opened = only("opened");
        assertThat(detail(opened, "consent_request_id")).isEqualTo(id);
        assertThat(detail(opened, "consent_app_client_id")).isEqualTo(BankApp.CLIENT_ID);
        assertThat(detail(opened, "consent_device_id")).isEqualTo(device.toString());

        JsonNode approved = only("approved");
        assertThat(approved.get("type").asText()).isEqualTo("GRANT_CONSENT");
        assertThat(approved.get("clientId").asText()).isEqualTo(ACME);
        assertThat(approved.get("ipAddress").asText()).isNotEmpty();
        assertThat(approved.get("sessionId").asText()).isNotEmpty();
        assertThat(detail(approved, "consent_granted_permissions")).isEqualTo(BALANCES);
        assertThat(detail(approved, "consent_device_id")).isEqualTo(device.toString());
        assertThat(detail(approved, "consent_app_client_id")).isEqualTo(BankApp.CLIENT_ID);

        JsonNode redeemed = ofType("AUTHREQID_TO_TOKEN").stream()
                .filter(event -> event.get("details").has("consent_request_id"))
                .findFirst()
                .orElseThrow();
        assertThat(detail(redeemed, "consent_request_id")).isEqualTo(id);

        JsonNode pushed = eventually("pushed");
        assertThat(detail(pushed, "consent_request_id")).isEqualTo(id);
        assertThat(detail(pushed, "consent_device_id")).isEqualTo(device.toString());
        assertThat(pushed.get("clientId").asText()).isEqualTo(ACME);
    }

    @Test
    void aJourneyInPingModeIsSeenAlike() {
        try (PingReceiver receiver = PingReceiver.answering(204)) {
            Tpp orbit = realm.newPingTpp(receiver.endpoint());
            Asked asked = orbit.askForPing(customer, "token-" + UUID.randomUUID(), BALANCES);
            String id = app.onlyPendingId();
            app.approve(id).ok();
            receiver.next(SOON);
            Tokens.of(orbit.poll(asked));

            assertThat(detail(only("approved"), "consent_request_id")).isEqualTo(id);
            assertThat(only("approved").get("clientId").asText()).isEqualTo(orbit.clientId());
        }
    }

    @Test
    void aJourneyByTheBrowserIsSeenAlike() {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        WebClient browser = new WebClient(realm);
        browser.approve(browser.open(flow, customer), BALANCES);

        assertThat(detail(only("asked"), "consent_journey")).isEqualTo("redirect");
        JsonNode approved = only("approved");
        assertThat(approved.get("type").asText()).isEqualTo("GRANT_CONSENT");
        assertThat(detail(approved, "consent_granted_permissions")).isEqualTo(BALANCES);
        assertThat(approved.get("details").has("consent_app_client_id")).isFalse();
        assertThat(approved.get("sessionId").asText())
                .isEqualTo(ofType("LOGIN").get(0).get("sessionId").asText());
    }

    @Test
    void aConsentIsSeenToBeNarrowedAndToEnd() {
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        app.approve(app.onlyPendingId()).ok();
        Tokens.of(acme.poll(asked));
        String consent = app.onlyConsent().get("id").asText();
        app.narrow(consent, BALANCES).ok();
        app.withdraw(consent).ok();

        assertThat(only("narrowed").get("type").asText()).isEqualTo("UPDATE_CONSENT");
        assertThat(detail(only("narrowed"), "consent_granted_permissions")).isEqualTo(BALANCES);
        assertThat(only("ended").get("type").asText()).isEqualTo("REVOKE_GRANT");
        assertThat(only("ended").get("clientId").asText()).isEqualTo(ACME);
        assertThat(detail(only("ended"), "consent_id")).isEqualTo(consent);
        assertThat(detail(only("ended"), "consent_changed_by")).isEqualTo("customer");
    }

    @Test
    void aDenialIsSeenAsARefusalOfTheCustomer() {
        acme.ask(customer, BALANCES);
        app.deny(app.onlyPendingId()).ok();

        JsonNode denied = only("denied");
        assertThat(denied.get("type").asText()).isEqualTo("GRANT_CONSENT_ERROR");
        assertThat(denied.get("error").asText()).isEqualTo("rejected_by_user");
    }

    @Test
    void refusedDecisionsAreSeenThoughTheirTransactionsAreRolledBack() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        BankApp foreign = realm.newCustomer().app();

        app.approveNothing(id);
        app.deny(id).ok();
        app.approve(id);
        foreign.approve(id);

        assertThat(refusals()).containsExactlyInAnyOrder("invalid_selection", "already_decided");
        assertThat(detail(named("decision-refused").get(0), "consent_request_id"))
                .isEqualTo(id);
        assertThat(named("denied")).hasSize(1);
    }

    @Test
    void aForeignDecisionIsSeenWithTheOneWhoTried() {
        acme.ask(customer, BALANCES);
        Customer other = realm.newCustomer();
        String id = app.onlyPendingId();

        other.app().approve(id);

        JsonNode refused = named(other, "decision-refused").get(0);
        assertThat(refused.get("error").asText()).isEqualTo("not_found");
        assertThat(detail(refused, "consent_request_id")).isEqualTo(id);
        assertThat(refused.has("clientId")).isFalse();
        assertThat(named("decision-refused")).isEmpty();
    }

    @Test
    void devicesAreSeenAmongTheCustomersCredentials() {
        UUID device = UUID.randomUUID();
        String pushToken = app.register(device, "sandbox");
        app.register(
                device.toString(),
                "{\"platform\":\"sandbox\",\"pushToken\":\"" + pushToken + "\",\"label\":\"again\"}");
        Customer other = realm.newCustomer();
        BankApp others = other.app();
        UUID taken = UUID.randomUUID();
        try (PushStream phone = PushStream.open(realm, pushToken)) {
            others.register(taken.toString(), "{\"platform\":\"sandbox\",\"pushToken\":\"" + pushToken + "\"}")
                    .ok();
            others.prove(taken.toString(), phone.next().get("nonce").asText()).ok();
        }
        BankApp again = other.app();
        again.register(taken.toString(), "{\"platform\":\"sandbox\",\"pushToken\":\"stolen\"}");
        again.register(taken.toString(), "{\"platform\":\"sandbox\",\"pushToken\":\"" + pushToken + "\"}")
                .ok();
        others.removeDevice(taken.toString());
        others.removeDevice(taken.toString());

        assertThat(only("device-registered").get("type").asText()).isEqualTo("UPDATE_CREDENTIAL");
        assertThat(detail(only("device-registered"), "credential_type")).isEqualTo("consent-device");
        assertThat(detail(only("device-registered"), "consent_device_id")).isEqualTo(device.toString());
        assertThat(only("device-moved").get("type").asText()).isEqualTo("REMOVE_CREDENTIAL");
        assertThat(detail(only("device-moved"), "consent_device_id")).isEqualTo(device.toString());
        assertThat(named(other, "device-registered")).hasSize(1);
        assertThat(named(other, "device-proved")).hasSize(1);
        assertThat(named(other, "device-registered-again")).hasSize(1);
        assertThat(named(other, "device-refused")).singleElement().satisfies(refused -> {
            assertThat(refused.get("type").asText()).isEqualTo("UPDATE_CREDENTIAL_ERROR");
            assertThat(refused.get("error").asText()).isEqualTo("device_proof_required");
        });
        assertThat(named(other, "device-removed")).singleElement().satisfies(removed -> assertThat(
                        detail(removed, "consent_device_id"))
                .isEqualTo(taken.toString()));
        assertThat(SERVER.admin().events(REALM, customer.id()).toString()).doesNotContain(pushToken);
    }

    @Test
    void aRequestThatNobodyAnswersIsSeenToExpireOnceAndALateAnswerIsRefused() {
        Realm brief = SERVER.realm(BRIEF);
        Customer late = brief.newCustomer();
        brief.tpp(ACME).ask(late, BALANCES);
        BankApp lateApp = late.app();
        String id = lateApp.ids("").get(0);

        JsonNode expired = Eventually.within(
                        HOUSEKEEPING, "the event", () -> named(late, "expired"), events -> !events.isEmpty())
                .get(0);

        assertThat(detail(expired, "consent_request_id")).isEqualTo(id);
        assertThat(expired.get("type").asText()).isEqualTo("CUSTOM_REQUIRED_ACTION");
        lateApp.approve(id);
        assertThat(named(late, "decision-refused"))
                .singleElement()
                .satisfies(refused -> assertThat(refused.get("error").asText()).isEqualTo("expired"));
        assertThat(named(late, "expired")).hasSize(1);
    }

    private JsonNode only(String name) {
        List<JsonNode> events = named(name);
        assertThat(events).as(name).hasSize(1);
        return events.get(0);
    }

    private JsonNode eventually(String name) {
        return Eventually.within(SOON, "the event " + name, () -> named(name), events -> !events.isEmpty())
                .get(0);
    }

    private List<JsonNode> named(String name) {
        return named(customer, name);
    }

    private static List<JsonNode> named(Customer someone, String name) {
        return events(someone)
                .filter(event -> name.equals(detail(event, "consent_event")))
                .toList();
    }

    private List<JsonNode> ofType(String type) {
        return events(customer)
                .filter(event -> event.get("type").asText().equals(type))
                .toList();
    }

    private List<String> refusals() {
        return named("decision-refused").stream()
                .map(event -> event.get("error").asText())
                .toList();
    }

    private static Stream<JsonNode> events(Customer someone) {
        return StreamSupport.stream(
                SERVER.admin().events(someone.realm().name(), someone.id()).spliterator(), false);
    }

    private static String detail(JsonNode event, String name) {
        return event.at("/details/" + name).asText();
    }
}
