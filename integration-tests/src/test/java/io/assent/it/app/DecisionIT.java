package io.assent.it.app;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Which answers a customer can give, and how often. */
class DecisionIT {

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @Test
    void approvingAScopeThatWasNotAskedForIsRefused() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        assertRefusedSelection(app.approve(id, BALANCES, TRANSACTIONS), id);
        assertRefusedSelection(app.approve(id, PAYMENTS), id);
        assertRefusedSelection(app.approve(id, BALANCES, "no.such.scope"), id);
        assertRefusedSelection(app.approve(id, BALANCES, "openid"), id);
    }

    @Test
    void aDenialThatGrantsIsRefusedAndOneThatGrantsNothingIsADenial() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        assertRefusedSelection(app.decide(id, "{\"decision\":\"deny\",\"grantedScopes\":[\"accounts.balances\"]}"), id);

        Answer denied = app.decide(id, "{\"decision\":\"deny\",\"grantedScopes\":[]}");
        assertThat(denied.ok().at("/decision/decision").asText()).isEqualTo("deny");
        assertThat(app.deny(id).body()).isEqualTo(denied.body());
    }

    @Test
    void leavingOutARequiredPermissionIsRefused() {
        Tpp tpp = pollingOrbit();
        Asked asked = tpp.ask(customer, BALANCES);
        JsonNode request = app.onlyPending();
        String id = request.get("id").asText();
        assertThat(BankApp.permissions(request)).containsExactlyInAnyOrder(BALANCES, PAYMENTS);
        assertThat(required(request)).containsExactly(PAYMENTS);

        assertRefusedSelection(app.approve(id, BALANCES), id);

        app.approve(id, PAYMENTS).ok();
        assertThat(Tokens.of(tpp.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", PAYMENTS);
    }

    @Test
    void anAllOrNothingClientIsGrantedAllOrNothing() {
        Tpp globe = bank.tpp("globe-aisp");
        Asked asked = globe.ask(customer, BALANCES, "identity.name");
        JsonNode request = app.onlyPending();
        String id = request.get("id").asText();
        assertThat(request.get("selectable").asBoolean()).isFalse();

        assertRefusedSelection(app.approve(id, DETAILS), id);
        assertRefusedSelection(app.approve(id, DETAILS, BALANCES), id);

        app.approve(id, "identity.name", DETAILS, BALANCES).ok();
        assertThat(Tokens.of(globe.poll(asked)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", DETAILS, BALANCES, "identity.name");
    }

    @Test
    void approvingWithoutASelectionIsRefusedWhereTheCustomerHasAChoice() {
        acme.ask(customer, BALANCES, TRANSACTIONS);
        String id = app.onlyPendingId();

        assertRefusedSelection(app.approveWithoutSaying(id), id);
    }

    @Test
    void approvingWithoutASelectionGrantsAllWhereItIsAllOrNothing() {
        Tpp globe = bank.tpp("globe-aisp");
        Asked asked = globe.ask(customer, BALANCES);

        JsonNode decided = app.approveWithoutSaying(app.onlyPendingId()).ok();

        assertThat(granted(decided)).containsExactlyInAnyOrder(DETAILS, BALANCES);
        assertThat(Tokens.of(globe.poll(asked)).accessTokenScope())
                .containsExactlyInAnyOrder("openid", DETAILS, BALANCES);
    }

    @Test
    void aRequestForNoPermissionIsApprovedAsItIsAndGrantsNone() {
        for (boolean empty : new boolean[] {true, false}) {
            Asked asked = acme.ask(customer);
            JsonNode request = app.onlyPending();
            String id = request.get("id").asText();
            assertThat(request.get("groups")).isEmpty();

            assertRefusedSelection(app.approve(id, BALANCES), id);
            (empty ? app.approveNothing(id) : app.approve(id)).ok();

            assertThat(Tokens.of(acme.poll(asked)).accessTokenScope()).containsExactly("openid");
        }
    }

    @Test
    void inARealmThatConfiguresNothingNoPartCanBeGranted() {
        String name = "bare-" + UUID.randomUUID();
        Admin admin = bank.admin();
        admin.createRealm(Servers.realmFile().named(name).with(realm -> realm.remove("requiredActions")));
        try {
            Realm bare = bank.server().realm(name);
            Customer someone = bare.newCustomer();
            BankApp theirApp = someone.app();
            Asked asked = bare.tpp(ACME).ask(someone, BALANCES, TRANSACTIONS);
            String id = theirApp.onlyPendingId();

            assertThat(theirApp.onlyPending().get("selectable").asBoolean()).isFalse();
            assertThat(theirApp.approve(id, BALANCES).status()).isEqualTo(422);
            theirApp.deny(id).ok();
            assertThat(bare.tpp(ACME).poll(asked).error()).isEqualTo("access_denied");
        } finally {
            admin.removeRealm(name);
        }
    }

    @Test
    void theSameDecisionAgainIsAnsweredAsTheFirstTime() {
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        String id = app.onlyPendingId();
        Answer first = app.approve(id, BALANCES, TRANSACTIONS);
        first.ok();

        assertThat(app.approve(id, BALANCES, TRANSACTIONS).body()).isEqualTo(first.body());
        assertThat(app.approve(id, TRANSACTIONS, BALANCES).body()).isEqualTo(first.body());
        assertThat(app.approve(id).body()).isEqualTo(first.body());

        Tokens.of(acme.poll(asked));
        Answer afterwards = app.approve(id);
        assertThat(afterwards.status()).isEqualTo(200);
        assertThat(afterwards.body()).isEqualTo(first.body());
        assertThat(app.request(id).body()).isEqualTo(first.body());
    }

    @Test
    void theSameDecisionAgainIsAnsweredAsTheFirstTimeAlsoAfterTheExpiry() {
        Realm brief = Servers.brief(Database.H2);
        Customer someone = brief.newCustomer();
        BankApp theirApp = someone.app();
        Asked asked = brief.tpp(ACME).ask(someone, BALANCES, TRANSACTIONS);
        String id = theirApp.onlyPendingId();
        Answer first = theirApp.approve(id, BALANCES);
        first.ok();

        Eventually.after(asked.expiry());

        Answer second = theirApp.approve(id, BALANCES);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertAlreadyDecided(theirApp.deny(id));
    }

    @Test
    void aDifferentDecisionIsRefusedAndChangesNothing() {
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        String id = app.onlyPendingId();
        Answer first = app.approve(id, BALANCES);
        first.ok();

        assertAlreadyDecided(app.deny(id));
        assertAlreadyDecided(app.approve(id));
        assertAlreadyDecided(app.approve(id, TRANSACTIONS));
        assertAlreadyDecided(app.approve(id, BALANCES, TRANSACTIONS));

        assertThat(app.request(id).body()).isEqualTo(first.body());
        assertThat(Tokens.of(acme.poll(asked)).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void theDecisionNamesTheDeviceWhoseSessionDecided() {
        UUID device = UUID.randomUUID();
        app.register(device, "log");
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        JsonNode decided = app.approve(id).ok();
        assertThat(decided.at("/decision/deviceId").asText()).isEqualTo(device.toString());

        acme.ask(customer, BALANCES);
        JsonNode elsewhere = customer.app().deny(app.onlyPendingId()).ok();
        assertThat(elsewhere.at("/decision/deviceId").isNull()).isTrue();
    }

    @Test
    void theAppListsRequestsByStatusAndTheNewestFirst() {
        acme.ask(customer, BALANCES);
        String oldest = app.onlyPendingId();
        app.approve(oldest).ok();
        acme.ask(customer, TRANSACTIONS);
        String middle = app.onlyPendingId();
        app.deny(middle).ok();
        acme.ask(customer, BALANCES, TRANSACTIONS);
        String newest = app.onlyPendingId();

        assertThat(app.ids("")).containsExactly(newest, middle, oldest);
        String afterNewest = "&after=" + app.requests("?max=1").text("next");
        assertThat(app.ids("?max=1" + afterNewest)).containsExactly(middle);
        assertThat(app.ids("?max=2" + afterNewest)).containsExactly(middle, oldest);
        assertThat(app.ids("?status=approved" + afterNewest)).containsExactly(oldest);
        assertThat(app.idsOfAllPages("?max=1")).containsExactly(newest, middle, oldest);
        assertThat(app.requests("?max=3").ok().get("next").isNull()).isTrue();
        assertThat(app.ids("?status=pending")).containsExactly(newest);
        assertThat(app.ids("?status=approved")).containsExactly(oldest);
        assertThat(app.ids("?status=denied")).containsExactly(middle);
        assertThat(app.ids("?status=expired")).isEmpty();
    }

    @Test
    void aListIsTwentyLongUnlessTheAppAsksForMore() {
        for (int request = 0; request < 21; request++) {
            acme.ask(customer, BALANCES);
        }

        assertThat(app.ids("")).hasSize(20);
        assertThat(app.ids("?max=100")).hasSize(21);
        assertThat(app.ids("?after=" + app.requests("").text("next"))).hasSize(1);
    }

    @Test
    void whatComesToTheFrontMovesNoPage() {
        acme.ask(customer, BALANCES);
        acme.ask(customer, TRANSACTIONS);
        List<String> before = app.ids("");
        String next = app.requests("?max=1").text("next");

        acme.ask(customer, BALANCES, TRANSACTIONS);

        assertThat(app.ids("?after=" + next)).containsExactly(before.get(1));
    }

    @Test
    void aPlaceInAnotherCustomersListShowsNothingOfThatList() {
        Customer other = bank.newCustomer();
        acme.ask(other, BALANCES);
        acme.ask(other, BALANCES);
        String next = other.app().requests("?max=1").text("next");

        assertThat(app.ids("?after=" + next)).isEmpty();
        acme.ask(customer, BALANCES);
        assertThat(app.ids("?after=" + next)).isEmpty();
    }

    @Test
    void textsAreInTheLanguageThatTheAppAsksForElseInTheCustomers() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        String english = title(app.request(id, "en"));
        String german = title(app.request(id, "de"));
        assertThat(english).isNotBlank().doesNotContain("${").isNotEqualTo(german);
        assertThat(german).isNotBlank().doesNotContain("${");
        assertThat(title(app.request(id))).isEqualTo(english);
        assertThat(title(app.request(id, "tlh, de;q=0.5"))).isEqualTo(german);

        bank.admin().updateUser(bank.name(), customer.id(), user -> user.withObjectProperty("attributes")
                .putArray("locale")
                .add("de"));
        assertThat(title(app.request(id))).isEqualTo(german);
        assertThat(title(app.request(id, "en"))).isEqualTo(english);
    }

    @ResourceLock(Servers.OTHER)
    @Test
    void theAdminChoosesInTheConsoleForWhichClientsCustomersMayDeselect() {
        Realm other = Servers.shared(Database.H2).realm(Servers.OTHER);
        Customer someone = other.newCustomer();
        BankApp theirApp = someone.app();
        Tpp tpp = other.tpp("globe-aisp");

        other.admin().configurePermissions(other.name(), "named-clients", ACME, "globe-aisp");
        tpp.ask(someone, BALANCES);
        assertThat(theirApp.onlyPending().get("selectable").asBoolean()).isTrue();
        theirApp.deny(theirApp.onlyPendingId()).ok();

        other.admin().configurePermissions(other.name(), "named-clients", ACME);
        tpp.ask(someone, BALANCES);
        assertThat(theirApp.onlyPending().get("selectable").asBoolean()).isFalse();
    }

    private Tpp pollingOrbit() {
        return bank.newTpp(ORBIT, client -> client.withObjectProperty("attributes")
                .put("ciba.backchannel.token.delivery.mode", "poll"));
    }

    private void assertRefusedSelection(Answer answer, String id) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-selection");
        assertThat(app.request(id).text("status")).isEqualTo("pending");
    }

    private static void assertAlreadyDecided(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        assertThat(answer.problem()).isEqualTo("already-decided");
    }

    private static List<String> granted(JsonNode request) {
        return texts(request.at("/decision/grantedScopes"));
    }

    private static List<String> texts(JsonNode array) {
        return Http.JSON.convertValue(
                array, Http.JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    private static List<String> required(JsonNode request) {
        return request.findValues("permissions").stream()
                .flatMap(permissions -> permissions.findParents("scope").stream())
                .filter(permission -> permission.get("required").asBoolean())
                .map(permission -> permission.get("scope").asText())
                .toList();
    }

    private static String title(Answer answer) {
        return answer.ok().at("/groups/0/permissions/0/title").asText();
    }
}
