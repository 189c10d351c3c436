package io.assent.it.identity;

import static io.assent.it.identity.IdentityRealm.CONTACT;
import static io.assent.it.identity.IdentityRealm.PERSON;
import static io.assent.it.identity.IdentityRealm.VERIFIED;
import static io.assent.testing.actor.DevRealm.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Customer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the modules of the certification suite's plan {@code ekyc-test-plan-oidccore} (OpenID for IDA using OpenID
 * Connect Core) send and want, one test for each, by its name: read in the suite's source, and replayed here with
 * Nimbus' SDK and a browser. The suite itself was not run: it is neither in a registry nor buildable here. What it
 * checks of each flow by its general modules (ID token, discovery, userinfo), the SDK checks.
 *
 * <p>Of the plan's twelve modules each applies. Of its variants these do: verified claims in ID token and userinfo
 * ({@code id_token_userinfo}), of which the other two are a part, since a client chooses by where it asks; and the
 * plain profile, not {@code select_id}, which is of another scheme and adds a parameter of its own. Of the schemas by
 * which the suite checks requests and answers, these tests check what the server can get wrong: members that were not
 * asked for, missing ones, and their types.
 */
@Tag("long")
class EkycPlanIT {

    private static final String KNOWN = """
            {"verification":{"trust_framework":"de_aml","time":"2024-03-01T10:00:00Z",
                             "evidence":[{"type":"document","check_details":[{"check_method":"vpip"}],
                                          "document_details":{"type":"idcard","document_number":"T22000129"}}]},
             "claims":{"birthdate":"1980-05-12","nationality":"DE","age_over_18":true,"birth_name":"Secret"}}""";

    /** What the plan asks for beside verified claims, at both places. */
    private static final String NOT_VERIFIED = "\"given_name\":{\"essential\":false},\"email\":{\"essential\":false}";

    private static IdentityRealm identity;
    private static EkycClient client;

    private final Customer customer = identity.newCustomer();

    EkycPlanIT() {
        identity.verify(customer, KNOWN);
    }

    @BeforeAll
    static void makeTheRealm() {
        identity = new IdentityRealm(Database.H2);
        client = new EkycClient(identity.realm().tpp(ACME));
    }

    @AfterAll
    static void removeTheRealm() {
        identity.remove();
    }

    @Test
    @DisplayName("ekyc-server-happypath")
    void happyPath() {
        assertDiscovery();

        assertBothTellEach(ask(wish("null")));
    }

    @Test
    @DisplayName("ekyc-server-happypath-emptyobject")
    void happyPathEmptyObject() {
        assertBothTellEach(ask(wish("{}")));
    }

    @Test
    @DisplayName("ekyc-server-happypath-essentialfalse")
    void happyPathEssentialFalse() {
        assertBothTellEach(ask(wish("{\"essential\":false}")));
    }

    @Test
    @DisplayName("ekyc-server-unknown-claim-omitted")
    void unknownClaimOmitted() {
        assertOnlyTheKnownIsTold("\"" + UUID.randomUUID() + "\":null");
    }

    @Test
    @DisplayName("ekyc-server-unknown-essential-claim-omitted")
    void unknownEssentialClaimOmitted() {
        assertOnlyTheKnownIsTold("\"" + UUID.randomUUID() + "\":{\"essential\":true}");
    }

    @Test
    @DisplayName("ekyc-server-unknown-claim-specialchars-omitted")
    void unknownClaimSpecialCharsOmitted() {
        assertOnlyTheKnownIsTold("\"claim%1/a&,.b\":null");
    }

    private void assertOnlyTheKnownIsTold(String unknown) {
        String wish = anyFramework("\"birthdate\":null," + unknown);

        Told told = ask(wish);

        for (JsonNode verified : List.of(told.inIdToken(), told.atUserinfo())) {
            assertSound(verified, wish);
            assertThat(verified.get("claims")).isEqualTo(Http.parse("{\"birthdate\":\"1980-05-12\"}"));
        }
    }

    @Test
    @DisplayName("ekyc-server-one-claim-with-random-value-omitted")
    void oneClaimWithRandomValueOmitted() {
        String wish = anyFramework("\"birthdate\":{\"value\":\"" + UUID.randomUUID() + "\"}");

        Told told = ask(wish);

        assertThat(told.inIdToken().path("claims")).isEmpty();
        assertThat(told.atUserinfo())
                .as("the plan looks for the element, without the claim")
                .isNotNull();
        assertSound(told.atUserinfo(), wish);
        assertThat(told.atUserinfo().get("claims")).isEmpty();
    }

