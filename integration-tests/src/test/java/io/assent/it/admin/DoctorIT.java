package io.assent.it.admin;

import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.assent.fake.fcm.FcmFake;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.OwnTpp;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Staff;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Distribution;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** On a server in production mode that can push: whatever is set up badly is found, and nothing else. */
class DoctorIT {

    private static final String TPP = "acme";
    private static final String ILL = "ill";
    private static final String UNUSED = "unused";
    private static final String HEALTHY = "healthy";
    private static final String LOANS = "loans.overview";
    private static final int CLIENTS = 60;

    private static final String LARGE = "large";
    private static final int VERY_MANY = 5_000;
    /** Beside other tests; with the machine to itself it is a sixth of this. */
    private static final Duration LONGEST_LOOK = Duration.ofMinutes(2);

    private static final Duration LONGEST_PAGE = Duration.ofSeconds(20);

    private static FcmFake vendor;
    private static Keycloak server;
    private static Admin admin;

    private static Realm realm;
    private static Staff staff;

    @BeforeAll
    static void startAServerWithAnIllRealmAndOneThatIsNotInUse() throws IOException {
        vendor = FcmFake.start();
        Path key = Files.createDirectories(Distribution.TARGET).resolve("fcm-key-doctor.json");
        vendor.writeServiceAccount(key);
        server = new Keycloak(
                        "doctor",
                        Database.POSTGRESQL,
                        List.of(
                                RealmFile.template().withLongTokens().named(HEALTHY),
                                RealmFile.template()
                                        .withLongTokens()
                                        .with(DoctorIT::spoil)
                                        .named(ILL),
                                RealmFile.empty(UNUSED).with(unused -> unused.putArray("clients")
                                        .add(OwnTpp.form("unused-tpp").put("fullScopeAllowed", true)))),
                        "--spi-push-sender--fcm--service-account=" + key.toAbsolutePath(),
                        "--spi-push-sender--fcm--endpoint=" + vendor.uri())
                .start();
        admin = server.admin();
        realm = server.realm(HEALTHY);
        admin.createClient(HEALTHY, OwnTpp.form(TPP, BALANCES));
        staff = Staff.of(realm, "manage-realm", "manage-clients");
    }

    /** With more clients that ask too much than are named, on more than one page. */
    private static void spoil(ObjectNode file) {
        for (int number = 1; number <= CLIENTS; number++) {
            file.withArrayProperty("clients")
                    .add(OwnTpp.form("tpp-%02d".formatted(number), BALANCES).put("fullScopeAllowed", true));
        }
    }

    @AfterAll
    static void stopBoth() {
        server.close();
        vendor.close();
    }

    @BeforeEach
    void theRealmIsHealthy() {
        assertThat(found(staff)).isEmpty();
    }

    private static List<String> found(Staff staff) {
        return staff.doctor().ok().get("findings").findValuesAsText("id");
    }

    private static List<String> about(Staff staff, String finding) {
        for (JsonNode found : staff.doctor().ok().get("findings")) {
            if (found.get("id").asText().equals(finding)) {
                return found.get("about").findValuesAsText("name");
            }
        }
        throw new AssertionError("not found: " + finding);
    }

