package io.assent.it.security;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Nobody sees, answers or redeems what is another's. */
class IsolationIT {

    private final Realm bank = Servers.bank();
    private final Realm other = Servers.shared(Database.H2).realm(Servers.OTHER);
    private final Admin admin = bank.admin();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    /** A customer against another one. */
    @Nested
    class Customers {

        @Test
        void anotherCustomersRequestIsLikeOneThatDoesNotExist() {
            acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();
            String unknown = UUID.randomUUID().toString();
            BankApp stranger = bank.newCustomer().app();

            assertThat(stranger.requests("").list()).isEmpty();
            assertAlike(stranger.request(id), stranger.request(unknown));
            assertAlike(stranger.approve(id), stranger.approve(unknown));
            assertAlike(stranger.deny(id), stranger.deny(unknown));
            assertAlike(stranger.approve(id, PAYMENTS), stranger.approve(unknown, PAYMENTS));

            assertThat(app.request(id).text("status")).isEqualTo("pending");
        }

        @Test
        void anotherCustomersDeviceIsNeitherSeenNorTouched() {
            UUID device = UUID.randomUUID();
            app.register(device, "log");
            BankApp stranger = bank.newCustomer().app();

            assertThat(stranger.devices().list()).isEmpty();
            assertThat(stranger.removeDevice(device.toString()).status()).isEqualTo(204);
            stranger.register(device, "log");

            assertThat(stranger.devices().list()).hasSize(1);
            assertThat(app.devices().list()).hasSize(1);
        }
    }

    /** A TPP against another one. */
    @Nested
    class Tpps {

        @Test
        void anotherTppsAuthReqIdIsRefusedAndStaysGood() {
            Tpp globe = bank.tpp("globe-aisp");
            Asked asked = acme.ask(customer, BALANCES);
            assertThat(globe.poll(asked).error()).isEqualTo("invalid_grant");
            app.approve(app.onlyPendingId()).ok();

            Answer stolen = globe.poll(asked);
            assertThat(stolen.status()).isEqualTo(400);
            assertThat(stolen.error()).isEqualTo("invalid_grant");

            Tokens.of(acme.poll(asked));
        }

        @Test
        void twoTppsRequestsToOneCustomerAreDecidedApart() {
            Tpp globe = bank.tpp("globe-aisp");
            Asked toDeny = acme.ask(customer, BALANCES);
            String denied = app.onlyPendingId();
            app.deny(denied).ok();
            Asked toApprove = globe.ask(customer, BALANCES);
            app.approve(app.onlyPendingId()).ok();

            assertThat(acme.poll(toDeny).error()).isEqualTo("access_denied");
            assertThat(Tokens.of(globe.poll(toApprove))
                            .accessTokenClaims()
                            .get("azp")
                            .asText())
                    .isEqualTo("globe-aisp");
        }
    }

    /** A realm against another one. */
    @Nested
    class Realms {

        @Test
        void twoRealmsNeverSeeEachOthersRequests() {
            Asked asked = acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();
            String theirId = admin.createUser(other.name(), customer.username(), customer.password());
            BankApp namesake = new Customer(other, theirId, customer.username(), customer.password()).app();

            assertThat(namesake.requests("").list()).isEmpty();
            assertThat(namesake.request(id).status()).isEqualTo(404);
            assertThat(namesake.deny(id).status()).isEqualTo(404);
            app.approve(id).ok();
            assertThat(other.tpp(ACME).poll(asked).error()).isEqualTo("invalid_grant");
            Tokens.of(acme.poll(asked));
        }

        @Test
        void anotherRealmsTokenIsRefused() {
            BankApp astray = new BankApp(other, app.accessToken());

            assertInvalidToken(astray.requests(""));
        }
    }

    /** Only the token of the customer, in the app, decides. */
    @Nested
    class TheAppsToken {

        @Test
        void aTppsOwnTokenIsRefused() {
            Tpp tpp = bank.newTpp(ACME, client -> client.put("serviceAccountsEnabled", true));
            tpp.ask(customer, BALANCES);
            String id = app.onlyPendingId();

            assertInsufficientScope(new BankApp(bank, tpp.ownToken()), id);
        }

        @Test
        void theTokenThatACustomerGrantedATppDecidesNothing() {
            Asked granted = acme.ask(customer, BALANCES);
            app.approve(app.onlyPendingId()).ok();
            Tokens tokens = Tokens.of(acme.poll(granted));
            acme.ask(customer, BALANCES);

            assertInsufficientScope(new BankApp(bank, tokens.accessToken()), app.onlyPendingId());
        }

        @Test
        void anotherAppsTokenIsRefused() {
            String otherApp = newApp(client -> withoutConsentApp(client));
            acme.ask(customer, BALANCES);

            assertInsufficientScope(customer.app(otherApp), app.onlyPendingId());
        }

