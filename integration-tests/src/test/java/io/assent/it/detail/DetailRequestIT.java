package io.assent.it.detail;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.fake.data.MalformedDetails;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.SharedSecretJwt;
import io.assent.testing.actor.SigningKey;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** {@code authorization_details} (RFC 9396) by each way in: exactly what was sent is asked, or nothing is. */
class DetailRequestIT {

    private static final String PARAMETER = "authorization_details";
    private static final String ERROR = "invalid_authorization_details";
    private static final String ACCEPTED = "";
    private static final String UNKNOWN = "[{\"type\":\"no_such_type\"}]";
    private static final String CREDENTIAL =
            "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"membership\"}]";
    private static final String PAR = "/protocol/openid-connect/ext/par/request";

    private static final SigningKey KEY = SigningKey.generate();
    private static final Tpp SIGNER = Servers.bank().newTpp(ACME, KEY::signsBackchannelRequestsOf);

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final WebClient browser = new WebClient(bank);
    private final Tpp acme = bank.tpp(ACME);
    private final String payee = "Payee " + UUID.randomUUID();

    /** A way in, and what it was answered: an error, or {@link #ACCEPTED}. */
    enum Way {
        CIBA,
        CIBA_SIGNED,
        GET,
        POST,
        SIGNED,
        PUSHED,
        PUSHED_SIGNED;

        boolean isSigned() {
            return this == CIBA_SIGNED || this == SIGNED || this == PUSHED_SIGNED;
        }
    }

    private String send(Way way, String details) {
        return send(way, way == Way.CIBA_SIGNED ? SIGNER : acme, details);
    }

    private String send(Way way, Tpp tpp, String details) {
        return switch (way) {
            case CIBA -> answer(tpp.request(customer, Map.of(PARAMETER, details), BALANCES));
            case CIBA_SIGNED -> {
                ObjectNode claims = tpp.requestClaims(customer, BALANCES);
                claims.put("binding_message", "signed " + UUID.randomUUID());
                claims.set(PARAMETER, json(details));
                yield answer(tpp.backchannel(Map.of("request", KEY.sign(claims))));
            }
            case GET -> {
                CodeFlow flow = flow(tpp).with(PARAMETER, details);
                yield answer(flow, browser.open(flow.authorizationUri()));
            }
            case POST -> {
                CodeFlow flow = flow(tpp).with(PARAMETER, details);
                yield answer(flow, post(browser, flow));
            }
            case SIGNED -> {
                CodeFlow flow = signed(tpp, json(details));
                yield answer(flow, browser.open(flow.authorizationUri()));
            }
            case PUSHED -> pushed(flow(tpp).with(PARAMETER, details));
            case PUSHED_SIGNED -> pushed(signed(tpp, json(details)));
        };
    }

    private static CodeFlow flow(Tpp tpp) {
        return new CodeFlow(tpp, CodeFlow.BACK, BALANCES);
    }

    private CodeFlow signed(Tpp tpp, JsonNode details) {
        CodeFlow flow = flow(tpp);
        ObjectNode claims = flow.requestObject(bank.uri("").toString());
        claims.set(PARAMETER, details);
        return flow.with("request", SharedSecretJwt.sign(tpp.secret(), claims));
    }

    private WebPage post(WebClient client, CodeFlow flow) {
        URI get = flow.authorizationUri();
        Map<String, List<String>> form = new HashMap<>();
        flow.parameters().forEach((name, value) -> form.put(name, List.of(value)));
        return client.send(URI.create(get.toString().replaceFirst("\\?.*", "")), form);
    }

    private String pushed(CodeFlow flow) {
        Answer pushed = flow.push();
        return pushed.status() == 201 ? answer(flow, browser.open(flow.pushed(pushed))) : answer(pushed);
    }

    private static String answer(Answer answer) {
        if (answer.status() == 200) {
            return ACCEPTED;
        }
        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        return answer.error();
    }

