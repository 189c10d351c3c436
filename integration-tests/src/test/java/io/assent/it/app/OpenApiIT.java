package io.assent.it.app;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.OpenApi;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The description that the server publishes is true: what it allows is accepted, and what it does not is refused. What
 * the server answers is checked wherever {@link BankApp} is used.
 */
class OpenApiIT {

    private static final ObjectWriter ASCII = Http.JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    /** Nobody else's: one that another has would have to be proved. */
    private static final String TOKEN = "t-" + UUID.randomUUID();

    private static final String DEVICE = "/devices/{deviceId}";
    private static final String DECISION = "/requests/{id}/decision";

    /** What is likely to be treated in a way of its own somewhere between the socket and the database. */
    private static final List<String> CHARACTERS = List.of(
            "a",
            "A",
            "0",
            "-",
            "_",
            ".",
            " ",
            "/",
            "\\",
            "\"",
            "'",
            "<",
            "%",
            "\n",
            "\t",
            "\u0000",
            "\u001f",
            "\u007f",
            "\u0085",
            "\u00e9",
            "\u20ac",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "\u202e",
            "\ufeff",
            "\uffff");

    private final Realm bank = Servers.bank();
    private final BankApp app = bank.newCustomer().app();
    private final OpenApi description = bank.openApi();

