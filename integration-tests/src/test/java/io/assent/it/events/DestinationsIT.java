package io.assent.it.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Ports;
import io.assent.testing.actor.Staff;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where events go is set by who may manage the realm, and by nobody else. */
class DestinationsIT {

    private static final URI NOWHERE = EventReceiver.uri(Ports.free());

    private static EventBank bank;
    private static EventBank other;

    @BeforeAll
    static void createRealms() {
        bank = EventBank.on(Servers.shared(Database.H2));
        other = EventBank.on(Servers.shared(Database.H2));
    }

    private final String name = "d-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aDestinationIsSetReadChangedAndRemoved() {
        ObjectNode body = EventBank.webhook(NOWHERE);

        JsonNode set = bank.put(name, body).ok();

        assertThat(set.get("name").asText()).isEqualTo(name);
        assertThat(set.at("/settings/url").asText()).isEqualTo(NOWHERE.toString());
        assertThat(set.get("secrets")).hasSize(1);
        assertThat(bank.put(name, body).ok()).as("a repeat").isEqualTo(set);
        JsonNode listed = list(bank.staff()).ok();
        assertThat(listed.get("destinations")).contains(set);
        assertThat(listed.at("/types").findValuesAsText("type")).contains("webhook");
        body.put("enabled", false).put("source", "https://bank.example/");
        JsonNode changed = bank.put(name, body).ok();
        assertThat(changed.get("enabled").asBoolean()).isFalse();
        assertThat(changed.get("source").asText()).isEqualTo("https://bank.example/");
        assertThat(bank.remove(name).status()).isEqualTo(204);
        assertThat(bank.remove(name).status()).as("a repeat").isEqualTo(204);
        assertThat(bank.test(name).problem()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"type\": \"webhook\"}",
                "{\"type\": \"pigeon\", \"settings\": {}}",
                "{\"type\": 1, \"settings\": {}}",
                "{\"type\": \"webhook\", \"settings\": []}",
                "{\"type\": \"webhook\", \"settings\": {}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": \"https://bank.example/\"}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": 7, \"secret\": \"SECRET\"}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": \"\", \"secret\": \"SECRET\"}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": \"ftp://bank.example/\", \"secret\": \"SECRET\"}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": \"https://u:p@bank.example/\", \"secret\": \"SECRET\"}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": \"https:///\", \"secret\": \"SECRET\"}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": \"https://bank.example/\", \"secret\": \"whsec_AAAA\"}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": \"https://bank.example/\", \"secret\": \"plain\"}}",
                "{\"type\": \"webhook\", \"settings\": {\"url\": \"https://bank.example/\", \"secret\": \"SECRET\", \"more\": \"x\"}}",
                "{\"type\": \"webhook\", \"more\": 1, \"settings\": {\"url\": \"https://bank.example/\", \"secret\": \"SECRET\"}}",
                "{\"type\": \"webhook\", \"enabled\": \"yes\", \"settings\": {\"url\": \"https://bank.example/\", \"secret\": \"SECRET\"}}",
                "{\"type\": \"webhook\", \"source\": \"bank\", \"settings\": {\"url\": \"https://bank.example/\", \"secret\": \"SECRET\"}}"
            })
    void badInputIsRefusedAndChangesNothing(String body) {
        Answer answer = bank.staff()
                .call(
                        "PUT",
                        "/consents/destinations/{name}",
                        "/destinations/" + name,
                        body.replace("SECRET", EventBank.SECRET));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("malformed-request");
        assertThat(answer.body()).doesNotContain("MfKQ9r8");
        assertThat(bank.remove(name).status()).isEqualTo(204);
        assertThat(list(bank.staff()).ok().at("/destinations").findValuesAsText("name"))
                .doesNotContain(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "-a", "a_b", "a%20b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void aNameIsShortAndPlain(String wrong) {
        assertThat(bank.put(wrong, EventBank.webhook(NOWHERE)).problem()).isEqualTo("malformed-request");
    }

    @Test
    void aRealmHasTenAtTheMost() {
        EventBank full = EventBank.on(Servers.shared(Database.H2));
        for (int count = 0; count < 10; count++) {
            full.put("d" + count, EventBank.webhook(NOWHERE)).ok();
        }

        assertThat(full.put("one-more", EventBank.webhook(NOWHERE)).problem()).isEqualTo("too-many-destinations");
        full.put("d3", EventBank.webhook(NOWHERE)).ok();
    }

    /** What Keycloak's own API is sent, which knows nothing of destinations. */
    private static ObjectNode component(String name) {
        ObjectNode component = Http.object()
                .put("name", name)
                .put("providerId", "webhook")
                .put("providerType", "io.assent.destination.EventDestination");
        ObjectNode config = component.putObject("config");
        config.putArray("url").add(NOWHERE.toString());
        config.putArray("secret").add(EventBank.SECRET);
        config.putArray("enabled").add("true");
        return component;
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "-a", "a b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""})
    void keycloaksOwnApiTakesNoOtherNames(String wrong) {
        assertThat(bank.realm()
                        .admin()
                        .addComponent(bank.realm().name(), component(wrong))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"source,bank", "goneAt,yesterday", "enabled,perhaps", "customerId,perhaps"})
    void keycloaksOwnApiTakesNoSettingThatIsWrong(String setting, String value) {
        ObjectNode component = component(name);
        component.withObjectProperty("config").putArray(setting).add(value);

        Answer answer = bank.realm().admin().addComponent(bank.realm().name(), component);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.body()).contains(setting).doesNotContain(value);
    }

    @Test
    void keycloaksOwnApiTakesEachNameOnceAndTenAtTheMost() {
        EventBank full = EventBank.on(Servers.shared(Database.H2));
        String realm = full.realm().name();
        full.put("d0", EventBank.webhook(NOWHERE)).ok();

        assertThat(full.realm().admin().addComponent(realm, component("d0")).status())
                .isEqualTo(400);
        for (int count = 1; count < 10; count++) {
            assertThat(full.realm()
                            .admin()
                            .addComponent(realm, component("d" + count))
                            .status())
                    .isEqualTo(201);
        }
        Answer tooMany = full.realm().admin().addComponent(realm, component("one-more"));
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.body()).contains("at most 10");
        full.put("d3", EventBank.webhook(NOWHERE)).ok();
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:1/,https", "http://10.0.0.1/,https", "https://10.0.0.1/,allowed-hosts"})
    void aHostInsideIsForTheOperatorToAllow(String url, String reason) {
        ObjectNode body = EventBank.webhook(URI.create(url));
        bank.put(name, body).ok();

        JsonNode result = bank.test(name).ok();

        assertThat(result.get("result").asText()).isEqualTo("later");
        assertThat(result.get("reason").asText()).contains(reason);
        bank.remove(name).ok();
    }

    @Test
    void whoMayViewTheRealmReadsAndChangesNothing() {
        bank.put(name, EventBank.webhook(NOWHERE)).ok();
        Staff viewer = Staff.of(bank.realm(), "view-realm");

        assertThat(list(viewer).status()).isEqualTo(200);
        assertThat(viewer.call("GET", "/consents/events/dead", "/events/dead", null)
                        .status())
                .isEqualTo(200);
        for (Answer answer : changes(viewer)) {
            assertThat(answer.problem()).as(answer.toString()).isEqualTo("missing-rights");
        }
        assertThat(list(bank.staff()).ok().at("/destinations").findValuesAsText("name"))
                .contains(name);
        bank.remove(name).ok();
    }

    @Test
    void nobodyElseSeesAnything() {
        for (Staff nobody : List.of(
                Staff.of(bank.realm(), "manage-users", "manage-clients"), Staff.of(bank.realm()), other.staff())) {
            Staff caller = new Staff(bank.realm(), nobody.id(), nobody.accessToken());
            assertThat(caller.send("GET", "/destinations", null).status()).isIn(401, 403);
            assertThat(caller.send("GET", "/destinations/" + name, null).status())
                    .isIn(401, 403);
            assertThat(caller.send("GET", "/events/dead", null).status()).isIn(401, 403);
            assertThat(caller.send(
                                    "PUT",
                                    "/destinations/" + name,
                                    EventBank.webhook(NOWHERE).toString())
                            .status())
                    .isIn(401, 403);
        }
    }

    @Test
    void anotherRealmsEventIsLikeOneThatIsNotThere() {
        assertThat(bank.resend(UUID.randomUUID().toString()).problem()).isEqualTo("not-found");
        assertThat(bank.resend("no-uuid").problem()).isEqualTo("not-found");
    }

    private List<Answer> changes(Staff staff) {
        String body = EventBank.webhook(NOWHERE).toString();
        return List.of(
                staff.call("PUT", "/consents/destinations/{name}", "/destinations/" + name, body),
                staff.call("DELETE", "/consents/destinations/{name}", "/destinations/" + name, null),
                staff.call("POST", "/consents/destinations/{name}/test", "/destinations/" + name + "/test", null),
                staff.call("POST", "/consents/events/{id}/resend", "/events/" + UUID.randomUUID() + "/resend", null));
    }

    private static Answer list(Staff staff) {
        return staff.call("GET", "/consents/destinations", "/destinations", null);
    }
}
