package io.assent.it.admin;

import static io.assent.it.admin.StaffAnswers.assertRefused;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.NewTpp;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A realm is set up in one step, and nothing that somebody set is touched. */
class SetupIT {

    private static final AtomicInteger REALMS = new AtomicInteger();

    private final Admin admin = Servers.shared(Database.H2).admin();
    private final String name = "setup-" + REALMS.incrementAndGet();
    private final Realm realm = Servers.shared(Database.H2).realm(name);

    private Staff managing(RealmFile file) {
        admin.createRealm(file.named(name));
        return Staff.of(realm, "manage-realm", "manage-clients");
    }

    /** But for lockout, which is the bank's to decide. */
    private Staff managingEmpty() {
        return managing(RealmFile.empty(name).with(realm -> realm.put("bruteForceProtected", true)));
    }

    @AfterEach
    void removeTheRealm() {
        admin.removeRealm(name);
    }

    private static List<String> ids(JsonNode changes) {
        return changes.findValuesAsText("id");
    }

    /** But for the platform, which is the server's. */
    private static List<String> findings(Staff staff) {
        return staff.doctor().ok().get("findings").findValuesAsText("id").stream()
                .filter(finding -> !finding.equals("no-platform"))
                .toList();
    }

    @Test
    void fromAnEmptyRealmToTheFirstApprovedJourney() {
        Staff staff = managingEmpty();
        assertThat(findings(staff)).contains("no-app-scope", "no-app", "login-theme", "screen-off", "events-off");

        JsonNode planned = staff.plannedSetup().ok();
        JsonNode made = staff.setUp().ok();

        assertThat(made).isEqualTo(planned);
        assertThat(made.get("differences")).isEmpty();
        assertThat(Set.copyOf(ids(made.get("changes"))))
                .containsExactlyInAnyOrder(
                        "client-scope",
                        "permission",
                        "app-client",
                        "required-action",
                        "login-theme",
                        "account-theme",
                        "languages",
                        "rules",
                        "events",
                        "admin-events");
        assertThat(findings(staff)).containsExactly("no-tpp");

        JsonNode registered =
                staff.register(NewTpp.polling("acme", BALANCES, TRANSACTIONS)).ok();
        admin.updateClient(name, BankApp.CLIENT_ID, app -> app.put("directAccessGrantsEnabled", true));
        assertThat(findings(staff)).isEmpty();
        Customer customer = realm.newCustomer();
        BankApp app = customer.app();
        Tpp acme = new Tpp(realm, "acme", registered.get("secret").asText());
        Asked asked = acme.ask(customer, BALANCES);
        assertThat(BankApp.permissions(app.onlyPending())).containsExactly(BALANCES);
        app.approve(app.onlyPendingId()).ok();

        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(tokens.accessTokenClaims().has("realm_access")).isFalse();
        assertThat(tokens.accessTokenClaims().has("resource_access")).isFalse();
        assertThat(tokens.accessTokenClaims().get("aud").asText()).isEqualTo("bank-api");
    }

    @Test
    void whatSetupMakesIsTheTemplate() {
        Staff staff = managingEmpty();
        staff.setUp().ok();
        String other = name + "-template";
        admin.createRealm(RealmFile.template().named(other));
        try {
            Realm template = Servers.shared(Database.H2).realm(other);
            Staff there = Staff.of(template, "manage-realm", "manage-clients");

            assertThat(findings(there)).containsExactly("no-tpp").isEqualTo(findings(staff));
            assertThat(there.plannedSetup().ok().get("changes")).isEmpty();
            assertThat(there.plannedSetup().ok().get("differences")).isEmpty();
            assertThat(admin.scopes(name)).containsExactlyInAnyOrderElementsOf(admin.scopes(other));
            ObjectNode made = admin.client(name, BankApp.CLIENT_ID);
            ObjectNode meant = admin.client(other, BankApp.CLIENT_ID);
            for (String field :
                    List.of("publicClient", "fullScopeAllowed", "redirectUris", "directAccessGrantsEnabled")) {
                assertThat(made.get(field)).as(field).isEqualTo(meant.get(field));
            }
            assertThat(texts(made.get("defaultClientScopes"))).isEqualTo(texts(meant.get("defaultClientScopes")));
        } finally {
            admin.removeRealm(other);
        }
    }

    private static Set<String> texts(JsonNode list) {
        return Stream.of(Http.JSON.convertValue(list, String[].class)).collect(Collectors.toSet());
    }

    @Test
    void twiceChangesNothingTheSecondTimeAndIsOneAdminEvent() {
        Staff staff = managingEmpty();
        staff.setUp().ok();
        ObjectNode before = admin.realm(name);

        JsonNode again = staff.setUp().ok();

        assertThat(again.get("changes")).isEmpty();
        assertThat(again.get("differences")).isEmpty();
        assertThat(staff.plannedSetup().ok()).isEqualTo(again);
        assertThat(admin.realm(name)).isEqualTo(before);
        assertThat(admin.adminEvents(name, "consents/setup")).singleElement().satisfies(event -> {
            assertThat(event.get("operationType").asText()).isEqualTo("ACTION");
            assertThat(event.at("/authDetails/userId").asText()).isEqualTo(staff.id());
        });
    }

