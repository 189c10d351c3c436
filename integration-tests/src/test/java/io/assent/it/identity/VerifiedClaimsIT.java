package io.assent.it.identity;

import static io.assent.it.identity.IdentityRealm.PERSON;
import static io.assent.it.identity.IdentityRealm.VERIFIED;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Http;
import io.assent.testing.phone.ContentHash;
import io.assent.testing.server.Database;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verified claims (OpenID Connect for Identity Assurance 1.0): no more than was asked for, verified and granted. */
class VerifiedClaimsIT {

    private static final String PURPOSE = "To open your savings account";

    private static final String AML = """
            {"verification":{"trust_framework":"de_aml","time":"2024-03-01T10:00:00Z",
                             "evidence":[{"type":"document","check_details":[{"check_method":"vpip"},{"check_method":"data"}],
                                          "document_details":{"type":"idcard","document_number":"T22000129"}},
                                         {"type":"document","document_details":{"type":"passport"}}]},
             "claims":{"birthdate":"1980-05-12","nationality":"DE","age_over_18":true,"birth_name":"Secret"}}""";

    private static final String EIDAS = """
            {"verification":{"trust_framework":"eidas","assurance_level":"high"},
             "claims":{"birthdate":"1980-05-12","nationality":"FR"}}""";

    private static final String WISH = """
            {"verification":{"trust_framework":{"value":"de_aml"},"time":null},
             "claims":{"age_over_18":{"essential":true,"purpose":"%s"},"nationality":null,"birth_name":null}}""".formatted(PURPOSE);

    private static final String ADULT = everywhere(WISH);

    private static IdentityRealm identity;

    private final Customer customer = identity.newCustomer();
    private final BankApp app = customer.app();
    private final Tpp acme = identity.realm().tpp(ACME);

    @BeforeAll
    static void makeTheRealm() {
        identity = new IdentityRealm(Database.H2);
    }

    @AfterAll
    static void removeTheRealm() {
        identity.remove();
    }

    @BeforeEach
    void verify() {
        identity.verify(customer, AML, EIDAS);
    }

    private static String everywhere(String wish) {
        return "{\"id_token\":{\"verified_claims\":%s},\"userinfo\":{\"verified_claims\":%s}}".formatted(wish, wish);
    }

    private Tokens granted(String claims) {
        Asked asked = Asked.of(acme.request(customer, Map.of("claims", claims), BALANCES));
        JsonNode request = app.onlyPending();
        app.approve(request.get("id").asText(), BankApp.permissions(request).toArray(String[]::new))
                .ok();
        return Tokens.of(acme.poll(asked));
    }

    /** In the ID token, at userinfo and at introspection, and in no access token. */
    private void assertTold(Tokens tokens, String verified) {
        assertTold(tokens, verified, true, true);
    }

    private void assertTold(Tokens tokens, String verified, boolean inIdToken, boolean atUserinfo) {
        JsonNode expected = Http.parse(verified);
        assertThat(tokens.idTokenClaims().get("verified_claims")).isEqualTo(inIdToken ? expected : null);
        assertThat(acme.userinfo(tokens).ok().get("verified_claims")).isEqualTo(atUserinfo ? expected : null);
        assertThat(identity.realm().api().introspect(tokens).ok().get("verified_claims"))
                .isEqualTo(expected);
        assertThat(tokens.accessTokenClaims().has("verified_claims")).isFalse();
    }

    private void assertNothingTold(Tokens tokens) {
        Stream.of(
                        tokens.idTokenClaims(),
                        tokens.accessTokenClaims(),
                        acme.userinfo(tokens).ok(),
                        identity.realm().api().introspect(tokens).ok())
                .forEach(told -> assertThat(told.has("verified_claims")).isFalse());
    }

    private static final String TOLD = """
            {"verification":{"trust_framework":"de_aml","time":"2024-03-01T10:00:00Z"},
             "claims":{"age_over_18":true,"nationality":"DE"}}""";