    @Test
    @DisplayName("ekyc-server-request-only-in-idtoken")
    void requestOnlyInIdToken() {
        String wish = anyFramework("\"birthdate\":null");

        Told told = client.login(customer, "{\"id_token\":{\"verified_claims\":%s}}".formatted(wish), VERIFIED);

        assertSound(told.inIdToken(), wish);
        assertThat(told.inIdToken().at("/claims/birthdate").asText()).isEqualTo("1980-05-12");
        assertThat(told.userinfo().has("verified_claims")).isFalse();
    }

    @Test
    @DisplayName("ekyc-server-request-only-in-userinfo")
    void requestOnlyInUserinfo() {
        String wish = anyFramework("\"birthdate\":null");

        Told told = client.login(customer, "{\"userinfo\":{\"verified_claims\":%s}}".formatted(wish), VERIFIED);

        assertThat(told.idToken().has("verified_claims")).isFalse();
        assertSound(told.atUserinfo(), wish);
        assertThat(told.atUserinfo().at("/claims/birthdate").asText()).isEqualTo("1980-05-12");
    }

    /** Requests that whoever runs the plan writes down: one of each kind that the documents show. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"verification\":{\"trust_framework\":{\"value\":\"de_aml\"},\"time\":null},"
                        + "\"claims\":{\"age_over_18\":null,\"nationality\":null}}",
                "{\"verification\":{\"trust_framework\":{\"values\":[\"eidas\",\"de_aml\"]},"
                        + "\"time\":{\"max_age\":31536000000}},\"claims\":{\"birthdate\":{\"essential\":true}}}",
                "{\"verification\":{\"trust_framework\":null,\"evidence\":[{\"type\":{\"value\":\"document\"},"
                        + "\"check_details\":[{\"check_method\":{\"value\":\"vpip\"}}],"
                        + "\"document_details\":{\"type\":{\"values\":[\"idcard\",\"passport\"]}}}]},"
                        + "\"claims\":{\"nationality\":{\"value\":\"DE\"}}}",
                "[{\"verification\":{\"trust_framework\":{\"value\":\"de_aml\"}},\"claims\":{\"birthdate\":null}},"
                        + "{\"verification\":{\"trust_framework\":{\"value\":\"eidas\"}},\"claims\":{\"birthdate\":null}}]"
            })
    @DisplayName("ekyc-server-testuserprovidedrequest")
    void userProvidedRequest(String wish) {
        Told told = ask(wish);

        for (JsonNode verified : List.of(told.inIdToken(), told.atUserinfo())) {
            assertSound(verified, wish);
            assertThat(elements(verified)).allSatisfy(one -> assertThat(names(one.get("claims")))
                    .as("what was asked for is known")
                    .isEqualTo(asked(wish)));
        }
    }

    /** The request is made of an answer: of each text its value, but of times, numbers and dates {@code null}. */
    @Test
    @DisplayName("ekyc-server-testbasedonuserinfo-defaults")
    void basedOnUserinfoDefaults() {
        String wish = """
                {"verification":{"trust_framework":{"value":"de_aml"},"time":null,
                   "evidence":[{"type":{"value":"document"},"check_details":[{"check_method":{"value":"vpip"}}],
                                "document_details":{"type":{"value":"idcard"},"document_number":null}}]},
                 "claims":{"birthdate":null,"nationality":null,"age_over_18":null}}""";

        Told told = client.login(customer, "{\"userinfo\":{\"verified_claims\":%s}}".formatted(wish), VERIFIED);

        assertSound(told.atUserinfo(), wish);
        ObjectNode expected = Http.parse(KNOWN);
        ((ObjectNode) expected.get("claims")).remove("birth_name");
        assertThat(told.atUserinfo()).as("all of it, as it is known").isEqualTo(expected);
    }

    /** The answer that the request is made of has what discovery does not list. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"verification\":{\"trust_framework\":{\"value\":\"de_aml\"}},"
                        + "\"claims\":{\"birthdate\":null,\"birth_name\":null}}",
                "{\"verification\":{\"trust_framework\":{\"value\":\"uk_tf\"}},\"claims\":{\"birthdate\":null}}",
                "{\"verification\":{\"trust_framework\":{\"value\":\"de_aml\"},"
                        + "\"evidence\":[{\"type\":{\"value\":\"vouch\"}}]},\"claims\":{\"birthdate\":null}}"
            })
    @DisplayName("ekyc-server-test-userinfo-notfoundinop")
    void userinfoNotFoundInOp(String wish) {
        Told told = client.login(customer, "{\"userinfo\":{\"verified_claims\":%s}}".formatted(wish), VERIFIED);

        if (told.atUserinfo() != null) {
            assertSound(told.atUserinfo(), wish);
        }
        assertThat(told.userinfo().toString()).doesNotContain("Secret", "vouch", "uk_tf");
    }

    private Told ask(String wish) {
        return client.login(
                customer,
                "{\"id_token\":{%s,\"verified_claims\":%s},\"userinfo\":{%s,\"verified_claims\":%s}}"
                        .formatted(NOT_VERIFIED, wish, NOT_VERIFIED, wish),
                PERSON,
                CONTACT,
                VERIFIED);
    }

    /** Each claim that discovery lists and this realm's customers have. */
    private String wish(String requirement) {
        List<String> claims = new ArrayList<>();
        client.discovery()
                .get("claims_in_verified_claims_supported")
                .forEach(name -> claims.add("\"" + name.asText() + "\":" + requirement));
        return anyFramework(String.join(",", claims));
    }