    @Test
    void manyAtOnceSetItUpOnce() throws Exception {
        Staff staff = managingEmpty();
        Callable<Answer> setUp = staff::setUp;

        List<Answer> answers = AtOnce.all(List.of(setUp, setUp, setUp, setUp));

        assertThat(answers).extracting(Answer::status).contains(200).isSubsetOf(200, 503);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .filter(answer -> !answer.json().get("changes").isEmpty()))
                .hasSize(1);
        assertThat(admin.scopes(name)).doesNotHaveDuplicates();
        assertThat(admin.requiredActions(name).findValuesAsText("alias")).doesNotHaveDuplicates();
        assertThat(findings(staff)).containsExactly("no-tpp");
    }

    @Test
    void whatSomebodySetOtherwiseIsShownAndLeft() {
        Staff staff = managing(RealmFile.template().with(realm -> {
            realm.put("loginTheme", "keycloak.v2").put("accountTheme", "keycloak.v3");
            realm.putArray("supportedLocales").add("fr").add("en");
            realm.put("eventsExpiration", 60);
            realm.putArray("enabledEventTypes").add("LOGIN").add("GRANT_CONSENT");
        }));
        admin.consentScreen(name, false);
        admin.unassignScope(name, BankApp.CLIENT_ID, "consent-app");
        ObjectNode before = admin.realm(name);

        JsonNode made = staff.setUp().ok();

        assertThat(ids(made.get("changes"))).containsExactly("event-types");
        assertThat(ids(made.get("differences")))
                .containsExactlyInAnyOrder("login-theme", "account-theme", "required-action", "app-client");
        ObjectNode after = admin.realm(name);
        assertThat(texts(after.get("enabledEventTypes")))
                .contains("LOGIN", "GRANT_CONSENT", "REVOKE_GRANT", "UPDATE_CREDENTIAL_ERROR");
        after.remove("enabledEventTypes");
        before.remove("enabledEventTypes");
        assertThat(after).isEqualTo(before);
        assertThat(staff.setUp().ok().get("changes")).isEmpty();
        assertThat(staff.plannedSetup().ok().get("differences")).isEqualTo(made.get("differences"));
    }

    @Test
    void languagesThatAreThereStayAndPermissionsOfTheBanksOwnAreEnough() {
        Staff staff = managingEmpty();
        admin.updateRealm(name, settings -> {
            settings.put("internationalizationEnabled", true);
            settings.putArray("supportedLocales").add("fr");
            settings.put("defaultLocale", "fr");
        });
        admin.createScope(name, permission("loans.overview"));

        JsonNode made = staff.setUp().ok();

        assertThat(ids(made.get("changes"))).doesNotContain("languages", "permission");
        assertThat(texts(admin.realm(name).get("supportedLocales"))).containsExactly("fr");
        assertThat(admin.scopes(name)).contains("consent-app").doesNotContain(BALANCES);
    }

    private static ObjectNode permission(String name) {
        ObjectNode scope = Http.object().put("name", name).put("protocol", "openid-connect");
        scope.putObject("attributes")
                .put("display.on.consent.screen", "true")
                .put("include.in.token.scope", "true")
                .put("consent.screen.text", "See your loans");
        return scope;
    }

    @Test
    void whoMayLookMayNotSetAndAStrangerMayNeither() {
        managingEmpty();
        Staff reader = Staff.of(realm, "view-realm", "view-clients");

        reader.doctor().ok();
        reader.plannedSetup().ok();
        assertRefused(reader.setUp());
        for (Staff half : List.of(
                Staff.of(realm, "manage-realm"),
                Staff.of(realm, "manage-clients"),
                Staff.of(realm, "view-users", "manage-users", "view-realm"),
                Staff.of(realm))) {
            assertRefused(half.doctor());
            assertRefused(half.plannedSetup());
            assertRefused(half.setUp());
        }
        assertThat(new Staff(realm, "nobody", null).send("POST", "/setup", null).status())
                .isEqualTo(401);
        assertThat(admin.scopes(name)).doesNotContain("consent-app");
    }

    @Test
    void inARealmWithoutAnAppOnlyWhatGivesItOneIsThere() {
        Staff staff = managingEmpty();

        assertThat(staff.send("GET", "/openapi.json", null).status()).isEqualTo(404);
        assertThat(staff.send("GET", "", null).status()).isEqualTo(404);
        assertThat(staff.send("DELETE", "/setup", null).status()).isEqualTo(405);
        assertThat(staff.send("POST", "/doctor", null).status()).isEqualTo(405);
        staff.send("GET", "/setup/", null).ok();
    }
}
