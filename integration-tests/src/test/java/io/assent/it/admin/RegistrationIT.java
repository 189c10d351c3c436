package io.assent.it.admin;

import static io.assent.it.admin.StaffAnswers.assertRefused;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.NewTpp;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Staff;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A TPP is registered by one call, and is set up as it must be. */
class RegistrationIT {

    private static final String NAME = "registration";

    private static Admin admin;
    private static Realm realm;
    private static Staff staff;

    private final String clientId = "tpp-" + UUID.randomUUID();

    @BeforeAll
    static void makeARealm() {
        Keycloak server = Servers.shared(Database.H2);
        admin = server.admin();
        admin.createRealm(RealmFile.template().named(NAME));
        realm = server.realm(NAME);
        staff = Staff.of(realm, "manage-realm", "manage-clients");
    }

    @AfterAll
    static void removeIt() {
        admin.removeRealm(NAME);
    }

    private static List<String> findings() {
        return staff.doctor().ok().get("findings").findValuesAsText("id").stream()
                .filter(finding -> !finding.equals("no-platform") && !finding.equals("no-tpp"))
                .toList();
    }

    private ObjectNode whole() {
        ObjectNode tpp = NewTpp.polling(clientId, BALANCES, TRANSACTIONS)
                .put("ciba", "ping")
                .put("notificationEndpoint", "https://acme.example/answers");
        tpp.putArray("redirectUris").add("https://acme.example/back").add("http://localhost:7070/back");
        return tpp;
    }

    @Test
    void itIsAnOrdinaryClientOfWhichTheDoctorFindsNothing() {
        JsonNode answer = staff.register(whole()).ok();

        assertThat(answer.get("secret").asText())
                .isEqualTo(admin.secret(NAME, clientId))
                .hasSizeGreaterThan(20);
        ObjectNode client = admin.client(NAME, clientId);
        assertThat(client.get("id")).isEqualTo(answer.get("id"));
        assertThat(client.get("consentRequired").asBoolean()).isTrue();
        assertThat(client.get("fullScopeAllowed").asBoolean()).isFalse();
        assertThat(client.get("serviceAccountsEnabled").asBoolean()).isFalse();
        assertThat(texts(client.get("defaultClientScopes"))).containsExactlyInAnyOrder("basic", "acr");
        assertThat(texts(client.get("optionalClientScopes"))).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
        assertThat(texts(client.get("redirectUris")))
                .containsExactlyInAnyOrder("https://acme.example/back", "http://localhost:7070/back");
        assertThat(client.get("webOrigins")).isEmpty();
        assertThat(findings()).isEmpty();
        assertThat(staff.tpp(clientId).ok().get("on").asBoolean()).isTrue();
    }

    @Test
    void oneThatMayReadWithoutTheCustomerHasTheScopeForItAndTheDoctorFindsNothing() {
        ObjectNode offline = whole().put("offlineAccess", true);

        assertThat(staff.register(offline).ok().get("offlineAccess").asBoolean())
                .isTrue();

        assertThat(texts(admin.client(NAME, clientId).get("optionalClientScopes")))
                .containsExactlyInAnyOrder(BALANCES, TRANSACTIONS, "offline_access");
        assertThat(findings()).isEmpty();
        assertThat(staff.register(whole()).problem()).isEqualTo("client-exists");
        assertThat(staff.register(offline).ok().get("secret").isNull()).isTrue();
    }

    @Test
    void oneWithAKeyHasNoSecretToHandOver() {
        JsonNode answer = staff.register(
                        whole().put("authentication", "private-key-jwt").put("jwksUrl", "https://acme.example/keys"))
                .ok();

        assertThat(answer.get("secret").isNull()).isTrue();
        assertThat(admin.client(NAME, clientId).get("clientAuthenticatorType").asText())
                .isEqualTo("client-jwt");
        assertThat(findings()).isEmpty();
    }