    @Test
    void byCibaWhatWasAskedForIsToldAlsoAfterARefresh() {
        Tokens tokens = granted(ADULT);

        assertThat(tokens.scope()).contains(VERIFIED).doesNotContain(PERSON);
        assertTold(tokens, TOLD);
        assertTold(Tokens.of(acme.refresh(tokens)), TOLD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token", "userinfo"})
    void itIsToldWhereItWasAskedForAndAtIntrospectionAlone(String place) {
        boolean inIdToken = place.equals("id_token");
        String claims = "{\"%s\":{\"verified_claims\":%s}}".formatted(place, WISH);

        Tokens tokens = granted(claims);
        assertTold(tokens, TOLD, inIdToken, !inIdToken);
        assertTold(Tokens.of(acme.refresh(tokens)), TOLD, inIdToken, !inIdToken);

        Customer other = identity.newCustomer();
        identity.verify(other, AML);
        WebClient browser = new WebClient(identity.realm());
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES).with("claims", claims);
        Tokens byBrowser = flow.tokens(
                browser.approve(browser.open(flow, other), BALANCES, VERIFIED).uri());
        assertTold(byBrowser, TOLD, inIdToken, !inIdToken);
    }

    @Test
    void whatSeveralRequestsAskedForIsToldWhereAnyOfThemDid() {
        WebClient browser = new WebClient(identity.realm());
        CodeFlow first = new CodeFlow(acme, CodeFlow.BACK, BALANCES)
                .with("claims", "{\"id_token\":{\"verified_claims\":" + WISH + "}}");
        assertTold(
                first.tokens(browser.approve(browser.open(first, customer), BALANCES, VERIFIED)
                        .uri()),
                TOLD,
                true,
                false);

        CodeFlow second = new CodeFlow(acme, CodeFlow.BACK, BALANCES)
                .with("claims", "{\"userinfo\":{\"verified_claims\":" + WISH + "}}");
        assertTold(
                second.tokens(browser.approve(browser.open(second.authorizationUri()), VERIFIED)
                        .uri()),
                TOLD);
    }

    @Test
    void byBrowserTheSameAndOnlyWithTheCustomersYes() {
        WebClient browser = new WebClient(identity.realm());
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES).with("claims", ADULT);
        WebPage page = browser.open(flow, customer);
        assertThat(page.html().text()).contains("Whether you are 18 or older", PURPOSE);
        Tokens tokens = flow.tokens(browser.approve(page, BALANCES, VERIFIED).uri());
        assertTold(tokens, TOLD);
        assertTold(Tokens.of(acme.refresh(tokens)), TOLD);

        Customer other = identity.newCustomer();
        identity.verify(other, AML);
        CodeFlow refused = new CodeFlow(acme, CodeFlow.BACK, BALANCES).with("claims", ADULT);
        WebClient others = new WebClient(identity.realm());
        assertNothingTold(refused.tokens(
                others.approve(others.open(refused, other), BALANCES).uri()));
    }

    @Test
    void theCustomerReadsWhatAndWhatFor() {
        acme.request(customer, Map.of("claims", ADULT), BALANCES).ok();
        JsonNode request = app.request(app.onlyPendingId(), "en").ok();
        JsonNode permission = request.findParents("scope").stream()
                .filter(one -> one.get("scope").asText().equals(VERIFIED))
                .findFirst()
                .orElseThrow();

        assertThat(permission.get("detail").asText())
                .contains("Nationality", "Whether you are 18 or older", PURPOSE)
                .doesNotContain("Birth name");
        assertThat(permission.get("claims").findValuesAsText("name")).containsExactly("age_over_18", "nationality");
        assertThat(permission.get("claims").findValuesAsText("value")).containsExactly("•••", "•••");
        assertThat(request.get("contentHash").asText()).isEqualTo(ContentHash.of(request));
    }

    @Test
    void thePurposeIsKeptWithTheAnswer() {
        Tokens tokens = granted(ADULT);
        String grantId = tokens.response().get("grant_id").asText();

        JsonNode evidence =
                Staff.of(identity.realm(), "view-users").read(grantId).ok();

        assertThat(evidence.get("evidence").toString()).contains(PURPOSE);
        assertThat(evidence.toString()).doesNotContain("1980").doesNotContain("T22000129");
    }

