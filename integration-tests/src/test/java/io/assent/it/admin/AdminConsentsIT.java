package io.assent.it.admin;

import static io.assent.it.admin.StaffAnswers.assertRefused;
import static io.assent.it.admin.StaffAnswers.assertUnknown;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PhoneKey;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bank's staff find a customer's consents, and end them; Keycloak's admin permissions decide who may. */
class AdminConsentsIT {

    private static final String REALM = "staffed";
    private static final String GLOBE = "globe-aisp";
    private static final String REASON = "The customer called: phished. Case 4711";

    private static Realm bank;
    private static Staff manager;
    private static Staff viewer;

    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final Tpp acme = bank.tpp(ACME);

    @BeforeAll
    static void createARealmThatKeepsAdminEvents() {
        Servers.shared(Database.H2)
                .admin()
                .createRealm(Servers.realmFile().keepingAdminEvents().named(REALM));
        bank = Servers.shared(Database.H2).realm(REALM);
        manager = Staff.of(bank, "manage-users", "view-clients");
        viewer = Staff.of(bank, "view-users", "view-clients");
    }

    private Tokens granted(Tpp tpp, String... scopes) {
        Asked request = tpp.ask(customer, scopes);
        app.approve(app.onlyPendingId()).ok();
        return Tokens.of(tpp.poll(request));
    }

    private static String id(Tokens tokens) {
        return tokens.accessTokenClaims().get("grant_id").asText();
    }

    private String ofCustomer() {
        return "?customer=" + customer.id();
    }

    private static String idOfClient(String clientId) {
        return bank.admin().client(bank.name(), clientId).get("id").asText();
    }

    @Nested
    @DisplayName("Search and read")
    class Search {

        @Test
        void aConsentIsFoundByItsCustomerClientStatusAndTime() {
            String before = Instant.now().toString();
            String one = id(granted(acme, BALANCES));
            String two = id(granted(bank.tpp(GLOBE), BALANCES));
            String three = id(granted(acme, TRANSACTIONS));
            app.withdraw(one).ok();
            JsonNode page = viewer.search(ofCustomer() + "&max=1").ok();
            JsonNode newest = page.at("/consents/0");

            assertThat(viewer.found(ofCustomer())).containsExactly(three, two, one);
            assertThat(viewer.found(
                            ofCustomer() + "&max=1&after=" + page.get("next").asText()))
                    .containsExactly(two);
            assertThat(viewer.search(ofCustomer() + "&max=3").ok().get("next").isNull())
                    .isTrue();
            assertThat(viewer.found(ofCustomer() + "&client=" + ACME)).containsExactly(three, one);
            assertThat(viewer.found(ofCustomer() + "&client=" + idOfClient(GLOBE)))
                    .containsExactly(two);
            assertThat(viewer.found(ofCustomer() + "&status=active")).containsExactly(three, two);
            assertThat(viewer.found(ofCustomer() + "&status=live")).containsExactly(three, two);
            assertThat(viewer.found(ofCustomer() + "&status=ended")).containsExactly(one);
            assertThat(viewer.found(ofCustomer() + "&status=revoked&client=" + ACME))
                    .containsExactly(one);
            for (String none : List.of("suspended", "expired", "replaced", "consumed")) {
                assertThat(viewer.found(ofCustomer() + "&status=" + none)).isEmpty();
            }
            String last = newest.get("grantedAt").asText();
            assertThat(viewer.found(ofCustomer() + "&grantedFrom=" + before)).containsExactly(three, two, one);
            assertThat(viewer.found(ofCustomer() + "&grantedFrom=" + last)).containsExactly(three);
            assertThat(viewer.found(ofCustomer() + "&grantedTo=" + last)).containsExactly(two, one);
            assertThat(viewer.found(ofCustomer() + "&grantedTo=" + before)).isEmpty();
            assertThat(viewer.found("?customer=" + UUID.randomUUID())).isEmpty();
            assertThat(viewer.found(ofCustomer() + "&client=nobody")).isEmpty();
        }