    static Stream<Arguments> spoilers() {
        return Stream.of(
                spoiler(
                        "no-app",
                        "",
                        () -> admin.unassignScope(HEALTHY, BankApp.CLIENT_ID, "consent-app"),
                        () -> admin.assignScope(HEALTHY, BankApp.CLIENT_ID, "consent-app", "default")),
                spoiler(
                        "app-scope-for-new-clients",
                        "",
                        () -> admin.giveToNewClients(HEALTHY, "consent-app", true),
                        () -> admin.giveToNewClients(HEALTHY, "consent-app", false)),
                ofTheTpp("tpp-holds-consent-app", TPP, () -> admin.assignScope(HEALTHY, TPP, "consent-app", "default")),
                ofTheTpp(
                        "tpp-full-scope",
                        TPP,
                        () -> admin.updateClient(HEALTHY, TPP, client -> client.put("fullScopeAllowed", true))),
                ofTheTpp(
                        "tpp-management-roles",
                        TPP,
                        () -> admin.addToScopeOf(HEALTHY, TPP, "realm-management", "manage-users")),
                ofTheTpp(
                        "tpp-management-roles",
                        TPP,
                        () -> admin.giveOwnRole(HEALTHY, TPP, "assistant", "account", "manage-account")),
                ofTheTpp(
                        "consent-not-required",
                        TPP,
                        () -> admin.updateClient(HEALTHY, TPP, client -> client.put("consentRequired", false))),
                ofTheTpp("tpp-stock-scopes", TPP, () -> admin.assignScope(HEALTHY, TPP, "roles", "default")),
                ofTheTpp(
                        "personal-access-of-others",
                        TPP,
                        () -> admin.updateClient(HEALTHY, TPP, client -> client.withObject("/attributes")
                                .put("authorization_details_types", "personal_access"))),
                ofTheTpp("tpp-without-basic", TPP, () -> admin.unassignScope(HEALTHY, TPP, "basic")),
                ofTheTpp("ciba-without-permission", TPP, () -> admin.unassignScope(HEALTHY, TPP, BALANCES)),
                ofTheTpp("no-tpp", "", () -> admin.updateClient(HEALTHY, TPP, client -> client.put("enabled", false))),
                ofAttribute("permission-not-in-token-scope", "include.in.token.scope", "false", "true"),
                ofAttribute(
                        "permission-without-text",
                        "consent.screen.text",
                        "${permission.nobody.wrote}",
                        "${permission." + BALANCES + "}"),
                spoiler(
                        "permission-without-audience",
                        LOANS,
                        () -> admin.createScope(HEALTHY, loans()),
                        () -> admin.removeScope(HEALTHY, admin.idOfScope(HEALTHY, LOANS))),
                spoiler(
                        "screen-off",
                        "",
                        () -> admin.consentScreen(HEALTHY, false),
                        () -> admin.consentScreen(HEALTHY, true)),
                spoiler(
                        "screen-not-first",
                        "",
                        () -> admin.consentScreenAt(HEALTHY, 10_000),
                        // to the top
                        () -> staff.setUp().ok()),
                spoiler(
                        "unknown-name-in-settings",
                        "own-clients",
                        () -> admin.ownClients(HEALTHY, "gone"),
                        () -> admin.ownClients(HEALTHY)),
                spoiler(
                        "partner-not-asked",
                        "harvest",
                        () -> admin.addIdentityProvider(HEALTHY, partnerWithoutRevocation())
                                .ok(),
                        () -> admin.removeIdentityProvider(HEALTHY, "harvest")),
                ofSetting("internationalization-off", "internationalizationEnabled", BooleanNode.FALSE),
                ofSetting("account-theme", "accountTheme", TextNode.valueOf("keycloak.v3")),
                ofSetting("brute-force-off", "bruteForceProtected", BooleanNode.FALSE),
                ofSetting("events-off", "eventsEnabled", BooleanNode.FALSE),
                ofSetting("admin-events-off", "adminEventsEnabled", BooleanNode.FALSE),
                spoiler(
                        "no-rules",
                        "",
                        () -> admin.demandOfEveryClient(HEALTHY, "fapi-1-baseline"),
                        () -> admin.demandOfEveryClient(HEALTHY, "consents")),
                spoiler("sandbox-in-production", "", () -> sandbox("true"), () -> sandbox("false")));
    }

    private static Arguments spoiler(String finding, String about, Runnable spoil, Runnable heal) {
        return arguments(finding, about, spoil, heal);
    }

    private static Arguments ofTheTpp(String finding, String about, Runnable spoil) {
        return spoiler(finding, about, spoil, DoctorIT::renewTheTpp);
    }

    private static Arguments ofAttribute(String finding, String attribute, String spoilt, String sound) {
        return spoiler(finding, BALANCES, () -> attribute(attribute, spoilt), () -> attribute(attribute, sound));
    }

    private static Arguments ofSetting(String finding, String setting, JsonNode spoilt) {
        JsonNode sound = RealmFile.template().json().get(setting);
        return spoiler(finding, "", () -> set(setting, spoilt), () -> set(setting, sound));
    }

    private static void set(String setting, JsonNode value) {
        admin.updateRealm(HEALTHY, settings -> settings.set(setting, value));
    }

    private static void attribute(String attribute, String value) {
        admin.updateScope(HEALTHY, BALANCES, scope -> scope.withObjectProperty("attributes")
                .put(attribute, value));
    }