    private static String anyFramework(String claims) {
        return "{\"verification\":{\"trust_framework\":null},\"claims\":{" + claims + "}}";
    }

    private void assertBothTellEach(Told told) {
        String wish = wish("null");
        for (JsonNode verified : List.of(told.inIdToken(), told.atUserinfo())) {
            assertSound(verified, wish);
            assertThat(names(verified.get("claims"))).isEqualTo(asked(wish));
        }
        assertThat(told.idToken().get("given_name")).isEqualTo(told.userinfo().get("given_name"));
        assertThat(told.userinfo().has("family_name")).isFalse();
    }

    private static void assertDiscovery() {
        JsonNode discovery = client.discovery();
        assertThat(discovery.get("claims_parameter_supported").asBoolean()).isTrue();
        assertThat(discovery.get("verified_claims_supported").asBoolean()).isTrue();
        for (String list : List.of(
                "claims_supported",
                "trust_frameworks_supported",
                "claims_in_verified_claims_supported",
                "evidence_supported",
                "documents_supported",
                "documents_check_methods_supported")) {
            assertThat(discovery.get(list)).as(list).isNotEmpty().allMatch(JsonNode::isTextual);
        }
    }

    /** Nothing but what was asked for and discovery lists, and each member of its type. */
    private static void assertSound(JsonNode verified, String wish) {
        assertThat(elements(verified)).isNotEmpty().allSatisfy(one -> {
            assertThat(names(one)).containsExactlyInAnyOrder("verification", "claims");
            assertThat(asked(wish)).containsAll(names(one.get("claims")));
            assertListed("claims_in_verified_claims_supported", names(one.get("claims")));
            assertThat(one.at("/claims/birthdate").asText("1980-05-12")).matches("\\d{4}-\\d\\d-\\d\\d");
            assertVerification(one.get("verification"), wish);
        });
    }

    private static void assertVerification(JsonNode verification, String wish) {
        Set<String> wanted = new LinkedHashSet<>();
        elements(parsed(wish)).forEach(one -> wanted.addAll(names(one.get("verification"))));
        assertThat(wanted).containsAll(names(verification));
        assertListed(
                "trust_frameworks_supported",
                Set.of(verification.get("trust_framework").textValue()));
        if (verification.has("time")) {
            assertThat(OffsetDateTime.parse(verification.get("time").textValue()))
                    .isNotNull();
        }
        if (verification.has("evidence")) {
            assertThat(verification.get("evidence")).isNotEmpty().allSatisfy(EkycPlanIT::assertDocument);
        }
    }

    private static void assertDocument(JsonNode evidence) {
        assertListed("evidence_supported", Set.of(evidence.get("type").textValue()));
        assertListed(
                "documents_supported",
                Set.of(evidence.at("/document_details/type").textValue()));
        evidence.path("check_details")
                .forEach(check -> assertListed(
                        "documents_check_methods_supported",
                        Set.of(check.get("check_method").textValue())));
    }

    private static void assertListed(String list, Set<String> told) {
        Set<String> listed = new LinkedHashSet<>();
        client.discovery().get(list).forEach(value -> listed.add(value.asText()));
        assertThat(listed).as(list).containsAll(told);
    }

    private static List<JsonNode> elements(JsonNode verified) {
        List<JsonNode> elements = new ArrayList<>();
        if (verified.isArray()) {
            verified.forEach(elements::add);
        } else {
            elements.add(verified);
        }
        return elements;
    }

    private static Set<String> asked(String wish) {
        Set<String> asked = new LinkedHashSet<>();
        elements(parsed(wish)).forEach(one -> asked.addAll(names(one.get("claims"))));
        return asked;
    }

    /** An object or an array. */
    private static JsonNode parsed(String wish) {
        return Http.parse("{\"wish\":" + wish + "}").get("wish");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What a client learns by one login. */
    record Told(JsonNode idToken, JsonNode userinfo) {

        /** {@code null} if it is not there. */
        JsonNode inIdToken() {
            return idToken.get("verified_claims");
        }

        /** {@code null} if it is not there. */
        JsonNode atUserinfo() {
            return userinfo.get("verified_claims");
        }
    }
}
