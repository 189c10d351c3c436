package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whose tokens may look at consents and end them beside the bank's app: those of Keycloak's account console. */
class AccountRightsIT {

    private static final String CONSOLE = "account-console";
    private static final String ACCOUNT = "account";

    private final Realm bank = Servers.bank();
    private final Admin admin = bank.admin();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @Test
    void theConsolesOwnTokenListsNarrowsAndWithdraws() {
        String id = consent(BALANCES, TRANSACTIONS);
        BankApp console = new BankApp(bank, consoleToken());

        assertThat(console.onlyConsent().get("id").asText()).isEqualTo(id);
        console.consent(id).ok();
        console.narrow(id, BALANCES).ok();
        assertThat(BankApp.permissions(app.onlyConsent())).containsExactly(BALANCES);
        console.withdraw(id).ok();
        assertThat(app.consents("?status=live").list()).isEmpty();
    }

    @Test
    void itAnswersNoQuestionAndTouchesNoDevice() {
        acme.ask(customer, BALANCES);
        String request = app.onlyPendingId();
        BankApp console = new BankApp(bank, consoleToken());

        for (Answer answer : List.of(
                console.requests(""),
                console.request(request),
                console.approve(request),
                console.deny(request),
                console.devices(),
                console.register(UUID.randomUUID().toString(), "{\"platform\":\"log\",\"pushToken\":\"t\"}"),
                console.removeDevice(UUID.randomUUID().toString()))) {
            assertInsufficient(answer);
        }
        assertThat(app.request(request).text("status")).isEqualTo("pending");
    }

    @Test
    void whoMayOnlyViewChangesNothing() {
        String id = consent(BALANCES, TRANSACTIONS);
        BankApp viewer = customer.app(newClient("view-consent", client -> {}));

        assertThat(viewer.onlyConsent().get("id").asText()).isEqualTo(id);
        viewer.consent(id).ok();
        assertInsufficient(viewer.narrow(id, BALANCES));
        assertInsufficient(viewer.withdraw(id));

        assertThat(BankApp.permissions(app.onlyConsent())).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
        customer.app(newClient("manage-consent", client -> {})).withdraw(id).ok();
    }

    @Test
    void anotherRoleOfTheAccountIsNotEnough() {
        consent(BALANCES);

        assertInsufficient(customer.app(newClient("view-profile", client -> {})).consents(""));
    }

    @Test
    void aLightweightTokenCountsForWhatTheServerSaysOfIt() {
        consent(BALANCES);
        String client = newClient("manage-consent", it -> it.withObjectProperty("attributes")
                .put("client.use.lightweight.access.token.enabled", "true"));

        BankApp caller = customer.app(client);

        assertThat(caller.onlyConsent()).isNotNull();
    }

    @Test
    void aClientThatHoldsPermissionsIsRefusedWhateverRolesItIsGiven() {
        consent(BALANCES);
        String client = newClient("manage-account", it -> it.put("consentRequired", false)
                .withArrayProperty("optionalClientScopes")
                .add(BALANCES));

        assertInsufficient(customer.app(client).consents(""));
    }

    @Test
    void aServiceAccountIsNoCustomer() {
        String clientId = "service-" + UUID.randomUUID();
        ObjectNode client = Http.object()
                .put("clientId", clientId)
                .put("secret", clientId + "-secret")
                .put("serviceAccountsEnabled", true)
                .put("fullScopeAllowed", true);
        admin.createClient(bank.name(), client);
        String token = bank.tpp(clientId).ownToken();

        assertInsufficient(new BankApp(bank, token).consents(""));
    }

    @Test
    void anotherCustomersConsentIsLikeOneThatDoesNotExist() {
        String id = consent(BALANCES);
        Customer other = bank.newCustomer();
        BankApp console = new BankApp(bank, consoleToken(other));

        assertThat(console.consents("").list()).isEmpty();
        assertThat(console.consent(id).status()).isEqualTo(404);
        assertThat(console.withdraw(id).status()).isEqualTo(404);
        assertThat(app.onlyConsent().get("status").asText()).isEqualTo("active");
    }

    private String consent(String... scopes) {
        Asked asked = acme.ask(customer, scopes);
        app.approve(app.onlyPendingId(), scopes).ok();
        Tokens.of(acme.poll(asked));
        return app.onlyConsent().get("id").asText();
    }

    private String consoleToken() {
        return consoleToken(customer);
    }

    private String consoleToken(Customer who) {
        CodeFlow flow = new CodeFlow(new Tpp(bank, CONSOLE, ""), bank.uri("/account/"));
        Answer answer = flow.redeem(new WebClient(bank).open(flow, who).uri(), Map.of("client_id", CONSOLE));
        return Tokens.of(answer).accessToken();
    }

    /** A client whose tokens have one role of the account and no other, for a customer who has it. */
    private String newClient(String role, Consumer<ObjectNode> change) {
        String clientId = "account-" + UUID.randomUUID();
        ObjectNode client = admin.client(bank.name(), BankApp.CLIENT_ID);
        client.remove("id");
        client.put("clientId", clientId);
        client.putArray("defaultClientScopes").add("basic").add("roles");
        change.accept(client);
        admin.createClient(bank.name(), client);
        admin.addToScopeOf(bank.name(), clientId, ACCOUNT, role);
        admin.giveRole(bank.name(), customer.id(), ACCOUNT, role);
        return clientId;
    }

    private static void assertInsufficient(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo("insufficient-scope");
    }
}