    @Test
    void staffReadsTheNamesOfWhatWasGrantedAndWhatForAndNoValue() {
        String hostile = "<img src=x onerror=alert(1)> & 'so' on";
        String grantId = grantId(granted("""
                {"userinfo":{"birthdate":{"value":"1980-05-12"},
                             "verified_claims":{"verification":{"trust_framework":{"value":"de_aml"},"evidence":[{"type":{"value":"document"}}]},
                                                "purpose":"%s",
                                                "claims":{"age_over_18":{"purpose":"%s"},"nationality":{"value":"Atlantis"}}}}}
                """.formatted(hostile, PURPOSE)));
        Staff staff = Staff.of(identity.realm(), "view-users");

        JsonNode consent = staff.read(grantId).ok();

        JsonNode expected = Http.JSON
                .createArrayNode()
                .add(Http.parse("""
                        {"scope":"identity.checked","whole":false,"claims":[],
                         "verified":[{"trustFrameworks":["de_aml"],"evidence":true,"toldIn":["userinfo"],
                                      "claims":[{"name":"age_over_18","purpose":"%s"},{"name":"nationality","purpose":"%s"}]}]}
                        """.formatted(PURPOSE, hostile)))
                .add(Http.parse("""
                        {"scope":"identity.person","whole":false,"claims":["birthdate"],"verified":[]}"""));
        assertThat(consent.get("grantedClaims")).isEqualTo(expected);
        assertThat(consent.at("/evidence/askedClaims")).isEqualTo(expected);
        assertThat(staff.search("?customer=" + customer.id()).ok().at("/consents/0/grantedClaims"))
                .isEqualTo(expected);
        assertThat(consent.toString()).doesNotContain("Atlantis", "1980");
        assertThat(Staff.of(identity.realm(), "view-clients").read(grantId).problem())
                .isEqualTo("missing-rights");
    }

    @Test
    void staffReadsWhatAPermissionCarriesThatWasAskedForByItsName() {
        Asked asked = Asked.of(acme.request(customer, Map.of(), PERSON, BALANCES));
        app.approve(app.onlyPendingId(), PERSON, BALANCES).ok();
        String grantId = grantId(Tokens.of(acme.poll(asked)));

        assertThat(Staff.of(identity.realm(), "view-users").read(grantId).ok().get("grantedClaims"))
                .containsExactly(Http.parse("""
                        {"scope":"identity.person","whole":true,"claims":["birthdate","family_name","given_name"],"verified":[]}"""));
    }

    @Test
    void whatWasNotGrantedIsAmongWhatWasAskedForAlone() {
        Asked asked = Asked.of(acme.request(customer, Map.of("claims", ADULT), BALANCES));
        app.approve(app.onlyPendingId(), BALANCES).ok();
        JsonNode consent = Staff.of(identity.realm(), "view-users")
                .read(grantId(Tokens.of(acme.poll(asked))))
                .ok();

        assertThat(consent.get("grantedClaims")).isEmpty();
        assertThat(consent.at("/evidence/askedClaims").findValuesAsText("purpose"))
                .contains(PURPOSE);
    }

    @Test
    void ofARemovedCustomerNobodyKnowsWhichDataItWas() {
        String grantId = grantId(granted(ADULT));
        identity.realm().admin().removeUser(identity.realm().name(), customer.id());

        JsonNode consent =
                Staff.of(identity.realm(), "view-users").read(grantId).ok();

        assertThat(consent.get("grantedScopes")).isNotEmpty();
        assertThat(consent.get("grantedClaims").isNull()).isTrue();
        assertThat(consent.at("/evidence/askedClaims").isNull()).isTrue();
    }

    private static String grantId(Tokens tokens) {
        return tokens.response().get("grant_id").asText();
    }

