package io.assent.it.app;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A customer wants no question of a company any more. */
class BlockIT {

    private static final String REALM = "blocks";
    private static final Keycloak SERVER = Servers.shared(Database.H2);

    private final Realm realm = SERVER.realm(REALM);
    private final Tpp acme = realm.newTpp(ACME, client -> {});
    private final Tpp globe = realm.tpp("globe-aisp");
    private final Customer customer = realm.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void createARealmThatKeepsEvents() {
        SERVER.admin()
                .createRealm(Servers.realmFile().asking(Map.of()).named(REALM).with(realm -> {
                    realm.put("eventsEnabled", true);
                    realm.putArray("enabledEventTypes");
                }));
    }

    private Answer ask(Customer asked) {
        return acme.request(asked, Map.of(), BALANCES);
    }

    private List<JsonNode> events(String name) {
        return StreamSupport.stream(SERVER.admin().events(REALM, customer.id()).spliterator(), false)
                .filter(event -> event.at("/details/consent_event").asText().equals(name))
                .toList();
    }

    @Test
    void aBlockedClientAsksNothingAndKeepsWhatItHas() {
        Asked granted = acme.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();
        Tokens tokens = Tokens.of(acme.poll(granted));
        Asked open = acme.ask(customer, TRANSACTIONS);
        String id = app.onlyPendingId();

        assertThat(app.block(acme.clientId()).status()).isEqualTo(204);
        assertThat(app.block(acme.clientId()).status()).isEqualTo(204);

        assertThat(acme.poll(open).error()).isEqualTo("access_denied");
        JsonNode denied = app.request(id).ok();
        assertThat(denied.get("status").asText()).isEqualTo("denied");
        assertThat(denied.at("/decision/reported").asBoolean()).isFalse();
        assertThat(ask(customer).status()).isEqualTo(403);
        assertThat(app.pending()).isEmpty();
        acme.assertAlive(tokens);
        assertThat(app.blocks().list()).singleElement().satisfies(block -> {
            assertThat(block.at("/client/clientId").asText()).isEqualTo(acme.clientId());
            assertThat(block.get("reported").asBoolean()).isFalse();
        });
        globe.ask(customer, BALANCES);
        ask(realm.newCustomer()).ok();
        assertThat(events("blocked")).hasSize(1);
    }

    /** A place in the list is by the ids of clients, which an admin may choose. */
    @Test
    void theListGoesOnAfterAClientWhoseIdIsNoUuid() {
        Tpp chosen = realm.newTpp(ACME, client -> client.put("id", "chosen by: an admin"));
        List<Tpp> blocked = List.of(acme, chosen, globe);
        blocked.forEach(tpp -> app.block(tpp.clientId()).ok());

        List<String> found = new ArrayList<>();
        JsonNode page = app.call("GET", "/blocks", "/blocks?max=1").ok();
        while (found.size() < blocked.size() && !page.get("next").isNull()) {
            found.addAll(clients(page));
            page = app.call(
                            "GET",
                            "/blocks",
                            "/blocks?max=1&after=" + page.get("next").asText())
                    .ok();
        }
        found.addAll(clients(page));

        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(
                        blocked.stream().map(Tpp::clientId).toList());
    }

    private static List<String> clients(JsonNode page) {
        return page.get("blocks").findValuesAsText("clientId");
    }

    @Test
    void theClientIsToldOfABlockAsOfALimit() {
        Customer limited = realm.newCustomer();
        for (int question = 0; question < 3; question++) {
            ask(limited).ok();
        }
        Answer limit = ask(limited);
        app.block(acme.clientId()).ok();

        Answer block = ask(customer);

        assertThat(block.status()).isEqualTo(limit.status()).isEqualTo(403);
        assertThat(block.body()).isEqualTo(limit.body()).contains("access_denied");
        assertThat(app.requests("").list()).isEmpty();
    }

    @Test
    void whoTakesTheBlockBackIsAskedAgain() {
        app.block(acme.clientId()).ok();

        assertThat(app.unblock(acme.clientId()).status()).isEqualTo(204);
        assertThat(app.unblock(acme.clientId()).status()).isEqualTo(204);

        ask(customer).ok();
        assertThat(app.blocks().list()).isEmpty();
        assertThat(events("unblocked")).hasSize(1);
    }

    @Test
    void aBlockIsTheCustomersOwn() {
        BankApp others = realm.newCustomer().app();
        others.block(acme.clientId()).ok();

        app.unblock(acme.clientId()).ok();

        assertThat(app.blocks().list()).isEmpty();
        assertThat(others.blocks().list()).hasSize(1);
        ask(customer).ok();
    }

    @Test
    void whoIsNoClientCantBeBlocked() {
        Answer unknown = app.block("nobody");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.problem()).isEqualTo("not-found");
        assertThat(app.unblock("nobody").status()).isEqualTo(204);
        assertThat(new BankApp(realm, null).block(acme.clientId()).status()).isEqualTo(401);
    }

    @Test
    void aReportDeniesAndBlocksAndIsTold() {
        Asked asked = acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        JsonNode first = app.report(id).ok();
        JsonNode again = app.report(id).ok();
        JsonNode denied = app.deny(id).ok();

        assertThat(first.at("/decision/reported").asBoolean()).isTrue();
        assertThat(again).isEqualTo(first);
        assertThat(denied).isEqualTo(first);
        assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
        assertThat(ask(customer).status()).isEqualTo(403);
        assertThat(app.blocks().list().get(0).get("reported").asBoolean()).isTrue();
        assertThat(events("reported")).singleElement().satisfies(event -> {
            assertThat(event.get("error").asText()).isEqualTo("reported_by_user");
            assertThat(event.at("/details/consent_request_id").asText()).isEqualTo(id);
        });
        // and with all others the client has less
        Customer other = realm.newCustomer();
        ask(other).ok();
        ask(other).ok();
        assertThat(ask(other).status()).isEqualTo(403);
    }

    @Test
    void aDenialIsReportedLater() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();
        app.deny(id).ok();
        assertThat(app.blocks().list()).isEmpty();

        assertThat(app.report(id).ok().at("/decision/reported").asBoolean()).isTrue();

        assertThat(app.blocks().list()).hasSize(1);
    }

    @Test
    void anApprovalIsNotReported() {
        acme.ask(customer, BALANCES);
        String id = app.onlyPendingId();

        assertThat(app.decide(id, "{\"decision\":\"approve\",\"reported\":true}")
                        .problem())
                .isEqualTo("malformed-request");
        assertThat(app.decide(id, "{\"decision\":\"deny\",\"reported\":\"yes\"}")
                        .problem())
                .isEqualTo("malformed-request");
        app.approve(id, BALANCES).ok();
        assertThat(app.report(id).problem()).isEqualTo("already-decided");
        assertThat(app.blocks().list()).isEmpty();
    }

    @Test
    void aBlockedClientThatSendsABrowserGetsItBackDenied() {
        app.block(acme.clientId()).ok();
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);

        WebPage page = new WebClient(realm).open(flow, customer);

        assertThat(flow.error(page.uri())).isEqualTo("access_denied");
        assertThat(app.requests("").list()).isEmpty();
    }
}