    @Test
    void repeatedItIsAnsweredAsTheFirstTimeButForTheSecretAndIsOneAdminEventWithoutIt() {
        ObjectNode first = (ObjectNode) staff.register(whole()).ok();
        String secret = first.get("secret").asText();

        ObjectNode again = (ObjectNode) staff.register(whole()).ok();

        assertThat(again.get("secret").isNull()).isTrue();
        assertThat(again).isEqualTo(first.putNull("secret"));
        assertThat(admin.secret(NAME, clientId)).isEqualTo(secret);
        assertThat(admin.adminEvents(NAME, "clients/" + first.get("id").asText()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.get("operationType").asText()).isEqualTo("CREATE");
                    assertThat(event.get("resourceType").asText()).isEqualTo("CLIENT");
                    assertThat(event.at("/authDetails/userId").asText()).isEqualTo(staff.id());
                    assertThat(event.toString()).doesNotContain(secret);
                });
    }

    @Test
    void manyAtOnceRegisterItOnceAndOneIsToldTheSecret() throws Exception {
        Callable<Answer> register = () -> staff.register(whole());

        List<Answer> answers = AtOnce.all(List.of(register, register, register, register));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers.stream().map(answer -> answer.json().get("id")).distinct())
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> !answer.json().get("secret").isNull()))
                .hasSize(1);
    }

    @Test
    void anotherClientOfThisIdIsLeftAsItIs() {
        staff.register(whole()).ok();
        ObjectNode before = admin.client(NAME, clientId);

        for (ObjectNode other : List.of(
                whole().put("name", "Another"),
                NewTpp.polling(clientId, BALANCES),
                NewTpp.polling(BankApp.CLIENT_ID, BALANCES),
                NewTpp.polling("realm-management", BALANCES))) {
            Answer answer = staff.register(other);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
            assertThat(answer.problem()).isEqualTo("client-exists");
        }
        assertThat(admin.client(NAME, clientId)).isEqualTo(before);

        admin.updateClient(NAME, clientId, client -> client.put("fullScopeAllowed", true));
        assertThat(staff.register(whole()).status()).isEqualTo(409);
        admin.removeClient(NAME, clientId);
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("name-not-shown", "name", tpp -> tpp.put("name", "Example Bank")),
                flaw("no-way-to-ask", "ciba", tpp -> tpp.remove(List.of("ciba", "redirectUris"))),
                flaw("ping-without-endpoint", "notificationEndpoint", tpp -> tpp.put("ciba", "ping")),
                flaw("endpoint-not-https", "notificationEndpoint", tpp -> tpp.put("ciba", "ping")
                        .put("notificationEndpoint", "http://localhost/x")),
                flaw("redirect-with-wildcard", "redirectUris", tpp -> tpp.putArray("redirectUris")
                        .add("https://acme.example/*")),
                flaw("redirect-not-safe", "redirectUris", tpp -> tpp.putArray("redirectUris")
                        .add("http://acme.example/back")),
                flaw("no-permission", "permissions", tpp -> tpp.remove("permissions")),
                flaw("unknown-permission", "permissions", tpp -> tpp.putArray("permissions")
                        .add("profile")),
                flaw("unknown-permission", "permissions", tpp -> tpp.putArray("permissions")
                        .add("consent-app")),
                flaw("key-without-address", "jwksUrl", tpp -> tpp.put("authentication", "private-key-jwt")));
    }

    private static Arguments flaw(String flaw, String field, Consumer<ObjectNode> spoil) {
        return Arguments.of(flaw, field, spoil);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flaws")
    void whatIsWrongIsNamedWithItsField(String flaw, String field, Consumer<ObjectNode> spoil) {
        ObjectNode tpp = NewTpp.polling(clientId, BALANCES);
        spoil.accept(tpp);

        Answer answer = staff.register(tpp);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.problem()).isEqualTo("invalid-registration");
        assertThat(answer.json().get("flaw").asText()).isEqualTo(flaw);
        assertThat(answer.json().get("field").asText()).isEqualTo(field);
        assertThat(staff.tpp(clientId).status()).isEqualTo(404);
    }

    @Test
    void whatIsNoFormAtAllIsMalformed() {
        for (Consumer<ObjectNode> spoil : List.<Consumer<ObjectNode>>of(
                tpp -> tpp.remove("clientId"),
                tpp -> tpp.put("clientId", "with space"),
                tpp -> tpp.put("clientId", "x".repeat(256)),
                tpp -> tpp.put("name", "x".repeat(101)),
                tpp -> tpp.put("name", 7),
                tpp -> tpp.put("ciba", "push"),
                tpp -> tpp.put("authentication", "none"),
                tpp -> tpp.put("fullScopeAllowed", true),
                tpp -> tpp.put("offlineAccess", "yes"),
                tpp -> tpp.putArray("permissions").add(BALANCES).add(BALANCES),
                tpp -> tpp.putArray("redirectUris").add("https://acme.example/" + "x".repeat(255)))) {
            ObjectNode tpp = NewTpp.polling(clientId, BALANCES);
            spoil.accept(tpp);

            Answer answer = staff.register(tpp);

            assertThat(answer.status()).as(tpp.toString()).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
        }
    }

    @Test
    void theRealmsClientPoliciesHold() {
        admin.demandOfEveryClient(NAME, "fapi-1-advanced");
        try {
            Answer answer = staff.register(NewTpp.polling(clientId, BALANCES));

            assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
            assertThat(answer.json().get("flaw").asText()).isEqualTo("refused-by-policy");
            assertThat(answer.json().has("field")).isFalse();
        } finally {
            admin.demandOfEveryClient(NAME, "consents");
        }
    }

    @Test
    void whoMayNotManageAllClientsMayNotRegisterOne() {
        for (Staff other : List.of(
                Staff.of(realm, "view-clients", "manage-users", "manage-realm"),
                Staff.of(realm, "create-client"),
                Staff.of(realm))) {
            assertRefused(other.register(whole()));
        }
        Staff reader = Staff.of(realm, "view-clients");
        assertThat(reader.tpps("").ok().get("mayRegister").asBoolean()).isFalse();
        assertThat(staff.tpps("").ok().get("mayRegister").asBoolean()).isTrue();
        assertThat(staff.tpps("?search=" + clientId).ok().get("clients")).isEmpty();
        reader.permissions().ok();
        assertRefused(Staff.of(realm).permissions());
    }

    @Test
    void whatItCanBeGivenIsListedInTheLanguageThatWasAskedFor() {
        JsonNode permissions = staff.permissions().ok().get("permissions");

        assertThat(permissions.findValuesAsText("name"))
                .contains(BALANCES, TRANSACTIONS)
                .doesNotContain("consent-app", "profile", "roles", "basic");
        assertThat(permissions.findValuesAsText("title")).contains("See your balances");
        assertThat(Http.send(Http.request(realm.server().uri("/admin/realms/" + NAME + "/consents/permissions"))
                                .header("Authorization", "Bearer " + staff.accessToken())
                                .header("Accept-Language", "de"))
                        .ok()
                        .get("permissions")
                        .findValuesAsText("title"))
                .doesNotContain("See your balances")
                .hasSameSizeAs(permissions);
    }

    private static List<String> texts(JsonNode list) {
        return List.of(Http.JSON.convertValue(list, String[].class));
    }
}