    @Test
    void ofSeveralEachIsTold() {
        Tokens tokens = granted("""
                {"userinfo":{"verified_claims":[
                  {"verification":{"trust_framework":{"value":"eidas"},"assurance_level":{"values":["high","substantial"]}},
                   "claims":{"nationality":null}},
                  {"verification":{"trust_framework":{"value":"de_aml"},
                                   "evidence":[{"type":{"value":"document"},"check_details":[{"check_method":null}],
                                                "document_details":{"type":null}}]},
                   "claims":{"birthdate":null}}]}}""");

        assertThat(acme.userinfo(tokens).ok().get("verified_claims"))
                .containsExactlyInAnyOrder(Http.parse("""
                                {"verification":{"trust_framework":"eidas","assurance_level":"high"},
                                 "claims":{"nationality":"FR"}}"""), Http.parse("""
                                {"verification":{"trust_framework":"de_aml",
                                  "evidence":[{"type":"document","check_details":[{"check_method":"vpip"}],
                                               "document_details":{"type":"idcard"}}]},
                                 "claims":{"birthdate":"1980-05-12"}}"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"verification\":{\"trust_framework\":{\"value\":\"uk_tf\"}},\"claims\":{\"birthdate\":null}}",
                "{\"verification\":{\"trust_framework\":null,\"assurance_level\":{\"value\":\"low\"}},\"claims\":{\"birthdate\":null}}",
                "{\"verification\":{\"trust_framework\":null,\"time\":{\"max_age\":86400}},\"claims\":{\"birthdate\":null}}",
                "{\"verification\":{\"trust_framework\":null},\"claims\":{\"birth_name\":null}}"
            })
    void whatDoesNotMeetTheRequestIsNotTold(String wish) {
        assertNothingTold(granted(everywhere(wish)));
    }

    @Test
    void aClaimWithAnotherValueIsLeftOutOfWhatIsTold() {
        Tokens tokens = granted(everywhere("""
                {"verification":{"trust_framework":{"value":"de_aml"},"evidence":[{"type":{"value":"document"}}]},
                 "claims":{"birthdate":{"value":"1999-01-01"}}}"""));
        assertTold(tokens, "{\"verification\":{\"trust_framework\":\"de_aml\"},\"claims\":{}}");

        assertTold(granted(everywhere("""
                {"verification":{"trust_framework":null},
                 "claims":{"birthdate":{"value":"1999-01-01"},"age_over_18":null}}""")), """
                {"verification":{"trust_framework":"de_aml"},"claims":{"age_over_18":true}}""");
    }

    @Test
    void aPermissionThatIsAskedForByItsNameTellsNothingVerified() {
        Asked asked = acme.ask(customer, BALANCES, VERIFIED);
        app.approve(app.onlyPendingId(), BALANCES, VERIFIED).ok();
        assertNothingTold(Tokens.of(acme.poll(asked)));
    }

    @Test
    void aSourceThatFailsTellsNothingAndTheTokenIsGood() {
        identity.verify(customer, "{\"verification\":{}}");
        Tokens tokens = granted(ADULT);
        assertNothingTold(tokens);
        assertThat(tokens.scope()).contains(BALANCES, VERIFIED);

        identity.verify(customer, AML);
        assertTold(Tokens.of(acme.refresh(tokens)), TOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{\"claims\":{\"birthdate\":null}}",
                "{\"verification\":{},\"claims\":{\"birthdate\":null}}",
                "{\"verification\":{\"trust_framework\":null},\"claims\":{}}",
                "{\"verification\":{\"trust_framework\":null},\"claims\":{\"birthdate\":{\"purpose\":\"no\"}}}"
            })
    void whatCantBeReadIsRefusedAndNobodyIsAsked(String wish) {
        assertThat(acme.request(
                                customer,
                                Map.of("claims", "{\"id_token\":{\"verified_claims\":" + wish + "}}"),
                                BALANCES)
                        .error())
                .isEqualTo("invalid_request");
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void discoveryTellsWhatThereIs() {
        JsonNode document = Http.send(Http.request(identity.realm().uri("/.well-known/openid-configuration")))
                .ok();

        assertThat(document.get("claims_parameter_supported").asBoolean()).isTrue();
        assertThat(document.get("verified_claims_supported").asBoolean()).isTrue();
        Map.of(
                        "trust_frameworks_supported", List.of("de_aml", "eidas"),
                        "claims_in_verified_claims_supported", List.of("age_over_18", "birthdate", "nationality"),
                        "evidence_supported", List.of("document"),
                        "documents_supported", List.of("idcard"),
                        "documents_check_methods_supported", List.of("vpip"))
                .forEach((name, values) -> assertThat(document.get(name))
                        .as(name)
                        .extracting(JsonNode::asText)
                        .containsExactlyElementsOf(values));
        assertThat(document.has("electronic_records_supported")).isFalse();
    }
}