        @Test
        void theConsentsOfAllCustomersAreOneListNewestFirst() {
            Tpp tpp = bank.newTpp(ACME, client -> {});
            List<String> ids = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                ids.add(id(granted(tpp, BALANCES)));
                Customer other = bank.newCustomer();
                Asked request = tpp.ask(other, BALANCES);
                BankApp theirs = other.app();
                theirs.approve(theirs.onlyPendingId()).ok();
                ids.add(id(Tokens.of(tpp.poll(request))));
            }
            app.withdraw(ids.get(2)).ok();
            Collections.reverse(ids);
            String byClient = "?client=" + tpp.clientId();

            assertThat(viewer.found(byClient)).isEqualTo(ids);
            String next = viewer.search(byClient + "&max=2").text("next");
            assertThat(viewer.found(byClient + "&max=3&after=" + next)).isEqualTo(ids.subList(2, 5));
            assertThat(viewer.found(byClient + "&status=revoked")).containsExactly(ids.get(3));
            assertThat(viewer.found("?max=100")).containsSubsequence(ids);
            assertThat(viewer.found("?status=live&max=100")).containsSubsequence(ids.subList(4, 6));
            JsonNode first = viewer.search(byClient).ok().at("/consents/0");
            assertThat(viewer.found(
                            "?max=100&grantedFrom=" + first.get("grantedAt").asText()))
                    .endsWith(ids.get(0));
        }

        @Test
        void whatIsReadIsTheConsentWithItsHistory() {
            String id = id(granted(acme, BALANCES, TRANSACTIONS));
            app.narrow(id, BALANCES).ok();

            JsonNode consent = viewer.read(id).ok();

            assertThat(consent.get("customerId").asText()).isEqualTo(customer.id());
            assertThat(consent.at("/client/clientId").asText()).isEqualTo(ACME);
            assertThat(consent.at("/client/name").asText()).isEqualTo("Acme Budget");
            assertThat(consent.get("grantedScopes"))
                    .extracting(JsonNode::asText)
                    .containsExactly(BALANCES);
            assertThat(consent.get("validUntil").asText()).isNotEmpty();
            JsonNode history = consent.get("history");
            assertThat(history.findValuesAsText("type")).containsExactly("granted", "narrowed");
            assertThat(history.findValuesAsText("by")).containsExactly("customer", "customer");
            assertThat(history.get(0).get("grantedScopes")).hasSize(2);
            assertThat(viewer.read(id.toUpperCase(Locale.ROOT)).ok()).isEqualTo(consent);
        }

        @Test
        void aClientIdThatLooksLikeAStoragesIsOneThatNobodyWasGranted() {
            assertThat(viewer.found("?client=f:x")).isEmpty();
        }