    /** An error goes back to the TPP with its {@code state}. */
    private static String answer(CodeFlow flow, WebPage page) {
        if (page.left()) {
            return flow.error(page.uri());
        }
        boolean accepted = page.html().selectFirst("#kc-form-login") != null;
        assertThat(page.status()).as(page.body()).isEqualTo(accepted ? 200 : 400);
        return accepted ? ACCEPTED : "a page";
    }

    private String payment() {
        return payment(payee);
    }

    private static String payment(String payee) {
        ObjectNode detail = Http.object().put("type", "payment_initiation");
        detail.putObject("instructedAmount").put("currency", "EUR").put("amount", "8231.07");
        detail.put("creditorName", payee);
        detail.putObject("creditorAccount").put("iban", "DE89370400440532013000");
        return "[" + detail + "]";
    }

    private static String information() {
        return "[{\"type\":\"account_information\",\"actions\":[\"read_balances\"]}]";
    }

    private static JsonNode json(String text) {
        try {
            return Http.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void assertNobodyIsAsked() {
        assertThat(customer.app().pending()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void detailsOfEachTypeAreTaken(Way way) {
        assertThat(send(way, information())).isEqualTo(ACCEPTED);
        assertThat(send(way, payment())).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotExactlyATypesIsRefused(Way way) {
        Tpp others = bank.newTpp(ORBIT, client -> {
            client.withObjectProperty("attributes").put("authorization_details_types", "recurring_payment");
            KEY.signsBackchannelRequestsOf(client);
        });
        assertThat(send(way, others, information())).as("not the client's").isEqualTo(ERROR);
        List<String> refused = List.of(
                "[]",
                "[{}]",
                "[1]",
                "{}",
                "\"text\"",
                UNKNOWN,
                payment().replace("}]", ",\"note\":\"urgent\"}]"),
                payment().replace("\"EUR\"", "\"EURO\""),
                payment().replace("8231.07", "8231.071"),
                payment().replace("\"8231.07\"", "8231.07"),
                payment().replace("]", "," + payment("Another").substring(1)),
                payment().replace("]", "," + CREDENTIAL.substring(1)),
                payment().replace("]", "," + information().substring(1)),
                information().replace("]}]", "]},") + information().substring(1));
        for (String details : refused) {
            assertThat(send(way, details)).as(details).isEqualTo(ERROR);
        }
        assertNobodyIsAsked();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"CIBA_SIGNED", "SIGNED", "PUSHED_SIGNED"})
    void whatArrivesCutOrIsNoJsonIsRefused(Way way) {
        for (int length : List.of(1, 20, payment().length() - 1)) {
            assertThat(send(way, payment().substring(0, length))).isEqualTo(ERROR);
        }
        assertThat(send(way, "payment_initiation")).isEqualTo(ERROR);
        assertThat(send(way, payment() + " x")).isEqualTo(ERROR);
        assertThat(send(way, payment().replace("{\"type\"", "{\"type\":\"account_information\",\"type\"")))
                .isEqualTo(ERROR);
        assertThat(send(way, payment().replace(payee, "a\u202eb"))).isEqualTo(ERROR);
        assertNobodyIsAsked();
    }

    /** The rest of them is for the unit tests. */
    @Test
    void noneOfManyMalformedOnesIsTaken() {
        List<Way> ways = List.of(Way.CIBA, Way.PUSHED, Way.CIBA, Way.POST, Way.CIBA, Way.GET);
        List<String> malformed = MalformedDetails.of(14)
                // half of a pair does not get over the wire, and what is blank is not sent
                .filter(text -> !text.isBlank() && new String(text.getBytes(UTF_8), UTF_8).equals(text))
                .filter(text -> text.indexOf('\0') < 0
                        && Http.query(Map.of(PARAMETER, text)).length() < 20_000)
                .limit(1_500)
                .toList();
        for (int number = 0; number < malformed.size(); number++) {
            Way way = ways.get(number % ways.size());
            String details = malformed.get(number);
            assertThat(send(way, details)).as("%s %s", way, details).isNotEqualTo(ACCEPTED);
        }
        assertNobodyIsAsked();
    }

    /** From 2,001 characters on the server's own code would lose it. */
    @ParameterizedTest
    @EnumSource(names = {"CIBA", "GET", "POST", "PUSHED"})
    void itIsTakenWholeUpToItsSizeAndRefusedBeyond(Way way) {
        for (int bytes : List.of(2_000, 2_001, 8_192)) {
            assertThat(send(way, padded(bytes))).as("%d bytes", bytes).isEqualTo(ACCEPTED);
        }
        for (int bytes : List.of(8_193, 19_000)) {
            assertThat(send(way, padded(bytes))).as("%d bytes", bytes).isEqualTo(ERROR);
        }
    }

    private String padded(int bytes) {
        String payment = payment();
        return payment.charAt(0) + " ".repeat(bytes - payment.length()) + payment.substring(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CIBA_SIGNED", "SIGNED", "PUSHED_SIGNED"})
    void aLongOneIsTakenWholeWhereItsSpacesAreLost(Way way) {
        ArrayNode details = (ArrayNode) json(information());
        ArrayNode accounts = ((ObjectNode) details.get(0)).putArray("accounts");
        for (int account = 0; account < 25; account++) {
            accounts.addObject().put("id", UUID.randomUUID() + "-" + UUID.randomUUID());
        }
        assertThat(details.toString().length()).isGreaterThan(2_001);

        assertThat(send(way, details.toString())).isEqualTo(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aTextIsTakenAsItIsWritten(Way way) {
        assertThat(send(way, payment("Müller & Söhne 100% +1 = 日本"))).isEqualTo(ACCEPTED);
    }

    @Test
    void whatIsAskedByCibaIsWhatTheTokenCarries() {
        String details = payment();
        Asked asked = Asked.of(acme.request(customer, Map.of(PARAMETER, padded(details, 3_000)), BALANCES));
        Asked other = Asked.of(SIGNER.backchannel(Map.of(
                "request",
                KEY.sign(SIGNER.requestClaims(customer, BALANCES)
                        .put("binding_message", "signed")
                        .set(PARAMETER, json(details))))));
        for (JsonNode pending : customer.app().pending()) {
            customer.app().approve(pending.get("id").asText()).ok();
        }

        assertThat(Tokens.of(acme.poll(asked)).accessTokenClaims().get(PARAMETER))
                .isEqualTo(json(details));
        assertThat(Tokens.of(SIGNER.poll(other)).accessTokenClaims().get(PARAMETER))
                .isEqualTo(json(details));
    }

    /** From the question to the token, also where the server keeps it beside the login. */
    @ParameterizedTest
    @EnumSource(names = {"GET", "POST", "SIGNED", "PUSHED", "PUSHED_SIGNED"})
    void whatIsAskedInTheBrowserIsWhatTheTokenCarries(Way way) {
        for (String details : List.of(payment(), standingOrders())) {
            WebClient client = new WebClient(bank);
            CodeFlow flow = way == Way.SIGNED || way == Way.PUSHED_SIGNED
                    ? signed(acme, json(details))
                    : flow(acme).with(PARAMETER, details);
            WebPage login =
                    switch (way) {
                        case POST -> post(client, flow);
                        case PUSHED, PUSHED_SIGNED -> client.open(flow.pushedAuthorizationUri());
                        default -> client.open(flow.authorizationUri());
                    };
            assertThat(client.cookies(login.uri())).hasSizeLessThan(6_000);

            // what one grants stands for the next login
            WebPage page = client.logIn(login, bank.newCustomer());
            assertThat(page.asks()).as(page.body()).isTrue();
            WebPage answered = client.approve(page, BALANCES);
            assertThat(answered.left()).as(answered.body()).isTrue();
            Tokens tokens = flow.tokens(answered.uri());

            assertThat(butForTheAccounts(tokens)).isEqualTo(json(details));
        }
    }

    /** The page has ticked one. */
    private static JsonNode butForTheAccounts(Tokens tokens) {
        JsonNode details = tokens.accessTokenClaims().get(PARAMETER);
        details.forEach(detail -> ((ObjectNode) detail).remove("debtorAccount"));
        return details;
    }

    /** Longer than a cookie is. */
    private static String standingOrders() {
        ArrayNode details = Http.JSON.createArrayNode();
        for (int order = 1; order <= 8; order++) {
            ObjectNode detail = details.addObject().put("type", "recurring_payment");
            detail.put(
                    "creditorName", "Landlord " + order + " of a house with a long name in a street with a longer one");
            detail.putObject("creditorAccount").put("iban", "DE89370400440532013000");
            detail.putObject("maximumIndividualAmount").put("currency", "EUR").put("amount", order + "00.00");
            detail.putObject("periodicLimit")
                    .put("period", "month")
                    .put("currency", "EUR")
                    .put("amount", order + "000.00");
            detail.put("validTo", LocalDate.now(ZoneOffset.UTC).plusDays(90).toString());
            detail.put(
                    "remittanceInformationUnstructured",
                    "Rent of flat " + order + ", as agreed, for the whole of the year");
        }
        return details.toString();
    }

    private static String padded(String details, int bytes) {
        return details.charAt(0) + " ".repeat(bytes - details.length()) + details.substring(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CIBA", "GET", "POST", "PUSHED"})
    void aParameterWithoutAValueIsNotThere(Way way) {
        assertThat(send(way, "")).isEqualTo(ACCEPTED);
        assertThat(send(way, " ")).isEqualTo(ACCEPTED);
    }

    @Test
    void aOneTimeDetailNeedsABindingMessage() {
        Map<String, String> parameters =
                Map.of("scope", "openid " + BALANCES, "login_hint", customer.username(), PARAMETER, payment());

        assertThat(acme.backchannel(parameters).error()).isEqualTo("invalid_binding_message");

        Map<String, String> standing = new HashMap<>(parameters);
        standing.put(PARAMETER, information());
        assertThat(answer(acme.backchannel(standing))).isEqualTo(ACCEPTED);
    }

    /** What two readers may see differently. */
    @Nested
    class MixedUp {

        @Test
        void twiceInARequestIsRefused() {
            CodeFlow flow = flow(acme);
            String twice =
                    "&" + Http.query(Map.of(PARAMETER, payment())) + "&" + Http.query(Map.of(PARAMETER, information()));

            assertThat(answer(flow, browser.open(URI.create(flow.authorizationUri() + twice))))
                    .isEqualTo(ERROR);
            Answer pushed = Http.send(Http.request(bank.uri(PAR))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Authorization", Http.basic(acme.clientId(), acme.secret()))
                    .POST(BodyPublishers.ofString(Http.query(flow.parameters()) + twice)));
            assertThat(answer(pushed)).isEqualTo(ERROR);
        }

        @Test
        void besideAPushedRequestIsRefused() {
            for (CodeFlow flow : List.of(flow(acme), flow(acme).with(PARAMETER, payment()))) {
                URI uri = flow.pushed(flow.push());
                assertThat(answer(flow, browser.open(URI.create(uri + "&" + Http.query(Map.of(PARAMETER, payment()))))))
                        .isEqualTo(ERROR);
            }
        }

        @Test
        void besideARequestObjectIsRefused() {
            for (CodeFlow flow : List.of(signed(acme, json(payment())), signed(acme, null))) {
                flow.with(PARAMETER, payment());
                assertThat(answer(flow, browser.open(flow.authorizationUri()))).isEqualTo(ERROR);
                assertThat(answer(flow.push())).isEqualTo(ERROR);
            }
        }

        @Test
        void aTextInARequestObjectIsRefused() {
            CodeFlow flow = signed(acme, Http.JSON.getNodeFactory().textNode(payment()));

            assertThat(answer(flow, browser.open(flow.authorizationUri()))).isEqualTo(ERROR);
            assertThat(answer(flow.push())).isEqualTo(ERROR);
            ObjectNode claims = SIGNER.requestClaims(customer, BALANCES).put(PARAMETER, payment());
            assertThat(answer(SIGNER.backchannel(Map.of("request", KEY.sign(claims)))))
                    .isEqualTo(ERROR);
        }

        @Test
        void aPushedRequestIsLookedAtAgainWhenItIsUsed() {
            Tpp tpp = bank.newTpp(ACME, client -> {});
            CodeFlow flow = flow(tpp).with(PARAMETER, payment());
            URI uri = flow.pushed(flow.push());
            bank.admin().updateClient(bank.name(), tpp.clientId(), client -> client.withObjectProperty("attributes")
                    .put("authorization_details_types", "account_information"));

            assertThat(answer(flow, browser.open(uri))).isEqualTo(ERROR);
        }
    }

    /** Where no customer is asked in the browser, or nobody could find again what was granted. */
    @Nested
    class WithNobodyToAsk {

        @Test
        void aCodeThatCannotBeToldFromAnotherGrantsNone() {
            CodeFlow flow = flow(acme)
                    .with(PARAMETER, payment())
                    .without("nonce")
                    .without("code_challenge")
                    .without("code_challenge_method");

            assertThat(answer(flow, browser.open(flow.authorizationUri()))).isEqualTo(ERROR);
            assertThat(answer(flow.push())).isEqualTo(ERROR);
        }

        @Test
        void aTokenWithoutACodeHasNone() {
            Tpp tpp = bank.newTpp(ACME, client -> client.put("implicitFlowEnabled", true));
            CodeFlow flow = flow(tpp).with(PARAMETER, payment()).with("response_type", "code id_token token");

            URI back = browser.open(flow.authorizationUri()).uri();

            assertThat(back.getFragment()).contains("error=" + ERROR);
        }

        @Test
        void aDeviceGetsNone() {
            Tpp tpp = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                    .put("oauth2.device.authorization.grant.enabled", "true"));
            String device = "/protocol/openid-connect/auth/device";

            assertThat(answer(tpp.post(device, Map.of("scope", "openid", PARAMETER, payment()))))
                    .isEqualTo(ERROR);
            assertThat(answer(tpp.post(device, Map.of("scope", "openid", PARAMETER, "[{\"type\""))))
                    .isEqualTo(ERROR);
            assertThat(answer(tpp.post(device, Map.of("scope", "openid")))).isEqualTo(ACCEPTED);
        }
    }

    /** RFC 9396, section 6: a token request asks no customer. */
    @Nested
    class AtTheTokenEndpoint {

        private final Tpp tpp = bank.newTpp(ACME, client -> client.put("consentRequired", false)
                .put("serviceAccountsEnabled", true)
                .put("directAccessGrantsEnabled", true)
                .withObjectProperty("attributes")
                .put("standard.token.exchange.enabled", "true"));

        private Answer token(Map<String, String> parameters, String details) {
            Map<String, String> all = new HashMap<>(parameters);
            all.put(PARAMETER, details);
            return tpp.post("/protocol/openid-connect/token", all);
        }

        @Test
        void noGrantGetsMoreThanWasAskedBefore() {
            Asked asked = tpp.ask(customer, BALANCES);
            customer.app().approve(customer.app().onlyPendingId()).ok();
            Map<String, String> ciba =
                    Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", asked.authReqId());
            assertThat(token(ciba, payment()).error()).isEqualTo(ERROR);
            Tokens tokens = Tokens.of(tpp.poll(asked));

            List<Map<String, String>> grants = List.of(
                    Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()),
                    Map.of("grant_type", "client_credentials"),
                    Map.of("grant_type", "password", "username", customer.username(), "password", customer.password()),
                    Map.of(
                            "grant_type",
                            "urn:ietf:params:oauth:grant-type:token-exchange",
                            "subject_token",
                            tokens.accessToken(),
                            "subject_token_type",
                            "urn:ietf:params:oauth:token-type:access_token"));
            for (Map<String, String> grant : grants) {
                for (String details : List.of(payment(), "[{\"type\":", information())) {
                    assertThat(token(grant, details).error())
                            .as(grant.get("grant_type"))
                            .isEqualTo(ERROR);
                }
            }
            assertThat(token(grants.get(0), UNKNOWN).error()).isEqualTo(ERROR);
            assertThat(token(Map.of("grant_type", "client_credentials"), UNKNOWN)
                            .status())
                    .isEqualTo(200);
            tpp.assertAlive(Tokens.of(tpp.refresh(tokens)));
        }

        @Test
        void noCodeGetsThem() {
            CodeFlow flow = flow(tpp);
            URI back = browser.approve(browser.open(flow, customer), BALANCES).uri();
            Map<String, String> code = new HashMap<>(flow.redemption(back));

            assertThat(token(code, payment()).error()).isEqualTo(ERROR);
        }
    }

    /** What is the server's own is answered by it. */
    @Nested
    class OfTheServer {

        @ParameterizedTest
        @EnumSource(names = {"GET", "POST", "SIGNED", "PUSHED", "PUSHED_SIGNED"})
        void isLeftToIt(Way way) {
            // the feature is off
            assertThat(send(way, CREDENTIAL)).isEqualTo("invalid_request");
        }

        @Test
        void isEverythingWhereThereIsNoApp() {
            String name = "without-app-" + UUID.randomUUID();
            bank.admin().createRealm(Servers.realmFile().named(name).with(realm -> realm.get("clientScopes")
                    .forEach(scope -> {
                        if (scope.get("name").asText().equals("consent-app")) {
                            ((ObjectNode) scope).put("name", "no-app");
                        }
                    })));
            try {
                Realm without = bank.server().realm(name);
                CodeFlow flow = flow(without.tpp(ACME)).with(PARAMETER, payment());
                assertThat(flow.error(new WebClient(without)
                                .open(flow.authorizationUri())
                                .uri()))
                        .isEqualTo("invalid_request");
            } finally {
                bank.admin().removeRealm(name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfItIsInTheLog(Way way) {
        send(way, payment());
        send(way, payment().replace("]", "," + payment().substring(1)));
        send(way, payment().replace("}]", ",\"note\":\"" + payee + "\"}]"));
        if (!way.isSigned()) {
            send(way, payment().substring(0, payment().length() - 1));
        }

        assertThat(bank.server().said()).doesNotContain(payee, "8231.07", "DE89370400440532013000");
    }

    @Test
    void discoveryListsTheTypesOfThePack() {
        for (URI uri : List.of(
                bank.uri("/.well-known/openid-configuration"),
                bank.server().uri("/.well-known/oauth-authorization-server/realms/" + bank.name()))) {
            JsonNode types = Http.send(Http.request(uri)).ok().get("authorization_details_types_supported");
            assertThat(StreamSupport.stream(types.spliterator(), false).map(JsonNode::asText))
                    .contains("account_information", "payment_initiation", "recurring_payment")
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    /** RFC 9396, section 10, has it as metadata of clients. */
    @Test
    void noClientRegistersItselfWithTypes() {
        ObjectNode metadata = Http.object();
        metadata.putArray("redirect_uris").add(CodeFlow.BACK.toString());
        metadata.putArray("authorization_details_types").add("payment_initiation");

        Answer refused =
                Http.send(Http.json(bank.uri("/clients-registrations/openid-connect"), "POST", metadata.toString())
                        .header("Authorization", "Bearer " + bank.admin().initialAccessToken(bank.name())));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).contains("authorization_details_types");
    }
}
