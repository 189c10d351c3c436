package io.assent.ciba.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.claim.ClaimSet;
import io.assent.detail.Detail;
import io.assent.detail.DetailFlaw;
import io.assent.detail.DetailReading;
import io.assent.detail.Details;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackchannelRequestTest {

    private static final Duration USUAL = Duration.ofSeconds(120);
    private static final Duration LONGEST = Duration.ofSeconds(300);

    private static Map<String, List<String>> form(String... more) {
        Map<String, List<String>> form = new HashMap<>();
        form.put("scope", List.of("openid accounts.balances"));
        form.put("login_hint", List.of("alice"));
        for (int at = 0; at < more.length; at += 2) {
            form.put(more[at], List.of(more[at + 1]));
        }
        return form;
    }

    private static BackchannelRequest accepted(String... more) {
        return (BackchannelRequest) read(form(more));
    }

    private static Refusal refused(String... more) {
        return (Refusal) read(form(more));
    }

    private static Reading read(Map<String, List<String>> form) {
        return BackchannelRequest.read(new SentParameters(form, Optional.empty()), BackchannelRequestTest::details);
    }

    private static Reading readSigned(JsonNode claims, Map<String, List<String>> form) {
        return BackchannelRequest.read(new SentParameters(form, Optional.of(claims)), BackchannelRequestTest::details);
    }

    /** What is no list is refused; anything else is read as what was sent. */
    private static DetailReading details(String sent) {
        return sent.startsWith("[") ? new Details(List.of(new Detail("sent", sent))) : new DetailFlaw("no list");
    }

    private static Details sent(String json) {
        return new Details(List.of(new Detail("sent", json)));
    }

    private static ObjectNode claims() {
        return new ObjectMapper().createObjectNode().put("scope", "openid").put("login_hint", "alice");
    }

    @Test
    void whatIsSentWithoutAValueIsNotThere() {
        BackchannelRequest request = accepted(
                "id_token_hint", "", "binding_message", " ", "requested_expiry", "", "acr_values", " ", "claims", "");

        assertThat(request)
                .isEqualTo(new BackchannelRequest(
                        new Hint.Login("alice"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Details.NONE,
                        ClaimSet.NONE));
    }

    @Test
    void detailsAreJsonInAFormAndAClaimThatIsJsonInASignedRequest() {
        assertThat(accepted("authorization_details", "[{}]").details()).isEqualTo(sent("[{}]"));
        ObjectNode signed = claims();
        signed.putArray("authorization_details").addObject().put("type", "a");

        assertThat(((BackchannelRequest) readSigned(signed, Map.of())).details())
                .isEqualTo(sent("[{\"type\":\"a\"}]"));

        assertThat(readSigned(signed.put("authorization_details", "[{}]"), Map.of()))
                .isEqualTo(new Refusal("invalid_authorization_details", "no list"));
    }

    @Test
    void detailsThatAreSentWithoutAValueAreNotThereAndAnyOtherAreReadOrRefused() {
        assertThat(accepted("authorization_details", " ").details()).isEqualTo(Details.NONE);
        assertThat(((BackchannelRequest) readSigned(claims().putNull("authorization_details"), Map.of())).details())
                .isEqualTo(Details.NONE);
        assertThat(refused("authorization_details", "{}").error()).isEqualTo("invalid_authorization_details");
        assertThat(((Refusal) readSigned(claims().put("authorization_details", ""), Map.of())).error())
                .isEqualTo("invalid_authorization_details");
        assertThat(((Refusal) readSigned(claims().put("authorization_details", false), Map.of())).error())
                .isEqualTo("invalid_authorization_details");
    }

    @Test
    void detailsThatNobodySignedAreRefusedBesideASignedRequest() {
        assertThat(readSigned(claims(), form("authorization_details", "[{}]"))).isInstanceOf(Refusal.class);
    }

    @Test
    void thereIsOneHint() {
        assertThat(accepted("login_hint", "", "id_token_hint", "a.b.c").hint()).isEqualTo(new Hint.IdToken("a.b.c"));
        assertThat(accepted("login_hint", "", "login_hint_token", "a.b.c").hint())
                .isEqualTo(new Hint.LoginToken("a.b.c"));
        assertThat(refused("login_hint", "").error()).isEqualTo("invalid_request");
        assertThat(refused("id_token_hint", "a.b.c").error()).isEqualTo("invalid_request");
        assertThat(refused("login_hint_token", "a.b.c").error()).isEqualTo("invalid_request");
        assertThat(readSigned(claims().put("login_hint", " "), Map.of())).isInstanceOf(Refusal.class);
    }

    @Test
    void itsScopeHasOpenid() {
        assertThat(refused("scope", "").error()).isEqualTo("invalid_request");
        assertThat(refused("scope", "accounts.balances").error()).isEqualTo("invalid_scope");
        assertThat(refused("scope", "xopenid openidx").error()).isEqualTo("invalid_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"request_uri"})
    void whatIsNotDoneIsRefused(String name) {
        assertThat(refused(name, "{}").error()).isEqualTo("invalid_request");
        assertThat(refused(name, "{}").description()).isEqualTo(name + " is not supported");
        ObjectNode signed = claims();
        signed.putObject(name).put("a", "b");
        assertThat(((Refusal) readSigned(signed, Map.of())).description()).isEqualTo(name + " is not supported");
    }

    @ParameterizedTest
    @CsvSource({"30,30", "300,300", "301,300", "999999999,300", "29,30", "1,30", "045,45"})
    void theExpiryIsWhatIsWantedWithinBounds(String requested, long expected) {
        assertThat(accepted("requested_expiry", requested).expiry(USUAL, LONGEST))
                .isEqualTo(Duration.ofSeconds(expected));
    }

    @Test
    void theExpiryIsTheUsualOneWhereNothingIsWanted() {
        assertThat(accepted().expiry(USUAL, LONGEST)).isEqualTo(USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1e3", "+60", "60s", "٦٠", "1234567890"})
    void anExpiryIsAPositiveNumberOfSeconds(String requested) {
        assertThat(refused("requested_expiry", requested).error()).isEqualTo("invalid_request");
    }

    @Test
    void acrValuesAreAListOfWords() {
        assertThat(accepted("acr_values", " gold silver gold ").acrValues()).containsExactly("gold", "silver");
        assertThat(refused("acr_values", "gold  silver").error()).isEqualTo("invalid_request");
        assertThat(refused("acr_values", "gold\nsilver").error()).isEqualTo("invalid_request");
        assertThat(refused("acr_values", "go\u0308ld").error()).isEqualTo("invalid_request");
        assertThat(refused("acr_values", "a".repeat(256)).error()).isEqualTo("invalid_request");
    }

    @Test
    void aMessageThatCannotBeShownIsRefused() {
        assertThat(accepted("binding_message", "Zahle 12 €").bindingMessage()).hasValue("Zahle 12 €");
        assertThat(refused("binding_message", "a\u202eb").error()).isEqualTo("invalid_binding_message");
    }

    @Test
    void aSignedRequestHasEverythingWithin() {
        Map<String, List<String>> form = Map.of(
                "request",
                List.of("a.b.c"),
                "client_id",
                List.of("acme"),
                "client_assertion",
                List.of("d.e.f"),
                "client_assertion_type",
                List.of("jwt"));
        ObjectNode signed = claims().put("requested_expiry", 60).put("binding_message", "within");

        assertThat(readSigned(signed, form))
                .isEqualTo(new BackchannelRequest(
                        new Hint.Login("alice"),
                        Optional.of("within"),
                        Optional.of(Duration.ofSeconds(60)),
                        List.of(),
                        Optional.empty(),
                        Details.NONE,
                        ClaimSet.NONE));
        assertThat(((BackchannelRequest) readSigned(signed.put("requested_expiry", "60"), form)).requestedExpiry())
                .hasValue(Duration.ofSeconds(60));
        assertThat(readSigned(signed, Map.of("request", List.of("a.b.c"), "scope", List.of("openid"))))
                .isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope", "login_hint", "binding_message", "acr_values", "requested_expiry"})
    void aListOrAnObjectIsNoText(String name) {
        ObjectNode list = claims();
        list.putArray(name).add("openid");
        assertThat(((Refusal) readSigned(list, Map.of())).description()).isEqualTo(name + " is not a text");
        assertThat(readSigned(claims().put(name, true), Map.of())).isInstanceOf(Refusal.class);
        assertThat(readSigned(claims().put(name, 1.5), Map.of())).isInstanceOf(Refusal.class);
        assertThat(readSigned(claims().put(name, "openid \0"), Map.of())).isInstanceOf(Refusal.class);
    }

    @Test
    void aSignedRequestSaysWhoMadeItForWhomAndWhen() {
        Instant now = Instant.ofEpochSecond(1_000);
        ObjectNode good = claims().put("iss", "acme")
                .put("aud", "bank")
                .put("exp", 1_060)
                .put("nbf", 990)
                .put("iat", 1_005)
                .put("jti", "1");

        assertThat(flaw(good, now)).isEmpty();
        good.putArray("aud").add("other").add("bank");
        assertThat(flaw(good, now)).isEmpty();
        for (String needed : List.of("iss", "aud", "exp", "nbf", "iat", "jti")) {
            assertThat(flaw(good.deepCopy().without(List.of(needed)), now))
                    .as(needed)
                    .isPresent();
        }
        assertThat(flaw(good.deepCopy().put("iss", "globe"), now)).isPresent();
        assertThat(flaw(good.deepCopy().put("aud", "other"), now)).isPresent();
        assertThat(flaw(good.deepCopy().put("exp", 1_000), now)).isPresent();
        assertThat(flaw(good.deepCopy().put("exp", "1060"), now)).isPresent();
        assertThat(flaw(good.deepCopy().put("nbf", 1_011), now)).isPresent();
        assertThat(flaw(good.deepCopy().put("iat", 1_011), now)).isPresent();
    }

    private static Optional<Refusal> flaw(JsonNode claims, Instant now) {
        return new SignedClaims(claims, "acme", "bank").flaw(now);
    }
}