        @Test
        void whatIsReadSaysHowTheAnswerCameAbout() {
            String id = id(granted(acme, BALANCES, TRANSACTIONS));

            JsonNode evidence = viewer.read(id).ok().get("evidence");

            assertThat(evidence.get("channel").asText()).isEqualTo("ciba");
            assertThat(evidence.get("grantedScopes")).hasSize(2);
            assertThat(evidence.get("address").asText()).isEqualTo("127.0.0.1");
            assertThat(evidence.get("acr").asText()).isEqualTo("1");
            assertThat(evidence.get("authTime").asText()).isNotEmpty();
            assertThat(evidence.get("sessionId").asText()).isNotEmpty();
            assertThat(evidence.at("/shown/client/name").asText()).isEqualTo("Acme Budget");
            assertThat(evidence.at("/shown/language").asText()).isEqualTo("en");
            assertThat(evidence.at("/shown/groups/0/permissions").findValuesAsText("scope"))
                    .containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(evidence.at("/shown/groups/0/permissions/0/title").asText())
                    .isNotEmpty();
        }
    }

    @Nested
    @DisplayName("Devices")
    class Devices {

        private final String lost = UUID.randomUUID().toString();

        @Test
        void aLostPhoneIsRemovedItsLoginEndsAndTheOthersAreTold() {
            BankApp phone = customer.app();
            PhoneKey key = PhoneKey.generate();
            ObjectNode registration = Http.object()
                    .put("platform", "log")
                    .put("pushToken", "t-" + lost)
                    .put("label", "Alice's own");
            registration.set("key", key.jwk());
            phone.registerSigned(lost, registration.toString(), key).ok();
            try (PushStream other = PushStream.open(bank, app.register(UUID.randomUUID(), "sandbox"))) {
                JsonNode seen = viewer.devices(customer.id()).ok().at("/devices/0");
                assertThat(seen.get("deviceId").asText()).isEqualTo(lost);
                assertThat(seen.at("/key/kid").asText()).isEqualTo(key.id());
                assertThat(seen.toString()).doesNotContain("t-" + lost);

                assertRefused(viewer.lose(customer.id(), lost));
                phone.devices().ok();
                assertThat(manager.lose(customer.id(), lost).status()).isEqualTo(204);
                assertThat(manager.lose(customer.id(), lost).status()).isEqualTo(204);

                assertThat(other.next().get("type").asText()).isEqualTo("devices-changed");
                assertThat(other.poll(Duration.ofSeconds(2))).as("once").isNull();
            }
            assertThat(phone.devices().status()).isEqualTo(401);
            assertThat(app.devices().list()).hasSize(1);
            JsonNode told = bank.admin()
                    .adminEvents(bank.name(), "consents/customers/" + customer.id() + "/devices/" + lost + "/lost");
            assertThat(told).hasSize(1);
            assertThat(told.get(0).at("/authDetails/userId").asText()).isEqualTo(manager.id());
            assertThat(told.toString()).doesNotContain("Alice's own", customer.username());
        }

        @Test
        void whoMayNotViewTheCustomerIsToldNothing() {
            Staff nobody = Staff.of(bank, "view-clients", "query-users");
            String unknown = UUID.randomUUID().toString();

            for (String id : List.of(customer.id(), unknown, "f:x")) {
                assertRefused(nobody.devices(id));
                assertRefused(nobody.lose(id, lost));
            }
            for (String id : List.of(unknown, "f:x")) {
                assertUnknown(viewer.devices(id));
                assertUnknown(manager.lose(id, lost));
            }
            assertThat(manager.lose(customer.id(), "no-uuid").problem()).isEqualTo("malformed-request");
            assertThat(manager.lose(customer.id(), lost).status()).isEqualTo(204);
        }
    }

    @Nested
    @DisplayName("Rights")
    class Rights {

        @Test
        void whoHasNoRoleSeesAndEndsNothing() {
            Tokens tokens = granted(acme, BALANCES);
            Staff nobody = Staff.of(bank);
            Staff tpp = new Staff(bank, "", tokens.accessToken());
            Staff theCustomer = new Staff(bank, customer.id(), app.accessToken());
            Staff clientsOnly = Staff.of(bank, "view-clients", "manage-clients", "view-realm", "query-users");

            for (Staff caller : List.of(nobody, tpp, theCustomer, clientsOnly)) {
                assertRefused(caller.search(""));
                assertRefused(caller.search(ofCustomer()));
                assertRefused(caller.search("?client=" + ACME));
                assertRefused(caller.read(id(tokens)));
                assertRefused(caller.read(UUID.randomUUID().toString()));
                assertRefused(caller.read("no-id"));
                assertRefused(caller.end(id(tokens), REASON));
                assertRefused(caller.end(UUID.randomUUID().toString(), REASON));
            }
            acme.assertAlive(tokens);
        }

        @Test
        void withoutAGoodTokenTheAdminApiItselfRefuses() {
            String id = id(granted(acme, BALANCES));
            Staff stranger = new Staff(bank, "", null);
            Staff forger = new Staff(bank, "", app.accessToken().substring(1));
            Staff elsewhere = Staff.of(Servers.bank(), "manage-users");
            Staff across = new Staff(bank, "", elsewhere.accessToken());

            for (Staff caller : List.of(stranger, forger)) {
                assertThat(caller.send("GET", "", null).status()).isEqualTo(401);
                assertThat(caller.send("GET", "/" + id, null).status()).isEqualTo(401);
                assertThat(caller.send("POST", "/" + id + "/end", "{}").status())
                        .isEqualTo(401);
            }
            assertThat(across.send("GET", "", null).status()).isEqualTo(403);
            assertThat(across.send("POST", "/" + id + "/end", "{\"reason\":\"x\"}")
                            .status())
                    .isEqualTo(403);
        }

        @Test
        void whoMayViewUsersEndsNothing() {
            Tokens tokens = granted(acme, BALANCES);

            assertRefused(viewer.end(id(tokens), REASON));

            acme.assertAlive(tokens);
            assertThat(viewer.history(id(tokens))).containsExactly("granted");
        }

        @Test
        void aSearchByClientNeedsTheRightToViewIt() {
            granted(acme, BALANCES);
            Staff usersOnly = Staff.of(bank, "view-users");

            assertThat(usersOnly.found(ofCustomer())).hasSize(1);
            for (String client : List.of(ACME, idOfClient(ACME), "nobody")) {
                assertRefused(usersOnly.search("?client=" + client));
                assertRefused(usersOnly.search(ofCustomer() + "&client=" + client));
            }
        }

        @Test
        void whoMayViewOneUserSeesThatUsersConsentsAndNoOthers() {
            Admin admin = bank.admin();
            String name = "fine-grained";
            admin.createRealm(Servers.realmFile().named(name));
            Realm realm = Servers.shared(Database.H2).realm(name);
            Customer seen = realm.newCustomer();
            Customer unseen = realm.newCustomer();
            Customer clerk = realm.newCustomer();
            admin.letView(name, clerk.id(), seen.id());
            List<String> ids = Stream.of(seen, unseen)
                    .map(one -> {
                        Asked request = realm.tpp(ACME).ask(one, BALANCES);
                        one.app().approve(one.app().onlyPendingId()).ok();
                        return id(Tokens.of(realm.tpp(ACME).poll(request)));
                    })
                    .toList();
            Staff staff = Staff.of(clerk);

            assertThat(staff.found("?customer=" + seen.id())).containsExactly(ids.get(0));
            assertThat(staff.history(ids.get(0))).containsExactly("granted");
            assertRefused(staff.search("?customer=" + unseen.id()));
            assertRefused(staff.search("?customer=" + UUID.randomUUID()));
            assertRefused(staff.search(""));
            assertRefused(staff.search("?customer=" + seen.id() + "&client=" + ACME));
            assertRefused(staff.read(ids.get(1)));
            assertRefused(staff.read(UUID.randomUUID().toString()));
            assertRefused(staff.end(ids.get(0), REASON));
            admin.removeRealm(name);
        }

        @Test
        void inARealmWithoutABanksAppThereIsNoSuchPath() {
            Realm master = Servers.shared(Database.H2).realm("master");
            Staff admin = new Staff(
                    master,
                    "",
                    Http.send(Http.form(
                                    master.tokenEndpoint(),
                                    Map.of(
                                            "grant_type",
                                            "password",
                                            "client_id",
                                            "admin-cli",
                                            "username",
                                            "admin",
                                            "password",
                                            "admin")))
                            .ok()
                            .get("access_token")
                            .asText());

            for (String path : List.of("", "/openapi.json", "/" + UUID.randomUUID())) {
                Answer answer = admin.send("GET", path, null);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
                assertThat(answer.problem()).isEmpty();
            }
            Staff acrossRealms = new Staff(bank, "", admin.accessToken());
            assertThat(acrossRealms.search("").status()).isEqualTo(200);
        }
    }

    @Nested
    @DisplayName("End")
    class End {

        @Test
        void anEndEndsTheTokensAtOnceAndNoOthers() {
            Tokens one = granted(acme, BALANCES);
            Tokens other = granted(acme, TRANSACTIONS);
            Tokens globes = granted(bank.tpp(GLOBE), BALANCES);

            assertThat(manager.end(id(one), REASON).status()).isEqualTo(204);

            acme.assertDead(one);
            acme.assertAlive(other);
            bank.tpp(GLOBE).assertAlive(globes);
            JsonNode ended = viewer.read(id(one)).ok();
            assertThat(ended.get("status").asText()).isEqualTo("revoked");
            assertThat(ended.get("endedBy").asText()).isEqualTo("staff");
            JsonNode line = ended.get("history").get(1);
            assertThat(line.get("type").asText()).isEqualTo("revoked");
            assertThat(line.get("by").asText()).isEqualTo("staff");
            assertThat(line.get("staffId").asText()).isEqualTo(manager.id());
            assertThat(line.get("reason").asText()).isEqualTo(REASON);
            assertThat(bank.admin().grantedScopes(bank.name(), customer.id(), ACME))
                    .containsExactly(TRANSACTIONS);
        }

        @Test
        void whatWasGrantedInTheBrowserEndsAlike() {
            WebClient browser = new WebClient(bank);
            CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
            Tokens tokens = flow.tokens(
                    browser.approve(browser.open(flow, customer), BALANCES).uri());

            manager.end(id(tokens), REASON).ok();

            acme.assertDead(tokens);
            CodeFlow silent = new CodeFlow(acme, CodeFlow.BACK, BALANCES).with("prompt", "none");
            assertThat(silent.error(browser.open(silent.authorizationUri()).uri()))
                    .isEqualTo("consent_required");
        }

        @Test
        void theCustomerLearnsThatItWasTheBankAndNeitherWhoNorWhy() {
            String id = id(granted(acme, BALANCES));

            manager.end(id, REASON).ok();

            Answer consent = app.consent(id);
            assertThat(consent.text("endedBy")).isEqualTo("staff");
            assertThat(consent.body()).doesNotContain("4711").doesNotContain(manager.id());
            assertThat(app.consents("").body()).doesNotContain("4711").doesNotContain(manager.id());
        }

        @Test
        void aRepeatIsAnsweredAlikeAndTheFirstReasonStands() {
            String id = id(granted(acme, BALANCES));
            manager.end(id, REASON).ok();
            JsonNode ended = manager.read(id).ok();

            Staff another = Staff.of(bank, "manage-users");
            assertThat(another.end(id, "something else").status()).isEqualTo(204);

            assertThat(manager.read(id).ok()).isEqualTo(ended);
            assertThat(events(id)).hasSize(1);
        }

        @Test
        void whatTheCustomerTookBackStaysTheCustomersEnd() {
            String id = id(granted(acme, BALANCES));
            app.withdraw(id).ok();

            assertThat(manager.end(id, REASON).status()).isEqualTo(204);

            assertThat(manager.read(id).text("endedBy")).isEqualTo("customer");
            assertThat(manager.read(id).body()).doesNotContain("4711");
            assertThat(events(id)).isEmpty();
        }

        @Test
        void ofManyEndsAtOnceOneCounts() throws Exception {
            Tokens tokens = granted(acme, BALANCES);
            String id = id(tokens);
            List<Callable<Answer>> ends = Stream.of("one", "two", "three", "four")
                    .<Callable<Answer>>map(reason -> () -> manager.end(id, reason))
                    .toList();
            List<Callable<Answer>> all = new ArrayList<>(ends);
            all.add(() -> app.withdraw(id));

            for (Answer answer : AtOnce.all(all)) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(204);
            }

            assertThat(manager.history(id)).containsExactly("granted", "revoked");
            assertThat(events(id)).hasSizeLessThanOrEqualTo(1);
            acme.assertDead(tokens);
        }

        @Test
        void anAdminEventSaysWhoAndNotWhy() {
            String id = id(granted(acme, BALANCES));

            manager.end(id, REASON).ok();

            JsonNode event = events(id).get(0);
            assertThat(event.get("operationType").asText()).isEqualTo("ACTION");
            assertThat(event.get("resourceType").asText()).isEqualTo("CUSTOM");
            assertThat(event.get("resourcePath").asText()).isEqualTo("consents/" + id + "/end");
            assertThat(event.at("/authDetails/userId").asText()).isEqualTo(manager.id());
            assertThat(event.toString()).doesNotContain("4711").doesNotContain(customer.id());
        }

        private List<JsonNode> events(String id) {
            return StreamSupport.stream(
                            bank.admin()
                                    .adminEvents(bank.name(), "consents/" + id + "/*")
                                    .spliterator(),
                            false)
                    .toList();
        }
    }

    @Nested
    @DisplayName("What was removed")
    class Removed {

        @Test
        void aClientThatIsGoneIsNamedAndFoundByItsId() {
            Tpp brief = bank.newTpp(ACME, client -> client.put("name", "Brief Budget"));
            String live = id(granted(brief, BALANCES));
            String ended = id(granted(brief, TRANSACTIONS));
            app.withdraw(ended).ok();
            String clientId = idOfClient(brief.clientId());

            bank.admin().removeClient(bank.name(), brief.clientId());

            assertThat(viewer.found("?client=" + clientId)).containsExactly(ended, live);
            assertThat(viewer.found(ofCustomer())).containsExactly(ended, live);
            JsonNode consent = viewer.read(live).ok();
            assertThat(consent.at("/client/id").asText()).isEqualTo(clientId);
            assertThat(consent.at("/client/clientId").asText()).isEqualTo(brief.clientId());
            assertThat(consent.at("/client/name").asText()).isEqualTo("Brief Budget");
            assertThat(consent.get("endedBy").asText()).isEqualTo("system");
            assertThat(viewer.history(live)).containsExactly("granted", "revoked");
            assertThat(viewer.history(ended)).containsExactly("granted", "revoked");
        }

        @Test
        void ofACustomerWhoIsGoneTheHistoryStaysWithoutTheName() {
            Tokens live = granted(acme, BALANCES);
            String ended = id(granted(acme, TRANSACTIONS));
            app.withdraw(ended).ok();

            bank.admin().removeUser(bank.name(), customer.id());

            assertThat(viewer.found(ofCustomer())).isEmpty();
            Answer consent = viewer.read(id(live));
            assertThat(consent.text("status")).isEqualTo("revoked");
            assertThat(consent.text("endedBy")).isEqualTo("system");
            assertThat(consent.body()).doesNotContain(customer.id());
            String pseudonym = consent.text("customerId");
            assertThat(pseudonym).startsWith("removed:");
            assertThat(viewer.found("?customer=" + pseudonym)).containsExactly(ended, id(live));
            assertThat(viewer.history(id(live))).containsExactly("granted", "revoked");
            assertThat(viewer.history(ended)).containsExactly("granted", "revoked");
            assertThat(acme.refresh(live).error()).isEqualTo("invalid_grant");
            assertThat(manager.end(ended, REASON).status()).isEqualTo(204);
        }
    }

    @Nested
    @DisplayName("Bad input")
    class BadInput {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "status=",
                    "status=ACTIVE",
                    "status=live,ended",
                    "customer=",
                    "customer=f:x",
                    "customer=a%0Ab",
                    "client=",
                    "client=a%0Ab",
                    "first=1",
                    "after=",
                    "after=1",
                    "after=MC4wLTAtMC0wLTA",
                    "max=0",
                    "max=101",
                    "max=x",
                    "grantedFrom=yesterday",
                    "grantedFrom=2026-11-26",
                    "grantedFrom=2026-02-30T00:00:00Z",
                    "grantedFrom=2026-11-26T00:00:00",
                    "grantedTo=%2B999999999-01-01T00:00:00Z",
                    "grantedFrom=2026-11-26T00:00:00Z&grantedTo=2026-11-25T00:00:00Z",
                    "customer=a&customer=b",
                    "custmer=a"
                })
        void aSearchThatIsNotAsDescribedIsRefused(String query) {
            Answer answer = viewer.search("?" + query);

            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
        }

        @Test
        void aSearchIsAllowedUpToItsBounds() {
            String longest = "x".repeat(255);
            assertThat(
                            viewer.found(
                                    "?customer=" + longest + "&client=" + longest
                                            + "&max=100&grantedFrom=0000-01-01T00:00:00Z&grantedTo=9999-12-31T23:59:59.999999999%2B18:00"))
                    .isEmpty();
            for (String parameter : List.of("customer", "client")) {
                assertThat(viewer.search("?" + parameter + "=" + longest + "x").status())
                        .isEqualTo(400);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{}",
                    "[]",
                    "{\"reason\":null}",
                    "{\"reason\":\"\"}",
                    "{\"reason\":\"   \"}",
                    "{\"reason\":7}",
                    "{\"reason\":\"two\\nlines\"}",
                    "{\"reason\":\"a\",\"reason\":\"b\"}",
                    "{\"reason\":\"a\",\"by\":\"customer\"}"
                })
        void anEndWithoutAProperReasonChangesNothing(String body) {
            Tokens tokens = granted(acme, BALANCES);

            Answer answer = manager.endWith(id(tokens), body);

            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
            assertThat(manager.history(id(tokens))).containsExactly("granted");
            acme.assertAlive(tokens);
        }

        @Test
        void theLongestReasonIsKeptWhole() {
            String id = id(granted(acme, BALANCES));
            String longest = "\ud83d\ude00".repeat(250);

            assertThat(manager.end(id, longest + "x").status()).isEqualTo(400);
            manager.end(id, longest).ok();

            assertThat(manager.read(id).ok().at("/history/1/reason").asText()).isEqualTo(longest);
        }

        @Test
        void unknownMalformedAndAnotherRealmsConsentAreNotToldApart() {
            Realm elsewhere = Servers.bank();
            Customer other = elsewhere.newCustomer();
            Asked request = elsewhere.tpp(ACME).ask(other, BALANCES);
            other.app().approve(other.app().onlyPendingId()).ok();
            Tokens foreign = Tokens.of(elsewhere.tpp(ACME).poll(request));

            for (String id : List.of(UUID.randomUUID().toString(), "no-id", "x".repeat(300), "x%20y", id(foreign))) {
                assertUnknown(manager.read(id));
                assertUnknown(manager.end(id, REASON));
                assertThat(manager.read(id).body())
                        .isEqualTo(manager.read(UUID.randomUUID().toString()).body());
            }
            assertThat(elsewhere.api().introspect(foreign).ok().get("active").asBoolean())
                    .isTrue();
            assertThat(viewer.found("?customer=" + other.id())).isEmpty();
        }

        @Test
        void whatIsNotDescribedIsRefused() {
            String id = id(granted(acme, BALANCES));

            for (String method : List.of("PUT", "DELETE", "PATCH", "POST")) {
                Answer answer = manager.send(method, "/" + id, "{}");
                assertThat(answer.status()).as(answer.toString()).isEqualTo(405);
                assertThat(answer.problem()).isEqualTo("method-not-allowed");
                assertThat(answer.header("Allow")).hasValue("GET, HEAD");
            }
            for (String path : List.of("/" + id + "/nowhere", "/" + id + "/end/now")) {
                assertUnknown(manager.send("GET", path, null));
            }
            assertThat(manager.send("GET", "/" + id + "/end", null).status()).isEqualTo(405);
            Answer form = Http.send(Http.form(
                            bank.server().uri("/admin/realms/" + REALM + "/consents/" + id + "/end"),
                            Map.of("reason", REASON))
                    .header("Authorization", "Bearer " + manager.accessToken()));
            assertThat(form.status()).isEqualTo(415);
            assertThat(form.problem()).isEqualTo("unsupported-media-type");
            assertThat(manager.history(id)).containsExactly("granted");
        }
    }
}
