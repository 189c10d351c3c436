package io.assent.it.consent;

import static io.assent.it.consent.ChangingBank.ALL;
import static io.assent.it.consent.ChangingBank.AMOUNTS;
import static io.assent.it.consent.ChangingBank.LOANS;
import static io.assent.it.consent.ChangingBank.RATES;
import static io.assent.it.consent.ChangingBank.TERMS;
import static io.assent.it.consent.ChangingBank.WHOLE;
import static io.assent.it.consent.ChangingBank.carried;
import static io.assent.it.consent.ChangingBank.change;
import static io.assent.it.consent.ChangingBank.changes;
import static io.assent.it.consent.ChangingBank.grantId;
import static io.assent.it.consent.ChangingBank.permission;
import static io.assent.it.consent.ChangingBank.permissions;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.it.admin.Auditor;
import io.assent.it.admin.Auditor.Verified;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bank changes its permissions while consents stand: by the staff's API, and as the TPP, the app and staff see it.
 */
class PermissionChangesIT {

    private static final String REALM = "changes";

    @TempDir
    private Path files;

    private ChangingBank bank;
    private Admin admin;
    private Realm realm;
    private Staff staff;
    private Tpp tpp;
    private Customer customer;
    private BankApp app;

    @BeforeEach
    void makeRealm() {
        bank = ChangingBank.open(REALM);
        admin = bank.admin();
        realm = bank.realm();
        staff = bank.staff();
        tpp = bank.newTpp(ALL);
        customer = realm.newCustomer();
        app = customer.app();
    }

    @AfterEach
    void removeRealm() {
        bank.close();
    }

    private Tokens tokens(String... scopes) {
        return ChangingBank.tokens(tpp, customer, app, scopes);
    }

    /** Token, introspection, app, staff and Keycloak's own record say the same. */
    private void assertGranted(Tokens tokens, String... names) {
        assertThat(carried(tokens)).containsExactlyInAnyOrder(names);
        assertThat(Tokens.split(realm.api().introspect(tokens).ok().get("scope").asText()))
                .contains(names);
        assertListed(grantId(tokens), names);
    }