    @Test
    void theDescriptionIsServedToEverybody() {
        Answer answer = Http.send(Http.request(bank.uri("/consent/v1/openapi.json")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType().orElse("")).startsWith("application/json");
        assertThat(answer.text("openapi")).startsWith("3.1.");
    }

    @Test
    void everyReferenceInTheDescriptionLeadsSomewhere() {
        List<String> references = description.document().findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        description.document().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
    }

    @Test
    void everyLimitOfEveryBodyIsOneThatTheDescriptionNames() {
        for (String property : List.of("platform", "pushToken", "label", "locale")) {
            assertThat(deviceProperty(property).has("maxLength")).as(property).isTrue();
        }
        assertThat(grantedScopes().has("maxItems")).isTrue();
        assertThat(grantedScopes().path("items").has("maxLength")).isTrue();
    }

    @Test
    void theExamplesHaveTheShapeOfWhatTheServerSends() {
        Customer customer = bank.newCustomer();
        BankApp theirApp = customer.app();
        Tpp acme = bank.tpp(ACME);
        theirApp.register(UUID.randomUUID(), "log", "en");
        assertShape("Devices", theirApp.devices());
        assertShape("KeyChallenge", theirApp.keyChallenge(UUID.randomUUID().toString()));
        assertShape(
                "Device",
                theirApp.register(
                        UUID.randomUUID().toString(),
                        example("DeviceRegistration").put("platform", "log").toString()));
        acme.ask(customer, BALANCES, TRANSACTIONS);
        assertShape("Requests", theirApp.requests(""));
        String denied = theirApp.onlyPendingId();
        assertShape("PendingRequest", theirApp.request(denied));
        assertShape("DeniedRequest", theirApp.decide(denied, example("Deny").toString()));
        Asked asked = acme.ask(customer, BALANCES, TRANSACTIONS);
        String id = theirApp.onlyPendingId();
        assertShape(
                "ApprovedRequest", theirApp.decide(id, example("ApproveAPart").toString()));
        Tokens.of(acme.poll(asked));
        String consent = theirApp.onlyConsent().get("id").asText();
        assertShape("Consents", theirApp.consents(""));
        assertShape("ConsentWithHistory", theirApp.consent(consent));
        assertShape("Consent", theirApp.narrow(consent, BALANCES));
    }

    private ObjectNode example(String name) {
        return (ObjectNode) description
                .document()
                .at("/components/examples/" + name + "/value")
                .deepCopy();
    }

    private void assertShape(String example, Answer answer) {
        assertThat(shape("", answer.ok()))
                .as("as the example %s: %s", example, answer)
                .isEqualTo(shape("", example(example)));
    }

    /** The names of the fields with where they are; of an array by its first element. */
    private static Set<String> shape(String at, JsonNode node) {
        Set<String> shape = new TreeSet<>();
        node.properties().forEach(field -> {
            String name = at + "/" + field.getKey();
            shape.add(name);
            shape.addAll(shape(name, field.getValue()));
        });
        return node.isArray() && !node.isEmpty() ? shape(at + "[]", node.get(0)) : shape;
    }

    @TestFactory
    Stream<DynamicTest> aDeviceRegistrationIsTakenExactlyWhenTheDescriptionAllowsIt() {
        Map<String, String> bodies = new LinkedHashMap<>();
        for (String property : List.of("platform", "pushToken", "label", "locale")) {
            JsonNode schema = deviceProperty(property);
            int maximum = schema.get("maxLength").asInt();
            bodies.put(property + " absent", without(property));
            bodies.put(property + " at its longest", with(property, "a".repeat(maximum)));
            bodies.put(property + " one longer", with(property, "a".repeat(maximum + 1)));
            bodies.put(property + " empty", with(property, ""));
            bodies.put(property + " of emoji at its longest", with(property, "\ud83d\ude00".repeat(maximum)));
            bodies.put(property + " of emoji one longer", with(property, "\ud83d\ude00".repeat(maximum + 1)));
            for (JsonNode value : otherTypes()) {
                bodies.put(property + " is " + value, json(registration().set(property, value)));
            }
            for (String character : CHARACTERS) {
                bodies.put(property + " is " + name(character), with(property, character));
                bodies.put(property + " has " + name(character), with(property, "a" + character + "a"));
            }
        }
        bodies.put("another property", json(registration().put("colour", "red")));
        bodies.put(
                "the id in the body",
                json(registration().put("deviceId", UUID.randomUUID().toString())));
        bodies.put("the smallest", json(Http.object().put("platform", "log").put("pushToken", TOKEN)));
        assertBothAllowedAndNot(DEVICE, bodies);
        return bodies.entrySet().stream()
                .map(body -> dynamicTest(body.getKey(), () -> {
                    String deviceId = UUID.randomUUID().toString();
                    Answer answer = app.register(deviceId, body.getValue());
                    assertAgrees(DEVICE, body.getValue(), answer);
                    if (answer.status() / 100 != 2) {
                        assertThat(app.devices().list().findValuesAsText("deviceId"))
                                .doesNotContain(deviceId);
                    } else {
                        app.removeDevice(deviceId);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aDecisionIsTakenExactlyWhenTheDescriptionAllowsIt() {
        Customer customer = bank.newCustomer();
        BankApp theirApp = customer.app();
        bank.tpp(ACME).ask(customer, BALANCES);
        String id = theirApp.onlyPendingId();
        int mostItems = grantedScopes().get("maxItems").asInt();
        int longest = grantedScopes().get("items").get("maxLength").asInt();

        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("as many scopes as may be", granting(names(mostItems)));
        bodies.put("one scope more", granting(names(mostItems + 1)));
        bodies.put("a scope at its longest", granting(List.of("a".repeat(longest))));
        bodies.put("a scope one longer", granting(List.of("a".repeat(longest + 1))));
        bodies.put("a scope twice", granting(List.of("no.such", "no.such")));
        bodies.put("an empty scope", granting(List.of("")));
        for (String character : CHARACTERS) {
            bodies.put("a scope has " + name(character), granting(List.of("a" + character + "a")));
        }
        for (JsonNode value : otherTypes()) {
            bodies.put("decision is " + value, json(Http.object().set("decision", value)));
            bodies.put("a scope is " + value, "{\"decision\":\"approve\",\"grantedScopes\":[" + value + "]}");
            if (!value.isArray()) {
                bodies.put("grantedScopes is " + value, "{\"decision\":\"approve\",\"grantedScopes\":" + value + "}");
            }
        }
        for (String word : List.of("", "Approve", "APPROVE", "approve ", "allow", "pending", "expired", "redeem")) {
            bodies.put("decision is '" + word + "'", json(Http.object().put("decision", word)));
        }
        bodies.put("no decision", "{}");
        bodies.put("no decision, but scopes", "{\"grantedScopes\":[\"accounts.balances\"]}");
        bodies.put("a denial that grants", "{\"decision\":\"deny\",\"grantedScopes\":[\"accounts.balances\"]}");
        bodies.put("another property", "{\"decision\":\"deny\",\"reason\":\"no\"}");
        bodies.put("a device", "{\"decision\":\"deny\",\"deviceId\":\"" + UUID.randomUUID() + "\"}");
        assertBothAllowedAndNot(DECISION, bodies);
        return bodies.entrySet().stream()
                .map(body -> dynamicTest(body.getKey(), () -> {
                    assertAgrees(DECISION, body.getValue(), theirApp.decide(id, body.getValue()));
                    assertThat(theirApp.request(id).text("status")).isEqualTo("pending");
                }));
    }

    @TestFactory
    Stream<DynamicTest> aQueryIsTakenExactlyWhenTheDescriptionAllowsIt() {
        List<DynamicTest> tests = new ArrayList<>();
        JsonNode max = parameter("max");
        long minimum = max.get("minimum").asLong();
        long maximum = max.get("maximum").asLong();
        tests.add(query("max", String.valueOf(minimum), true));
        tests.add(query("max", String.valueOf(minimum - 1), false));
        tests.add(query("max", String.valueOf(maximum), true));
        tests.add(query("max", String.valueOf(maximum + 1), false));
        for (String nonsense : List.of("", "x", "1.5", "1e1", "0x1", "%20", "99999999999999999999", "--1")) {
            tests.add(query("max", nonsense, false));
        }
        String place = cursor(System.currentTimeMillis() + "." + UUID.randomUUID());
        tests.add(query("after", place, true));
        tests.add(query(
                "after",
                description
                        .parameter("get", "/requests", "after")
                        .get("example")
                        .asText(),
                true));
        int longest = parameter("after").get("maxLength").asInt();
        for (String nonsense : List.of(
                "",
                "x",
                "0",
                "-1",
                "%20",
                place + "=",
                place.substring(1),
                "a".repeat(longest),
                "a".repeat(longest + 1),
                cursor("-1." + UUID.randomUUID()),
                cursor("9".repeat(19) + "." + UUID.randomUUID()),
                cursor("1." + "x".repeat(36)))) {
            tests.add(query("after", nonsense, false));
        }
        for (JsonNode status : parameter("status").get("enum")) {
            tests.add(query("status", status.asText(), true));
        }
        for (String nonsense : List.of("", "PENDING", "redeemed", "pending,denied", "x", "%27")) {
            tests.add(query("status", nonsense, false));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> aDeviceIdIsTakenExactlyWhenTheDescriptionAllowsIt() {
        String pattern = description
                .parameter("put", DEVICE, "deviceId")
                .at("/schema/pattern")
                .asText();
        String uuid = UUID.randomUUID().toString();
        return Stream.of(
                        uuid,
                        uuid.toUpperCase(Locale.ROOT),
                        "1-1-1-1-1",
                        uuid.replace("-", ""),
                        uuid + "0",
                        uuid.substring(1),
                        "{" + uuid + "}",
                        "x",
                        "0",
                        "null",
                        uuid.replace('-', '_'),
                        "00000000-0000-0000-0000-000000000000",
                        "g" + uuid.substring(1))
                .map(id -> dynamicTest(id, () -> {
                    boolean allowed = id.matches(pattern);
                    String path = id.replace("{", "%7B").replace("}", "%7D");
                    Answer registered = app.register(path, json(registration()));
                    Answer removed = app.removeDevice(path);
                    assertThat(registered.status()).as(registered.toString()).isEqualTo(allowed ? 201 : 400);
                    assertThat(removed.status()).as(removed.toString()).isEqualTo(allowed ? 204 : 400);
                    if (!allowed) {
                        assertThat(registered.problem()).isEqualTo("malformed-request");
                        assertThat(removed.problem()).isEqualTo("malformed-request");
                    }
                }));
    }

    private DynamicTest query(String name, String value, boolean allowed) {
        return dynamicTest(name + "=" + value, () -> {
            Answer answer = app.requests("?" + name + "=" + value);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(allowed ? 200 : 400);
            if (!allowed) {
                assertThat(answer.problem()).isEqualTo("malformed-request");
            }
        });
    }

    private static String cursor(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }

    private void assertAgrees(String operation, String body, Answer answer) {
        if (description.allows("put", operation, body)) {
            assertThat(answer.status()).as("allowed: %s; %s", body, answer).isIn(200, 201, 422);
        } else {
            assertThat(answer.status()).as("not allowed: %s; %s", body, answer).isEqualTo(400);
            assertThat(answer.problem()).isEqualTo("malformed-request");
        }
    }

    private void assertBothAllowedAndNot(String operation, Map<String, String> bodies) {
        assertThat(bodies.values())
                .anyMatch(body -> description.allows("put", operation, body))
                .anyMatch(body -> !description.allows("put", operation, body));
    }

    private JsonNode deviceProperty(String name) {
        return description.requestSchema("put", DEVICE).path("properties").path(name);
    }

    private JsonNode grantedScopes() {
        return description.requestSchema("put", DECISION).findValue("grantedScopes");
    }

    private JsonNode parameter(String name) {
        return description.resolve(
                description.parameter("get", "/requests", name).get("schema"));
    }

    private static ObjectNode registration() {
        return Http.object()
                .put("platform", "log")
                .put("pushToken", TOKEN)
                .put("label", "Pixel")
                .put("locale", "en");
    }

    private static String with(String property, String value) {
        return json(registration().put(property, value));
    }

    private static String without(String property) {
        ObjectNode registration = registration();
        registration.remove(property);
        return json(registration);
    }

    private static String granting(List<String> scopes) {
        ObjectNode decision = Http.object().put("decision", "approve");
        ArrayNode granted = decision.putArray("grantedScopes");
        scopes.forEach(granted::add);
        return json(decision);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(number -> "no.such." + number).toList();
    }

    private static List<JsonNode> otherTypes() {
        try {
            List<JsonNode> values = new ArrayList<>();
            for (String value : List.of("null", "1", "1.5", "true", "[]", "{}", "[\"log\"]", "{\"a\":1}")) {
                values.add(Http.JSON.readTree(value));
            }
            return values;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(JsonNode node) {
        try {
            return ASCII.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(String character) {
        return String.format("U+%04X", character.codePointAt(0));
    }
}
