package io.assent.it.admin;

import static io.assent.it.admin.StaffAnswers.assertRefused;
import static io.assent.it.admin.StaffAnswers.assertUnknown;
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
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What staff look through: requests, TPPs, blocks; and who may. */
class OverviewIT {

    private static final String REALM = "overseen";
    private static final String GLOBE = "globe-aisp";

    private static Realm bank;
    private static Staff manager;
    private static Staff viewer;

    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final Tpp tpp = bank.newTpp(ACME, client -> {});

    @BeforeAll
    static void createARealmThatKeepsAdminEvents() {
        Servers.shared(Database.H2)
                .admin()
                .createRealm(Servers.realmFile().keepingAdminEvents().named(REALM));
        bank = Servers.shared(Database.H2).realm(REALM);
        manager = Staff.of(bank, "manage-users", "view-clients");
        viewer = Staff.of(bank, "view-users", "view-clients");
    }

    private String asked(String... scopes) {
        tpp.ask(customer, scopes);
        return app.pending().get(0).get("id").asText();
    }

    private List<String> found(String query) {
        return ids(viewer.requests(query).ok().get("requests"));
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    @Nested
    @DisplayName("Requests")
    class Requests {

        @Test
        void areFoundByCustomerClientStatusAndTime() {
            String before = Instant.now().toString();
            String denied = asked(BALANCES);
            app.deny(denied).ok();
            String reported = asked(TRANSACTIONS);
            app.report(reported).ok();
            app.unblock(tpp.clientId());
            String ofCustomer = "?customer=" + customer.id();
            Tpp other = bank.newTpp(ACME, client -> {});
            other.ask(customer, BALANCES);
            String pending = app.onlyPendingId();

            assertThat(found(ofCustomer)).containsExactly(pending, reported, denied);
            assertThat(found(ofCustomer + "&status=pending")).containsExactly(pending);
            assertThat(found(ofCustomer + "&status=denied")).containsExactly(reported, denied);
            assertThat(found(ofCustomer + "&status=reported")).containsExactly(reported);
            assertThat(found(ofCustomer + "&status=approved")).isEmpty();
            assertThat(found("?client=" + tpp.clientId())).containsExactly(reported, denied);
            assertThat(found("?client=" + other.clientId() + "&status=pending")).containsExactly(pending);
            assertThat(found("?status=pending&max=100")).contains(pending);
            assertThat(found(ofCustomer + "&askedFrom=" + before)).hasSize(3);
            assertThat(found(ofCustomer + "&askedTo=" + before)).isEmpty();
            assertThat(found("?client=nobody")).isEmpty();
        }

        @Test
        void arePagesThatMissNothing() {
            List<String> all = new ArrayList<>();
            for (int one = 0; one < 5; one++) {
                Customer each = bank.newCustomer();
                tpp.ask(each, BALANCES);
                all.add(each.app().onlyPendingId());
            }
            Collections.reverse(all);
            List<String> paged = new ArrayList<>();
            String query = "?client=" + tpp.clientId() + "&max=2";
            JsonNode page = viewer.requests(query).ok();
            paged.addAll(ids(page.get("requests")));
            while (!page.get("next").isNull()) {
                page = viewer.requests(query + "&after=" + page.get("next").asText())
                        .ok();
                paged.addAll(ids(page.get("requests")));
            }

            assertThat(paged).isEqualTo(all);
        }

        @Test
        void sayWhoIsAskedWhatAndWhatBecameOfThePushes() {
            String device = UUID.randomUUID().toString();
            app.register(UUID.fromString(device), "log");
            String id = asked(BALANCES, TRANSACTIONS);

            JsonNode request = Eventually.within(
                    Duration.ofSeconds(20),
                    "what became of the push",
                    () -> viewer.request(id).ok(),
                    read -> read.get("deliveries").size() == 1);

            assertThat(request.get("customerId").asText()).isEqualTo(customer.id());
            assertThat(request.at("/client/clientId").asText()).isEqualTo(tpp.clientId());
            assertThat(request.get("status").asText()).isEqualTo("pending");
            assertThat(request.get("askedScopes")).extracting(JsonNode::asText).containsExactly(BALANCES, TRANSACTIONS);
            JsonNode push = request.at("/deliveries/0");
            assertThat(push.get("kind").asText()).isEqualTo("push");
            assertThat(push.get("deviceId").asText()).isEqualTo(device);
            assertThat(push.get("vendor").asText()).isEqualTo("log");
            assertThat(push.get("requestId").asText()).isEqualTo(id);
        }

        @Test
        void oneThatWaitsIsExpiredOnce() throws Exception {
            String id = asked(BALANCES);

            assertRefused(viewer.expire(id));
            Callable<Answer> expire = () -> manager.expire(id);
            List<Answer> answers = AtOnce.all(List.of(expire, expire, expire));
            answers.add(manager.expire(id));

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.ok().get("status").asText()).isEqualTo("expired"));
            assertThat(app.approve(id, BALANCES).problem()).isEqualTo("expired");
            assertThat(app.pending()).isEmpty();
            assertThat(bank.admin().adminEvents(bank.name(), "consents/requests/" + id + "/expire"))
                    .hasSize(1);
        }