    private void assertListed(String grantId, String... names) {
        assertThat(permissions(app.consent(grantId).ok())).containsExactlyInAnyOrder(names);
        assertThat(staff.read(grantId).ok().get("grantedScopes"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(names);
        assertThat(admin.grantedScopes(REALM, customer.id(), tpp.clientId())).containsExactlyInAnyOrder(names);
    }

    @Test
    void aConsentFollowsWithItsClientsNextTokens() {
        Tokens before = tokens(LOANS, BALANCES);

        staff.setChanges(changes(0, change("split-loans", "split", List.of(LOANS), AMOUNTS, TERMS)))
                .ok();
        Tokens after = Tokens.of(tpp.refresh(before));

        assertGranted(after, AMOUNTS, TERMS, BALANCES);
        assertThat(after.scope()).contains(AMOUNTS, TERMS, BALANCES).doesNotContain(LOANS);
        assertThat(staff.history(grantId(after))).containsExactly("granted", "changed");
        assertThat(app.consent(grantId(after)).ok().get("history").findValuesAsText("type"))
                .containsExactly("granted", "changed");
        // by both refresh tokens, again and again, and by names of all times
        assertGranted(Tokens.of(tpp.refresh(before)), AMOUNTS, TERMS, BALANCES);
        assertGranted(Tokens.of(tpp.refresh(after)), AMOUNTS, TERMS, BALANCES);
        assertThat(carried(Tokens.of(tpp.refresh(before, "openid", LOANS)))).containsExactly(AMOUNTS, TERMS);
        assertThat(carried(Tokens.of(tpp.refresh(before, "openid", AMOUNTS)))).containsExactly(AMOUNTS);
        assertThat(carried(Tokens.of(tpp.refresh(after, "openid", TERMS)))).containsExactly(TERMS);
        assertThat(staff.history(grantId(after))).containsExactly("granted", "changed");
    }

    @Test
    void anOfflineTokenKeepsWorkingThoughTheOldNameIsGone() {
        tpp = realm.newTpp(ACME, client -> {
            ALL.forEach(client.withArrayProperty("optionalClientScopes")::add);
            client.withArrayProperty("optionalClientScopes").add("offline_access");
        });
        Tokens before = tokens(LOANS, "offline_access");
        staff.setChanges(changes(0, change("rename-loans", "rename", List.of(LOANS), WHOLE)))
                .ok();
        Tokens.of(tpp.refresh(before));
        admin.removeScope(REALM, admin.idOfScope(REALM, LOANS));

        Tokens after = Tokens.of(tpp.refresh(before));

        assertThat(after.accessTokenScope()).contains(WHOLE, "offline_access").doesNotContain(LOANS);
        assertThat(Tokens.of(tpp.refresh(after)).accessTokenScope()).contains(WHOLE);
    }

    @Test
    void aConsentWhoseClientDoesNotComeFollowsAllTheSame() {
        Tokens before = tokens(LOANS, BALANCES);
        String id = grantId(before);

        staff.setChanges(changes(0, change("rename-loans", "rename", List.of(LOANS), WHOLE)))
                .ok();
        bank.awaitWalk();

        assertListed(id, WHOLE, BALANCES);
        // what the customer read stays what the customer read
        Answer exported = staff.evidence(id);
        assertThat(exported.ok().at("/shown/groups").toString())
                .contains("Words for " + LOANS)
                .doesNotContain("Words for " + WHOLE);
        Verified verified = new Auditor(files).verify(exported.body(), realm);
        assertThat(verified.status()).as(verified.said()).isZero();
        JsonNode followed = staff.changes().ok().get("followed");
        assertThat(followed.get("looked").asInt()).isEqualTo(1);
        assertThat(followed.get("changed").asInt()).isEqualTo(1);
        assertThat(followed.get("failed").asInt()).isZero();
        assertThat(carried(Tokens.of(tpp.refresh(before)))).containsExactlyInAnyOrder(WHOLE, BALANCES);
        assertThat(staff.history(id)).containsExactly("granted", "changed");
    }

    @Test
    void aDryRunCountsWhatThenHappens() {
        Tpp withoutNew = bank.newTpp(List.of(LOANS));
        Tpp merged = bank.newTpp(ALL);
        Map<String, Tokens> all = Map.of(
                "mapped", tokens(LOANS),
                "unchanged", ChangingBank.tokens(bank.newTpp(ALL), customer, app, BALANCES),
                "waiting", ChangingBank.tokens(withoutNew, customer, app, LOANS),
                "loses", ChangingBank.tokens(bank.newTpp(ALL), customer, app, RATES, BALANCES),
                "ends", ChangingBank.tokens(bank.newTpp(ALL), customer, app, RATES),
                "needsCustomer", ChangingBank.tokens(merged, customer, app, AMOUNTS));
        ObjectNode document = changes(
                0,
                change("rename", "rename", List.of(LOANS), WHOLE),
                change("merge", "merge", List.of(AMOUNTS, TERMS), WHOLE),
                change("retire", "retire", List.of(RATES)));

        JsonNode whole = staff.tryChanges(document, "").ok();
        all.keySet()
                .forEach(outcome ->
                        assertThat(whole.get(outcome).asInt()).as(outcome).isEqualTo(1));
        assertThat(whole.get("next").isNull()).isTrue();
        assertThat(ChangingBank.dryRun(staff, 2, 5, document))
                .isEqualTo(
                        Map.of("mapped", 1, "unchanged", 1, "waiting", 1, "loses", 1, "ends", 1, "needsCustomer", 1));
        // nothing was written
        assertThat(staff.changes().ok().get("version").asInt()).isZero();
        assertListed(grantId(all.get("mapped")), LOANS);

        staff.setChanges(document).ok();
        bank.awaitWalk();

        assertThat(permissions(app.consent(grantId(all.get("mapped"))).ok())).containsExactly(WHOLE);
        assertThat(permissions(app.consent(grantId(all.get("unchanged"))).ok())).containsExactly(BALANCES);
        assertThat(permissions(app.consent(grantId(all.get("waiting"))).ok())).containsExactly(LOANS);
        assertThat(permissions(app.consent(grantId(all.get("loses"))).ok())).containsExactly(BALANCES);
        assertThat(app.consent(grantId(all.get("ends"))).ok().get("status").asText())
                .isEqualTo("revoked");
        // a merge with one granted gives nothing, and takes nothing
        assertThat(permissions(app.consent(grantId(all.get("needsCustomer"))).ok()))
                .containsExactly(AMOUNTS);
        assertThat(carried(Tokens.of(merged.refresh(all.get("needsCustomer"))))).containsExactly(AMOUNTS);
        assertThat(carried(Tokens.of(withoutNew.refresh(all.get("waiting"))))).containsExactly(LOANS);
        assertThat(staff.changes().ok().at("/followed/changed").asInt()).isEqualTo(3);
        assertThat(staff.changes().ok().at("/followed/waiting").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsRetiredIsInNoNewTokenAndAConsentOfNothingElseEnds() {
        Tokens both = tokens(LOANS, BALANCES);
        Tpp other = bank.newTpp(ALL);
        Tokens only = ChangingBank.tokens(other, customer, app, LOANS);

        staff.setChanges(changes(0, change("retire-loans", "retire", List.of(LOANS))))
                .ok();

        assertThat(carried(Tokens.of(tpp.refresh(both)))).containsExactly(BALANCES);
        assertThat(other.refresh(only).error()).isEqualTo("invalid_grant");
        bank.awaitWalk();
        JsonNode ended = app.consent(grantId(only)).ok();
        assertThat(ended.get("status").asText()).isEqualTo("revoked");
        assertThat(ended.get("endedBy").asText()).isEqualTo("system");
        other.assertDead(only);
        assertListed(grantId(both), BALANCES);
    }

    @Test
    void aMergeIsForWhoeverGrantedAll() {
        Tokens both = tokens(AMOUNTS, TERMS);
        staff.setChanges(changes(0, change("merge", "merge", List.of(AMOUNTS, TERMS), WHOLE)))
                .ok();

        assertGranted(Tokens.of(tpp.refresh(both)), WHOLE);
        assertThat(carried(Tokens.of(tpp.refresh(both, "openid", AMOUNTS)))).containsExactly(WHOLE);
    }

    @Test
    void whatIsWiderWorksOnAsItWas() {
        Tokens before = tokens(LOANS);
        staff.setChanges(changes(0, change("widen", "widen", List.of(LOANS), RATES)))
                .ok();

        assertGranted(Tokens.of(tpp.refresh(before)), LOANS);
        assertThat(carried(Tokens.of(tpp.refresh(before, "openid", LOANS, RATES))))
                .containsExactly(LOANS);
    }

    @Test
    void aNewPermissionThatALiveClientHasByDefaultWidensNoTokenAndFailsNoRefresh() {
        Tokens before = tokens(LOANS);
        for (boolean consentRequired : new boolean[] {true, false}) {
            admin.updateClient(REALM, tpp.clientId(), client -> client.put("consentRequired", consentRequired));
            admin.assignScope(REALM, tpp.clientId(), RATES, "default");
            assertThat(carried(Tokens.of(tpp.refresh(before)))).containsExactly(LOANS);
        }
        admin.updateClient(REALM, tpp.clientId(), client -> client.put("consentRequired", true));
        admin.assignScope(REALM, tpp.clientId(), AMOUNTS, "default");

        staff.setChanges(changes(0, change("rename", "rename", List.of(LOANS), AMOUNTS)))
                .ok();

        assertGranted(Tokens.of(tpp.refresh(before)), AMOUNTS);
    }

    @Test
    void aClientScopeThatWasMadeAnewUnderTheOldNameIsAnotherPermission() {
        staff.setChanges(changes(0, change("rename", "rename", List.of(LOANS), WHOLE)))
                .ok();
        admin.removeScope(REALM, admin.idOfScope(REALM, LOANS));
        admin.createScope(REALM, permission(LOANS));
        admin.assignScope(REALM, tpp.clientId(), LOANS, "optional");
        Tokens anew = ChangingBank.tokens(tpp, customer, app, LOANS);

        assertThat(carried(Tokens.of(tpp.refresh(anew)))).containsExactly(LOANS);
    }

    @Test
    void tokensWhoseAnswerWasLostAreFetchedAgainByTheNamesOfNow() {
        admin.consentRules(REALM, Map.of("repeat-redemption-seconds", "60")).ok();
        admin.demandOfEveryClient(REALM, "consents");
        Asked asked = tpp.ask(customer, LOANS, BALANCES);
        app.approve(app.onlyPendingId()).ok();
        Tokens lost = Tokens.of(tpp.poll(asked));
        staff.setChanges(changes(0, change("split", "split", List.of(LOANS), AMOUNTS, TERMS)))
                .ok();
        assertThat(carried(Tokens.of(tpp.poll(asked)))).containsExactlyInAnyOrder(AMOUNTS, TERMS, BALANCES);
        app.narrow(grantId(lost), AMOUNTS, BALANCES).ok();

        Tokens again = Tokens.of(tpp.poll(asked));

        assertGranted(again, AMOUNTS, BALANCES);
        assertThat(grantId(again)).isEqualTo(grantId(lost));
        assertThat(carried(Tokens.of(tpp.refresh(again)))).containsExactlyInAnyOrder(AMOUNTS, BALANCES);
    }

    @Test
    void aNoToTheNewNameCountsForAnApprovalOfTheOldOneThatWasNotFetched() {
        Asked old = tpp.ask(customer, LOANS);
        app.approve(app.onlyPendingId()).ok();
        Asked other = tpp.ask(customer, BALANCES);
        app.approve(app.onlyPendingId()).ok();
        staff.setChanges(changes(0, change("split", "split", List.of(LOANS), AMOUNTS, TERMS)))
                .ok();

        tpp.ask(customer, TERMS);
        app.deny(app.onlyPendingId()).ok();

        assertThat(tpp.poll(old).error()).isEqualTo("access_denied");
        assertThat(carried(Tokens.of(tpp.poll(other)))).containsExactly(BALANCES);
    }

    @Test
    void whatIsUndoneIsAsItWas() {
        Tokens before = tokens(LOANS, RATES, BALANCES);
        Tpp other = bank.newTpp(ALL);
        Tokens idle = ChangingBank.tokens(other, customer, app, LOANS, BALANCES);
        Tpp careful = bank.newTpp(ALL);
        Tokens narrowed = ChangingBank.tokens(careful, customer, app, LOANS, BALANCES);
        ObjectNode split = change("split", "split", List.of(LOANS), AMOUNTS, TERMS);
        ObjectNode retire = change("retire", "retire", List.of(RATES));
        staff.setChanges(changes(0, split, retire)).ok();
        Tokens after = Tokens.of(tpp.refresh(before));
        assertThat(carried(after)).containsExactlyInAnyOrder(AMOUNTS, TERMS, BALANCES);
        bank.awaitWalk();
        app.narrow(grantId(narrowed), AMOUNTS, BALANCES).ok();

        staff.setChanges(changes(1, split.put("undone", true), retire.put("undone", true)))
                .ok();

        assertThat(carried(Tokens.of(tpp.refresh(after)))).containsExactlyInAnyOrder(LOANS, RATES, BALANCES);
        assertThat(carried(Tokens.of(tpp.refresh(before)))).containsExactlyInAnyOrder(LOANS, RATES, BALANCES);
        assertThat(staff.history(grantId(before))).containsExactly("granted", "changed", "changed");
        bank.awaitWalk();
        assertThat(permissions(app.consent(grantId(idle)).ok())).containsExactlyInAnyOrder(LOANS, BALANCES);
        assertThat(carried(Tokens.of(other.refresh(idle)))).containsExactlyInAnyOrder(LOANS, BALANCES);
        // what the customer took back of the new is not given again by the old
        assertThat(permissions(app.consent(grantId(narrowed)).ok())).containsExactlyInAnyOrder(AMOUNTS, BALANCES);
        assertThat(carried(Tokens.of(careful.refresh(narrowed)))).containsExactlyInAnyOrder(AMOUNTS, BALANCES);
    }

    @Test
    void whileConsentsAreWalkedEveryRefreshWorksAndNoTokenIsWider() throws Exception {
        List<Tpp> tpps = List.of(tpp, bank.newTpp(ALL), bank.newTpp(ALL));
        List<Callable<Held>> grants = new ArrayList<>();
        for (int at = 0; at < 24; at++) {
            Tpp who = tpps.get(at % tpps.size());
            List<String> scopes = at % 2 == 0 ? List.of(LOANS, BALANCES) : List.of(AMOUNTS, TERMS, RATES);
            grants.add(() -> {
                Customer each = realm.newCustomer();
                return new Held(
                        who,
                        ChangingBank.tokens(who, each, each.app(), scopes.toArray(String[]::new)),
                        new TreeSet<>(scopes));
            });
        }
        List<Held> held = AtOnce.all(4, grants);

        ObjectNode document = changes(
                0,
                change("merge", "merge", List.of(AMOUNTS, TERMS), WHOLE),
                change("retire", "retire", List.of(RATES)));
        staff.setChanges(document).ok();
        List<Callable<Set<String>>> refreshes = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            held.forEach(one -> refreshes.add(one::refresh));
        }
        List<Set<String>> carried = AtOnce.all(6, refreshes);
        bank.awaitWalk();

        for (int at = 0; at < carried.size(); at++) {
            boolean accounts = held.get(at % held.size()).granted().contains(LOANS);
            assertThat(carried.get(at)).isEqualTo(accounts ? Set.of(LOANS, BALANCES) : Set.of(WHOLE));
        }
        assertThat(staff.changes().ok().at("/followed/looked").asInt()).isEqualTo(24);
        assertThat(staff.changes().ok().at("/followed/failed").asInt()).isZero();
        // each once, whoever came first
        List<String> ids = StreamSupport.stream(
                        staff.search("?status=live&max=100")
                                .ok()
                                .get("consents")
                                .spliterator(),
                        false)
                .map(consent -> consent.get("id").asText())
                .toList();
        assertThat(ids).hasSize(24);
        assertThat(ids.stream().filter(id -> staff.history(id).contains("changed")))
                .hasSize(12)
                .allSatisfy(id -> assertThat(staff.history(id)).containsExactly("granted", "changed"));
    }

    private record Held(Tpp tpp, Tokens tokens, Set<String> granted) {
        Set<String> refresh() {
            return carried(Tokens.of(tpp.refresh(tokens)));
        }
    }
}