        @Test
        void aTokenNeverDecidesARequestOfTheClientThatItWasIssuedTo() {
            Tpp tpp = bank.newTpp(ACME, client -> {
                client.put("directAccessGrantsEnabled", true).put("consentRequired", false);
                client.withArrayProperty("optionalClientScopes").add("consent-app");
            });
            Asked granted = tpp.ask(customer, BALANCES);
            app.approve(app.onlyPendingId(), BALANCES).ok();
            String consent = Tokens.of(tpp.poll(granted))
                    .accessTokenClaims()
                    .get("grant_id")
                    .asText();
            Asked asked = tpp.ask(customer, BALANCES);
            String id = app.onlyPendingId();
            // as long as it may ask it gets no such token, and any it has is refused
            mayAsk(tpp, false);
            BankApp itself = new BankApp(
                    bank,
                    tpp.post(
                                    "/protocol/openid-connect/token",
                                    Map.of(
                                            "grant_type",
                                            "password",
                                            "username",
                                            customer.username(),
                                            "password",
                                            customer.password(),
                                            "scope",
                                            "openid consent-app"))
                            .ok()
                            .get("access_token")
                            .asText());

            for (Answer answer : List.of(itself.approve(id), itself.approve(id, BALANCES), itself.deny(id))) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
                assertThat(answer.problem()).isEqualTo("own-client");
            }
            assertThat(app.request(id).text("status")).isEqualTo("pending");
            assertThat(itself.confirm(consent).problem()).isEqualTo("own-client");
            acme.ask(customer, BALANCES);
            String fromAcme = app.pending().get(0).get("id").asText();
            assertThat(itself.deny(fromAcme).status()).isEqualTo(200);

            mayAsk(tpp, true);
            assertThat(itself.deny(id).problem()).isEqualTo("asking-client");
            assertThat(tpp.poll(asked).error()).isEqualTo("authorization_pending");
        }

        private void mayAsk(Tpp tpp, boolean may) {
            bank.admin().updateClient(bank.name(), tpp.clientId(), client -> client.withObjectProperty("attributes")
                    .put("oidc.ciba.grant.enabled", String.valueOf(may)));
        }

        @Test
        void onlyAValidAccessTokenOfTheCustomerIsTaken() {
            acme.ask(customer, BALANCES);
            String id = app.onlyPendingId();
            String token = app.accessToken();
            String payload = token.split("\\.")[1];

            for (String bad : new String[] {
                null, "", "x", "a.b.c", token + "x", token.replace(payload, payload.substring(1)), "ey." + payload + "."
            }) {
                BankApp caller = new BankApp(bank, bad);
                assertInvalidToken(caller.requests(""));
                assertInvalidToken(caller.request(id));
                assertInvalidToken(caller.approve(id));
                assertInvalidToken(caller.devices());
                assertInvalidToken(
                        caller.register(UUID.randomUUID().toString(), "{\"platform\":\"log\",\"pushToken\":\"t\"}"));
                assertInvalidToken(caller.removeDevice(UUID.randomUUID().toString()));
            }
            assertThat(app.request(id).text("status")).isEqualTo("pending");
        }

        @Test
        void aTokenOfAnotherKindIsRefused() {
            Answer login = customer.loggedIn();

            assertInvalidToken(new BankApp(bank, login.ok().get("refresh_token").asText()).requests(""));
            assertInvalidToken(new BankApp(bank, login.ok().get("id_token").asText()).requests(""));
        }

        @Test
        void anExpiredTokenIsRefused() {
            String shortLived =
                    newApp(client -> client.withObjectProperty("attributes").put("access.token.lifespan", "1"));
            BankApp caller = customer.app(shortLived);

            Answer refused = Eventually.within(
                    Duration.ofSeconds(10),
                    "expiry of the token",
                    () -> caller.requests(""),
                    answer -> answer.status() != 200);

            assertInvalidToken(refused);
        }

        @Test
        void theTokenOfAnEndedSessionOrOfADisabledCustomerIsRefused() {
            BankApp loggedOut = customer.app();
            loggedOut.requests("").list();
            admin.logOut(bank.name(), customer.id());
            assertInvalidToken(loggedOut.requests(""));

            BankApp disabled = customer.app();
            disabled.requests("").list();
            admin.updateUser(bank.name(), customer.id(), user -> user.put("enabled", false));
            assertInvalidToken(disabled.requests(""));
        }
    }

    private String newApp(Consumer<ObjectNode> change) {
        String clientId = "app-" + UUID.randomUUID();
        ObjectNode client = admin.client(bank.name(), BankApp.CLIENT_ID);
        client.remove("id");
        client.put("clientId", clientId);
        change.accept(client);
        admin.createClient(bank.name(), client);
        return clientId;
    }

    private static void withoutConsentApp(ObjectNode client) {
        client.putArray("defaultClientScopes").add("basic").add("profile");
    }

    private void assertInsufficientScope(BankApp caller, String pendingId) {
        for (Answer answer : List.of(
                caller.requests(""),
                caller.request(pendingId),
                caller.approve(pendingId),
                caller.deny(pendingId),
                caller.devices(),
                caller.register(UUID.randomUUID().toString(), "{\"platform\":\"log\",\"pushToken\":\"t\"}"),
                caller.removeDevice(UUID.randomUUID().toString()))) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("insufficient-scope");
            assertThat(answer.header("WWW-Authenticate"))
                    .hasValue("Bearer error=\"insufficient_scope\", scope=\"consent-app\"");
        }
        assertThat(app.request(pendingId).text("status")).isEqualTo("pending");
    }

    /** As RFC 6750 (section 3) has it: where no token came, nothing is said about one. */
    private static void assertInvalidToken(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("invalid-token");
        boolean tokenCame = answer.response()
                .request()
                .headers()
                .firstValue("Authorization")
                .filter(authorization -> !authorization.equals("Bearer "))
                .isPresent();
        assertThat(answer.header("WWW-Authenticate"))
                .as("challenge of %s", answer)
                .hasValue(tokenCame ? "Bearer error=\"invalid_token\"" : "Bearer");
    }

    private static void assertAlike(Answer foreign, Answer unknown) {
        assertThat(foreign.status()).isEqualTo(404).isEqualTo(unknown.status());
        assertThat(foreign.problem()).isEqualTo("not-found");
        assertThat(foreign.body()).isEqualTo(unknown.body());
    }
}