        @Test
        void oneThatIsAnsweredIsNot() {
            String id = asked(BALANCES);
            app.approve(id, BALANCES).ok();

            assertThat(manager.expire(id).problem()).isEqualTo("already-decided");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "?max=0",
                    "?max=101",
                    "?max=x",
                    "?max=1&max=2",
                    "?status=open",
                    "?status=",
                    "?after=x",
                    "?customer=f:x",
                    "?askedFrom=today",
                    "?askedTo=2026-02-30T00:00:00Z",
                    "?other=1",
                    "?askedFrom=2026-11-27T00:00:01Z&askedTo=2026-11-27T00:00:00Z"
                })
        void whatIsNotDescribedIsRefused(String query) {
            assertThat(viewer.requests(query).problem()).isEqualTo("malformed-request");
        }
    }

    @Nested
    @DisplayName("Rights")
    class Rights {

        @Test
        void whoHasNoneSeesAndChangesNothing() {
            String id = asked(BALANCES);
            Staff nobody = Staff.of(bank);
            Staff theCustomer = new Staff(bank, customer.id(), app.accessToken());
            for (Staff caller : List.of(nobody, theCustomer)) {
                assertRefused(caller.requests(""));
                assertRefused(caller.requests("?customer=" + customer.id()));
                assertRefused(caller.request(id));
                assertRefused(caller.request(UUID.randomUUID().toString()));
                assertRefused(caller.expire(id));
                assertRefused(caller.deliveries(""));
                assertRefused(caller.deliveryHealth());
                assertRefused(caller.resend(UUID.randomUUID().toString()));
                assertRefused(caller.tpps(""));
                assertRefused(caller.tpp(tpp.clientId()));
                assertRefused(caller.tpp("nobody"));
                assertRefused(caller.switchOff(tpp.clientId()));
                assertRefused(caller.switchOn(tpp.clientId()));
                assertRefused(caller.blocks(""));
                assertRefused(caller.tellAgain(customer.id(), UUID.randomUUID().toString()));
            }
            assertThat(app.onlyPendingId()).isEqualTo(id);
        }

        @Test
        void staffOfAnotherRealmAreRefusedByTheAdminApiItself() {
            Staff elsewhere = Staff.of(Servers.bank(Database.H2), "manage-users", "manage-clients", "view-clients");
            Staff across = new Staff(bank, "", elsewhere.accessToken());

            for (String path : List.of("/requests", "/deliveries", "/deliveries/health", "/clients", "/blocks")) {
                assertThat(across.send("GET", path, null).status()).as(path).isEqualTo(403);
            }
            assertThat(across.send("POST", "/clients/" + tpp.clientId() + "/off", null)
                            .status())
                    .isEqualTo(403);
            assertThat(viewer.tpp(tpp.clientId()).ok().get("on").asBoolean()).isTrue();
        }

        @Test
        void whoMayViewUsersAndClientsChangesNothing() {
            String id = asked(BALANCES);

            assertRefused(viewer.expire(id));
            assertRefused(viewer.switchOff(tpp.clientId()));
            assertRefused(viewer.switchOn(tpp.clientId()));
            assertThat(viewer.tpp(tpp.clientId()).ok().get("mayManage").asBoolean())
                    .isFalse();
            assertThat(app.onlyPendingId()).isEqualTo(id);
        }

        @Test
        void whoMayViewUsersAloneIsNotShownClients() {
            Staff usersOnly = Staff.of(bank, "view-users");

            assertRefused(usersOnly.requests("?client=" + tpp.clientId()));
            assertRefused(usersOnly.deliveries("?client=" + tpp.clientId()));
            assertRefused(usersOnly.blocks("?client=nobody"));
            assertRefused(usersOnly.tpp(tpp.clientId()));
            assertRefused(usersOnly.deliveryHealth());
        }

        @Test
        void whoMayManageOneClientSeesAndSwitchesThatOneAlone() {
            Admin admin = bank.admin();
            String name = "fine-grained-clients";
            admin.createRealm(Servers.realmFile().named(name));
            Realm realm = Servers.shared(Database.H2).realm(name);
            Customer clerk = realm.newCustomer();
            admin.giveRole(name, clerk.id(), "realm-management", "query-clients");
            admin.letManageClient(name, clerk.id(), ACME);
            Staff staff = Staff.of(clerk);

            JsonNode list = staff.tpps("").ok().get("clients");
            assertThat(list.findValuesAsText("clientId")).containsExactly(ACME);
            assertThat(list.at("/0/mayManage").asBoolean()).isTrue();
            assertThat(staff.switchOff(ACME).ok().get("on").asBoolean()).isFalse();
            for (String other : List.of(GLOBE, "nobody")) {
                assertRefused(staff.tpp(other));
                assertRefused(staff.switchOff(other));
            }
            assertRefused(staff.requests("?client=" + ACME));
            assertRefused(staff.deliveryHealth());
            assertThat(realm.tpp(GLOBE)
                            .request(realm.newCustomer(), Map.of(), BALANCES)
                            .status())
                    .isEqualTo(200);
            admin.removeRealm(name);
        }

        @Test
        void whatIsNotThereIsUnknown() {
            for (String id : List.of(UUID.randomUUID().toString(), "no-id")) {
                assertUnknown(viewer.request(id));
                assertUnknown(manager.expire(id));
                assertUnknown(manager.resend(id));
                assertUnknown(manager.tellAgain(customer.id(), id));
                assertUnknown(viewer.tpp(id));
            }
            assertUnknown(viewer.tpp("bank-app"));
            assertUnknown(manager.switchOff("security-admin-console"));
        }
    }

    @Nested
    @DisplayName("TPPs")
    class Tpps {

        @Test
        void areListedWithTheirFigures() {
            app.approve(asked(BALANCES), BALANCES).ok();
            app.deny(asked(TRANSACTIONS)).ok();
            BankApp others = bank.newCustomer().app();
            Customer third = bank.newCustomer();
            tpp.ask(third, BALANCES);
            app.block(tpp.clientId()).ok();
            others.block(tpp.clientId()).ok();

            JsonNode list = viewer.tpps("?search=" + tpp.clientId()).ok();
            JsonNode figures = list.at("/clients/0");

            assertThat(figures).isEqualTo(viewer.tpp(tpp.clientId()).ok());
            assertThat(figures.get("on").asBoolean()).isTrue();
            assertThat(figures.get("asked").asInt()).isEqualTo(3);
            assertThat(figures.get("approved").asInt()).isEqualTo(1);
            assertThat(figures.get("denied").asInt()).isEqualTo(1);
            assertThat(figures.get("pending").asInt()).isEqualTo(1);
            assertThat(figures.get("blocked").asInt()).isEqualTo(2);
            assertThat(figures.get("blockedAndReported").asInt()).isZero();
            assertThat(viewer.blocks("?client=" + tpp.clientId()).ok().get("blocks"))
                    .hasSize(2);
        }

        @Test
        void arePagesWithoutOtherClients() {
            List<String> all = new ArrayList<>();
            JsonNode page = viewer.tpps("?max=2").ok();
            page.get("clients").forEach(one -> all.add(one.get("clientId").asText()));
            while (!page.get("next").isNull()) {
                page = viewer.tpps("?max=2&first=" + page.get("next").asInt()).ok();
                page.get("clients").forEach(one -> all.add(one.get("clientId").asText()));
            }

            assertThat(all)
                    .contains(ACME, tpp.clientId())
                    .doesNotHaveDuplicates()
                    .doesNotContain("bank-app", "admin-cli", "security-admin-console");
        }

        @Test
        void liveConsentsAreCounted() {
            Asked request = tpp.ask(customer, BALANCES);
            app.approve(app.onlyPendingId(), BALANCES).ok();
            Tokens.of(tpp.poll(request));

            assertThat(viewer.tpp(tpp.clientId()).ok().get("liveConsents").asInt())
                    .isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"?first=-1", "?first=20001", "?max=0", "?max=101", "?search=", "?after=x"})
        void whatIsNotDescribedIsRefused(String query) {
            assertThat(viewer.tpps(query).problem()).isEqualTo("malformed-request");
        }
    }

    @Nested
    @DisplayName("Blocks")
    class Blocks {

        @Test
        void areListedNewestFirstAndWhatWasReportedAlone() {
            Tpp other = bank.newTpp(ACME, client -> {});
            app.block(tpp.clientId()).ok();
            other.ask(customer, BALANCES);
            app.report(app.onlyPendingId()).ok();
            String ofCustomer = "?customer=" + customer.id();

            JsonNode all = viewer.blocks(ofCustomer).ok().get("blocks");
            JsonNode reported =
                    viewer.blocks(ofCustomer + "&reported=true").ok().get("blocks");

            assertThat(all.findValuesAsText("clientId")).containsExactly(other.clientId(), tpp.clientId());
            assertThat(reported.findValuesAsText("clientId")).containsExactly(other.clientId());
            assertThat(reported.at("/0/customerId").asText()).isEqualTo(customer.id());
            JsonNode page = viewer.blocks(ofCustomer + "&max=1").ok();
            assertThat(viewer.blocks(ofCustomer + "&max=1&first="
                                    + page.get("next").asInt())
                            .ok()
                            .at("/blocks/0/client/clientId")
                            .asText())
                    .isEqualTo(tpp.clientId());
            assertThat(viewer.blocks("?reported=maybe").problem()).isEqualTo("malformed-request");
        }
    }
}