    private static void sandbox(String enabled) {
        admin.updateRealm(
                HEALTHY, settings -> settings.withObjectProperty("attributes").put("sandbox.enabled", enabled));
    }

    private static void renewTheTpp() {
        admin.removeClient(HEALTHY, TPP);
        admin.createClient(HEALTHY, OwnTpp.form(TPP, BALANCES));
    }

    private static ObjectNode loans() {
        ObjectNode scope = Http.object().put("name", LOANS).put("protocol", "openid-connect");
        scope.putObject("attributes")
                .put("display.on.consent.screen", "true")
                .put("include.in.token.scope", "true")
                .put("consent.screen.text", "See your loans");
        return scope;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoilers")
    void whatIsSetUpBadlyIsFoundAndNothingElse(String finding, String about, Runnable spoil, Runnable heal) {
        try {
            spoil.run();

            assertThat(found(staff)).containsExactly(finding);
            assertThat(about(staff, finding)).isEqualTo(about.isEmpty() ? List.of() : List.of(about));
        } finally {
            heal.run();
        }
    }

    @Test
    void withoutItsScopeNothingOfTheAppIsThereUntilSetupMakesIt() {
        admin.removeScope(HEALTHY, admin.idOfScope(HEALTHY, "consent-app"));
        assertThat(found(staff)).containsExactly("no-app-scope", "no-app");

        ObjectNode mute = Http.object().put("name", "consent-app").put("protocol", "openid-connect");
        mute.putObject("attributes").put("display.on.consent.screen", "false").put("include.in.token.scope", "true");
        admin.createScope(HEALTHY, mute);
        admin.assignScope(HEALTHY, BankApp.CLIENT_ID, "consent-app", "default");
        assertThat(found(staff)).containsExactly("app-scope-without-audience");

        assertThat(staff.setUp().ok().get("changes").findValuesAsText("id")).containsExactly("app-audience");
    }

    @Test
    void withoutPermissionsNobodyHasAnythingToAskFor() {
        for (String scope : admin.scopes(HEALTHY)) {
            if (scope.contains(".")) {
                admin.removeScope(HEALTHY, admin.idOfScope(HEALTHY, scope));
            }
        }
        assertThat(found(staff)).containsExactly("ciba-without-permission", "no-permission");

        staff.setUp().ok();
        renewTheTpp();
    }

    @Test
    void withoutTheLoginThemeItsTextsAreMissingToo() {
        set("loginTheme", TextNode.valueOf("keycloak.v2"));
        try {
            assertThat(found(staff)).containsExactly("permission-without-text", "login-theme");
        } finally {
            set("loginTheme", TextNode.valueOf("permissions"));
        }
    }

    @Test
    void aTextIsMissingOnlyInTheLanguagesThatHaveNone() {
        attribute("consent.screen.text", "${permission.nobody.wrote}");
        admin.overrideMessage(HEALTHY, "de", "permission.nobody.wrote", "Guthaben");
        try {
            assertThat(staff.doctor().ok().get("findings")).singleElement().satisfies(finding -> {
                assertThat(finding.get("id").asText()).isEqualTo("permission-without-text");
                assertThat(finding.get("total").asInt()).isEqualTo(1);
                assertThat(finding.at("/about/0/note").asText()).isEqualTo("en, es, fr");
            });
        } finally {
            attribute("consent.screen.text", "${permission." + BALANCES + "}");
        }
    }

    @Test
    void aProxyThatTheServerDoesNotListenToIsFoundByTheCall() {
        JsonNode answer = Http.send(Http.request(server.uri("/admin/realms/" + HEALTHY + "/consents/doctor"))
                        .header("Authorization", "Bearer " + staff.accessToken())
                        .header("X-Forwarded-For", "192.0.2.1"))
                .ok();

        assertThat(answer.get("findings").findValuesAsText("id")).containsExactly("proxy-headers-unread");
    }

    @Test
    void ofManyClientsSomeAreNamedAndAllCounted() {
        Staff there = Staff.of(server.realm(ILL), "view-realm", "view-clients");

        JsonNode diagnosis = there.doctor().ok();

        assertThat(diagnosis.get("clients").asInt()).isGreaterThan(CLIENTS);
        assertThat(diagnosis.get("findings")).singleElement().satisfies(finding -> {
            assertThat(finding.get("id").asText()).isEqualTo("tpp-full-scope");
            assertThat(finding.get("total").asInt()).isEqualTo(CLIENTS);
            assertThat(finding.get("about").findValuesAsText("name"))
                    .hasSize(20)
                    .startsWith("tpp-01", "tpp-02");
        });
    }

    @Test
    @Tag("long")
    void aRealmWithThousandsOfClientsIsLookedThroughInATime() {
        admin.createRealm(RealmFile.template().named(LARGE));
        admin.createClient(LARGE, OwnTpp.form(TPP, BALANCES));
        copyTheTpp(admin.client(LARGE, TPP).get("id").asText(), VERY_MANY);
        Staff there = Staff.of(server.realm(LARGE), "view-realm", "view-clients");

        Instant begin = Instant.now();
        JsonNode diagnosis = there.doctor().ok();
        Duration doctor = Duration.between(begin, Instant.now());
        assertThat(diagnosis.get("clients").asInt()).isGreaterThan(VERY_MANY);
        assertThat(diagnosis.get("findings")).isEmpty();
        assertThat(doctor).isLessThan(LONGEST_LOOK);

        begin = Instant.now();
        assertThat(there.plannedSetup().ok().get("changes")).isEmpty();
        Duration setup = Duration.between(begin, Instant.now());
        assertThat(setup).isLessThan(LONGEST_LOOK);

        Set<String> listed = new HashSet<>();
        Duration longest = Duration.ZERO;
        String next = "0";
        while (!next.equals("null")) {
            begin = Instant.now();
            JsonNode page = there.tpps("?max=100&first=" + next).ok();
            Duration took = Duration.between(begin, Instant.now());
            longest = took.compareTo(longest) > 0 ? took : longest;
            assertThat(page.get("clients").size()).isLessThanOrEqualTo(100);
            listed.addAll(page.get("clients").findValuesAsText("clientId"));
            next = page.get("next").asText();
        }
        assertThat(listed).hasSize(VERY_MANY + 1);
        assertThat(longest).isLessThan(LONGEST_PAGE);
        System.out.printf(
                "Of %,d clients: the doctor in %,d ms, setup's plan in %,d ms, a page of the list in %,d ms at the most%n",
                VERY_MANY, doctor.toMillis(), setup.toMillis(), longest.toMillis());
    }

    /** With its attributes and scopes. */
    private static void copyTheTpp(String id, int copies) {
        Postgres.execute(server.databaseName(), """
                CREATE TEMPORARY TABLE copies AS SELECT c.* FROM client c, generate_series(1, %2$d) WHERE c.id = '%1$s';
                UPDATE copies SET id = gen_random_uuid()::text;
                UPDATE copies SET client_id = 'copy-' || id;
                INSERT INTO client SELECT * FROM copies;
                INSERT INTO client_attributes (client_id, name, value)
                    SELECT copies.id, a.name, a.value FROM copies, client_attributes a WHERE a.client_id = '%1$s';
                INSERT INTO client_scope_client (client_id, scope_id, default_scope)
                    SELECT copies.id, s.scope_id, s.default_scope FROM copies, client_scope_client s WHERE s.client_id = '%1$s';
                ANALYZE client;
                """.formatted(id, copies));
    }

    @Test
    void theLogSaysAtTheStartWhatIsAnErrorWhereThePackIsInUse() {
        Eventually.within(Duration.ofMinutes(2), "a line of the doctor", () -> server.said()
                .contains("Realm '" + ILL + "' has the finding tpp-full-scope: tpp-01, tpp-02,"));

        assertThat(server.said())
                .contains("tpp-20 and " + (CLIENTS - 20) + " more. A client that may ask")
                .doesNotContain("Realm '" + UNUSED + "' has", "Realm 'master' has");
    }

    private static ObjectNode partnerWithoutRevocation() {
        ObjectNode provider = Http.object()
                .put("alias", "harvest")
                .put("providerId", "partner-oidc")
                .put("enabled", true)
                .put("linkOnly", true)
                .put("storeToken", true);
        provider.putObject("config")
                .put("authorizationUrl", "https://harvest.example/auth")
                .put("tokenUrl", "https://harvest.example/token")
                .put("clientId", "bank")
                .put("clientSecret", "secret")
                .put("partnerClient", TPP)
                .put("partnerScopes", "pots");
        return provider;
    }
}
