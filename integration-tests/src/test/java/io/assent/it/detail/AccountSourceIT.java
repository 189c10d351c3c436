package io.assent.it.detail;

import static io.assent.testing.actor.DevRealm.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.assent.fake.http.VendorServer;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Customers' accounts come from an endpoint of the bank's own. */
class AccountSourceIT {

    private static final ObjectNode ASKED = Asking.accounts("list_accounts", "read_balances");

    private static final VendorServer ENDPOINT = new VendorServer(0);
    private static final Map<String, List<String>> ACCOUNTS = new ConcurrentHashMap<>();
    private static final List<String> AUTHORIZATIONS = new CopyOnWriteArrayList<>();
    private static Keycloak server;

    private final Realm bank = server.realm(Servers.BANK);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void start() throws IOException {
        ENDPOINT.handle("/accounts/" + Servers.BANK + "/", AccountSourceIT::answer);
        ENDPOINT.up();
        Path token = Files.writeString(Distribution.TARGET.resolve("accounts-token"), "let-me-in\n")
                .toAbsolutePath();
        server = new Keycloak(
                        "account-source",
                        Database.H2,
                        List.of(Servers.realmFile().withDetails("http", List.of(DetailServer.ACCOUNTS), ACME)),
                        "--spi-account-source--http--address=" + ENDPOINT.uri() + "/accounts/{realm}/{customer}",
                        "--spi-account-source--http--bearer-token-file=" + token)
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        ENDPOINT.close();
    }

    private static void answer(HttpExchange call) throws IOException {
        AUTHORIZATIONS.add(call.getRequestHeaders().getFirst("Authorization"));
        String path = call.getRequestURI().getPath();
        Optional<List<String>> ids = Optional.ofNullable(ACCOUNTS.get(path.substring(path.lastIndexOf('/') + 1)));
        ObjectNode body = Http.object();
        ids.ifPresent(all -> all.forEach(id ->
                body.withArrayProperty("accounts").addObject().put("id", id).put("name", "Name of " + id)));
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(ids.isPresent() ? 200 : 500, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    private String asked() {
        Asking.ask(bank.tpp(ACME), customer, List.of(), ASKED);
        return app.onlyPendingId();
    }

    @Test
    void anAccountThatIsClosedMeanwhileIsShownForAMomentAndNotGranted() {
        ACCOUNTS.put(customer.id(), List.of("acc-1", "acc-2"));
        String id = asked();
        assertThat(shown(id).findValuesAsText("id")).containsExactly("acc-1", "acc-2");

        ACCOUNTS.put(customer.id(), List.of("acc-1"));

        assertThat(shown(id).findValuesAsText("id")).as("of late").containsExactly("acc-1", "acc-2");
        Answer refused = app.approve(id, List.of(), Asking.about(ASKED, "acc-1", "acc-2"));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.problem()).isEqualTo("invalid-selection");
        assertThat(refused.text("detail")).contains("accounts").doesNotContain("acc-2");
        assertThat(shown(id).findValuesAsText("id")).containsExactly("acc-1");
        assertThat(app.approve(id, List.of(), Asking.about(ASKED, "acc-1"))
                        .ok()
                        .at("/decision/grantedDetails/0/accounts/0/id")
                        .asText())
                .isEqualTo("acc-1");
        assertThat(AUTHORIZATIONS).containsOnly("Bearer let-me-in");
    }

    @Test
    void anEndpointThatFailsGrantsNothingAndTheCustomerIsToldToComeAgain() throws IOException {
        String id = asked();
        assertThat(app.request(id).ok().at("/details/0/accounts/unavailable").asBoolean())
                .isTrue();

        Answer refused = app.whereTheServerMayFail().approve(id, List.of(), Asking.about(ASKED, "acc-1"));

        assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
        assertThat(refused.problem()).isEqualTo("accounts-unavailable");
        assertThat(Files.readAllLines(server.log()))
                .filteredOn(line -> line.contains("can't choose accounts"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("status 500").doesNotContain(customer.id()));
        ACCOUNTS.put(customer.id(), List.of("acc-1"));
        app.approve(id, List.of(), Asking.about(ASKED, "acc-1")).ok();
    }

    @Test
    void aCustomerWithoutAccountsCanChooseNone() {
        ACCOUNTS.put(customer.id(), List.of());
        String id = asked();

        assertThat(shown(id)).isEmpty();
        assertThat(app.approve(id, List.of(), ASKED).status()).isEqualTo(422);
        app.deny(id).ok();
    }

    private JsonNode shown(String id) {
        return app.request(id).ok().at("/details/0/accounts/choices");
    }
}
