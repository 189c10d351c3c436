package io.assent.it.identity;

import static io.assent.it.identity.IdentityRealm.CONTACT;
import static io.assent.it.identity.IdentityRealm.PERSON;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.SigningKey;
import io.assent.testing.actor.Staff;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.phone.ContentHash;
import io.assent.testing.server.Database;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that a client asks for one by one (OpenID Connect Core 1.0, section 5.5), in both journeys. */
class AskedClaimsIT {

    private static final List<String> CLAIMS = List.of("given_name", "family_name", "birthdate", "email");

    /** One of the person's in each member, one of the contact's, and one that no permission carries. */
    private static final String SOME = """
            {"id_token":{"given_name":{"essential":true},"email":null,"shoe_size":{"essential":true}},
             "userinfo":{"birthdate":null}}""";

    private static IdentityRealm identity;

    private final Customer customer = identity.newCustomer();
    private final BankApp app = customer.app();
    private final WebClient browser = new WebClient(identity.realm());
    private final Tpp acme = identity.realm().tpp(ACME);

    @BeforeAll
    static void makeTheRealm() {
        identity = new IdentityRealm(Database.POSTGRESQL);
    }

    @AfterAll
    static void removeTheRealm() {
        identity.remove();
    }

    private Answer request(String claims, String... scopes) {
        return acme.request(customer, Map.of("claims", claims), scopes);
    }

    private CodeFlow flow(String claims, String... scopes) {
        return new CodeFlow(acme, CodeFlow.BACK, scopes).with("claims", claims);
    }

    private Tokens byBrowser(CodeFlow flow, String... granted) {
        WebPage page = browser.open(flow, customer);
        return flow.tokens(browser.approve(page, granted).uri());
    }

    /** Wherever something is said about the customer, it is these claims and no others. */
    private void assertTold(Tokens tokens, String... claims) {
        JsonNode introspected = identity.realm().api().introspect(tokens).ok();
        assertThat(introspected.get("active").asBoolean()).isTrue();
        Map.of(
                        "access token", tokens.accessTokenClaims(),
                        "ID token", tokens.idTokenClaims(),
                        "userinfo", acme.userinfo(tokens).ok(),
                        "introspection", introspected)
                .forEach((where, told) -> assertThat(told(told)).as(where).containsExactlyInAnyOrder(claims));
    }

    private void assertToldEverAfter(Tokens tokens, String... claims) {
        assertTold(tokens, claims);
        Tokens refreshed = Tokens.of(acme.refresh(tokens));
        assertTold(refreshed, claims);
        assertTold(Tokens.of(acme.refresh(refreshed)), claims);
    }

    private static Stream<String> told(JsonNode claims) {
        return CLAIMS.stream().filter(claims::hasNonNull);
    }

    @Test
    void byCibaTheyAreAskedByThePermissionsThatCarryThemAndNoOthersAreTold() {
        Asked asked = Asked.of(request(SOME, BALANCES));
        JsonNode request = app.onlyPending();
        assertThat(BankApp.permissions(request)).containsExactlyInAnyOrder(BALANCES, PERSON, CONTACT);

        app.approve(request.get("id").asText(), BALANCES, PERSON, CONTACT).ok();

        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.scope()).contains(BALANCES, PERSON, CONTACT);
        assertToldEverAfter(tokens, "given_name", "birthdate", "email");
    }

    @Test
    void theAppShowsThemMaskedAndSaysThatThereAreNoOthers() {
        request(SOME, BALANCES).ok();
        String id = app.onlyPendingId();
        JsonNode request = app.request(id, "en").ok();
        JsonNode person = permission(request, PERSON);

        assertThat(person.get("detail").asText())
                .contains("Date of birth")
                .contains("First name")
                .doesNotContain("Family name");
        assertThat(person.get("claims").findValuesAsText("name")).containsExactly("birthdate", "given_name");
        assertThat(person.get("claims").findValuesAsText("value")).containsExactly("12 ••• 19••", "F•••");
        assertThat(permission(request, CONTACT).at("/claims/0/value").asText()).endsWith("@e•••.com");
        assertThat(permission(request, BALANCES).get("claims")).isEmpty();
        assertThat(request.get("contentHash").asText()).isEqualTo(ContentHash.of(request));
        assertThat(request.toString()).doesNotContain("1980").doesNotContain("Firstname");
    }

    @Test
    void aClientPolicyThatLooksAtClientScopesSeesThemToo() {
        IdentityRealm strict = new IdentityRealm(Database.POSTGRESQL);
        try {
            strict.realm().admin().refuseScope(strict.realm().name(), PERSON);
            Tpp tpp = strict.realm().tpp(ACME);
            Customer anybody = strict.newCustomer();
            String person = "{\"userinfo\":{\"given_name\":null}}";
            String contact = "{\"userinfo\":{\"email\":null}}";

            assertThat(tpp.request(anybody, Map.of("claims", person), BALANCES).error())
                    .isEqualTo("invalid_request");
            tpp.request(anybody, Map.of("claims", contact), BALANCES).ok();
            WebClient web = new WebClient(strict.realm());
            CodeFlow refused = new CodeFlow(tpp, CodeFlow.BACK, BALANCES).with("claims", person);
            assertThat(refused.error(web.open(refused.authorizationUri()).uri()))
                    .isEqualTo("invalid_request");
            CodeFlow asked = new CodeFlow(tpp, CodeFlow.BACK, BALANCES).with("claims", contact);
            assertThat(web.open(asked, anybody).permissions()).contains(IdentityRealm.CONTACT);
        } finally {
            strict.remove();
        }
    }

    @Test
    void whatAClientDemandedIsForgottenWithItsCustomer() {
        Asked asked = Asked.of(request("{\"userinfo\":{\"birthdate\":{\"value\":\"1981-02-03\"}}}", BALANCES));
        app.approve(app.onlyPendingId(), BALANCES, PERSON).ok();
        Tokens.of(acme.poll(asked));
        assertThat(rowsWith("CONSENT_REQUEST", "1981-02-03")).isEqualTo(1);
        assertThat(rowsWith("CONSENT", "1981-02-03")).isEqualTo(1);

        identity.realm().admin().removeUser(identity.realm().name(), customer.id());

        assertThat(rowsWith("CONSENT_REQUEST", "1981-02-03")).isZero();
        assertThat(rowsWith("CONSENT", "1981-02-03")).isZero();
    }

    private static long rowsWith(String table, String value) {
        return Postgres.count(
                Servers.shared(Database.POSTGRESQL).databaseName(), table, "CLAIMS like '%" + value + "%'");
    }

    @Test
    void aRefreshTokenTellsItsOwnClientNoMore() {
        Asked asked = Asked.of(request("{\"userinfo\":{\"given_name\":null}}", BALANCES));
        app.approve(app.onlyPendingId(), BALANCES, PERSON).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));

        JsonNode told = acme.post(
                        "/protocol/openid-connect/token/introspect",
                        Map.of("token", tokens.refreshToken(), "token_type_hint", "refresh_token"))
                .ok();

        assertThat(told.get("active").asBoolean()).isTrue();
        assertThat(told(told)).containsExactly("given_name");
        app.withdraw(app.onlyConsent().get("id").asText()).ok();
        assertThat(acme.post(
                                "/protocol/openid-connect/token/introspect",
                                Map.of("token", tokens.refreshToken(), "token_type_hint", "refresh_token"))
                        .ok()
                        .get("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whatTheClientHasByDefaultIsNotToldOnceItIsTakenBack() {
        Tpp byDefault = identity.realm().newTpp(ACME, client -> {
            client.withArrayProperty("defaultClientScopes").add(PERSON);
            ArrayNode optional = client.withArrayProperty("optionalClientScopes");
            for (int at = optional.size() - 1; at >= 0; at--) {
                if (optional.get(at).asText().equals(PERSON)) {
                    optional.remove(at);
                }
            }
        });
        Asked asked = byDefault.ask(customer, BALANCES);
        app.approve(app.onlyPendingId(), BALANCES, PERSON).ok();
        Tokens tokens = Tokens.of(byDefault.poll(asked));
        assertThat(told(byDefault.userinfo(tokens).ok())).contains("given_name", "birthdate");

        app.narrow(app.onlyConsent().get("id").asText(), BALANCES).ok();

        Tokens refreshed = Tokens.of(byDefault.refresh(tokens));
        for (Tokens any : List.of(tokens, refreshed)) {
            assertThat(told(byDefault.userinfo(any).ok())).isEmpty();
            assertThat(told(identity.realm().api().introspect(any).ok())).isEmpty();
        }
    }

    private static JsonNode permission(JsonNode request, String scope) {
        return Stream.of(request.get("groups"))
                .flatMap(groups -> groups.findValues("permissions").stream())
                .flatMap(permissions -> permissions.findParents("scope").stream())
                .filter(permission -> permission.get("scope").asText().equals(scope))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void byCibaWhatTheCustomerLeavesOutIsInNothing() {
        Asked asked = Asked.of(request(SOME, BALANCES));

        app.approve(app.onlyPendingId(), BALANCES, CONTACT).ok();

        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.scope()).doesNotContain(PERSON);
        assertToldEverAfter(tokens, "email");
    }

    @Test
    void byBrowserTheSame() {
        CodeFlow flow = flow(SOME, BALANCES);
        WebPage page = browser.open(flow, customer);
        assertThat(page.permissions()).containsExactlyInAnyOrder(BALANCES, PERSON, CONTACT);
        assertThat(page.html().text()).contains("12 ••• 19••", "First name").doesNotContain("Family name");

        Tokens tokens = flow.tokens(browser.approve(page, BALANCES, PERSON).uri());

        assertThat(tokens.scope()).contains(BALANCES, PERSON).doesNotContain(CONTACT);
        assertToldEverAfter(tokens, "given_name", "birthdate");
    }

    @Test
    void byBrowserOneWhoLeavesAllOfThemOutIsNotAskedTwice() {
        CodeFlow flow = flow(SOME, BALANCES);
        WebPage answered = browser.approve(browser.open(flow, customer), BALANCES);

        assertThat(answered.left()).isTrue();
        assertToldEverAfter(flow.tokens(answered.uri()));
    }

    @Test
    void aPushedRequestAsksForTheSame() {
        CodeFlow flow = flow("{\"userinfo\":{\"birthdate\":null}}", BALANCES);
        WebPage page = browser.logIn(browser.open(flow.pushedAuthorizationUri()), customer);

        assertToldEverAfter(flow.tokens(browser.approve(page, BALANCES, PERSON).uri()), "birthdate");
    }

    @Test
    void aSignedBackchannelRequestAsksForTheSame() {
        SigningKey key = SigningKey.generate();
        Tpp signer = identity.realm().newTpp(ACME, key::signsBackchannelRequestsOf);
        ObjectNode claims = signer.requestClaims(customer, BALANCES).put("binding_message", "KR-4711");
        claims.set("claims", Http.parse("{\"userinfo\":{\"birthdate\":null}}"));
        Asked asked = Asked.of(signer.backchannel(Map.of("request", key.sign(claims))));
        String id = app.onlyPendingId();

        app.approve(id).ok();

        Tokens tokens = Tokens.of(signer.poll(asked));
        assertThat(told(tokens.idTokenClaims())).containsExactly("birthdate");
        assertThat(told(signer.userinfo(tokens).ok())).containsExactly("birthdate");
    }

    @Test
    void whatWasGrantedInPartIsAskedForWhereMoreIsWanted() {
        Tokens some = byBrowser(flow("{\"userinfo\":{\"birthdate\":null}}", BALANCES), BALANCES, PERSON);
        assertTold(some, "birthdate");

        CodeFlow same = flow("{\"id_token\":{\"birthdate\":null}}", BALANCES);
        WebPage unasked = browser.open(same.authorizationUri());
        assertThat(unasked.left()).isTrue();
        assertTold(same.tokens(unasked.uri()), "birthdate");

        CodeFlow more = flow("{\"id_token\":{\"family_name\":null}}", BALANCES);
        WebPage page = browser.open(more.authorizationUri());
        assertThat(page.permissions()).containsExactly(PERSON);
        Tokens both = more.tokens(browser.approve(page, PERSON).uri());
        assertTold(both, "birthdate", "family_name");

        CodeFlow whole = new CodeFlow(acme, CodeFlow.BACK, BALANCES, PERSON);
        WebPage again = browser.open(whole.authorizationUri());
        assertThat(again.permissions()).containsExactly(PERSON);
        assertTold(whole.tokens(browser.approve(again, PERSON).uri()), "birthdate", "family_name", "given_name");
    }

    @Test
    void aNoToOneClaimMoreTakesNoOtherBack() {
        Tokens some = byBrowser(flow("{\"userinfo\":{\"birthdate\":null}}", BALANCES), BALANCES, PERSON);

        CodeFlow more = flow("{\"id_token\":{\"family_name\":null}}", BALANCES);
        WebPage page = browser.open(more.authorizationUri());
        assertThat(page.permissions()).containsExactly(PERSON);
        Tokens nothingMore = more.tokens(browser.approve(page).uri());

        assertThat(nothingMore.accessTokenScope()).contains(BALANCES).doesNotContain(PERSON);
        assertTold(Tokens.of(acme.refresh(some)), "birthdate");

        request("{\"userinfo\":{\"family_name\":null}}").ok();
        app.deny(app.onlyPendingId()).ok();
        assertThat(BankApp.permissions(app.onlyConsent())).containsExactlyInAnyOrder(BALANCES, PERSON);
        assertTold(Tokens.of(acme.refresh(some)), "birthdate");

        request("{\"userinfo\":{\"birthdate\":null}}").ok();
        app.deny(app.onlyPendingId()).ok();
        assertThat(BankApp.permissions(app.onlyConsent())).containsExactly(BALANCES);
    }

    @Test
    void whatWasGrantedByCibaIsToldInTheBrowserToo() {
        byBrowser(flow("{\"userinfo\":{\"birthdate\":null}}", BALANCES), BALANCES, PERSON);
        Asked asked = Asked.of(request("{\"userinfo\":{\"family_name\":null}}", BALANCES));
        app.approve(app.onlyPendingId(), BALANCES, PERSON).ok();
        Tokens.of(acme.poll(asked));

        CodeFlow login = flow("{\"id_token\":{\"family_name\":null}}", BALANCES);
        WebPage unasked = browser.open(login.authorizationUri());

        assertThat(unasked.left()).isTrue();
        assertTold(login.tokens(unasked.uri()), "birthdate", "family_name");
    }

    @Test
    void oneClaimMoreProlongsNoOther() {
        Asked first = Asked.of(request("{\"userinfo\":{\"birthdate\":null}}"));
        app.approve(app.onlyPendingId(), PERSON).ok();
        String grantId = Tokens.of(acme.poll(first)).response().get("grant_id").asText();
        String end = app.onlyConsent().get("validUntil").asText();

        Asked more = Asked.of(acme.request(
                customer,
                Map.of(
                        "claims",
                        "{\"userinfo\":{\"family_name\":null}}",
                        "grant_management_action",
                        "merge",
                        "grant_id",
                        grantId)));
        app.approve(app.onlyPendingId(), PERSON).ok();

        assertToldEverAfter(Tokens.of(acme.poll(more)), "birthdate", "family_name");
        assertThat(app.onlyConsent().get("validUntil").asText()).isEqualTo(end);
    }

    @Test
    void whatAClientGetsByDefaultSinceIsNotToldByItsOldTokens() {
        Tpp tpp = identity.realm().newTpp(ACME, client -> {});
        CodeFlow login = new CodeFlow(tpp, CodeFlow.BACK);
        Tokens tokens = login.tokens(browser.open(login, customer).uri());

        identity.realm().admin().assignScope(identity.realm().name(), tpp.clientId(), PERSON, "default");

        assertTold(tokens);
    }

    @Test
    void aQuestionForOtherClaimsLeavesTheOpenOneAsItIs() {
        Asked name = Asked.of(inTheSameWords("given_name"));
        Asked birthdate = Asked.of(inTheSameWords("birthdate"));

        assertThat(app.pending()).hasSize(2);
        assertThat(acme.poll(name).error()).isEqualTo("authorization_pending");
        inTheSameWords("given_name").ok();
        assertThat(app.pending()).hasSize(2);
        assertThat(acme.poll(name).error()).isEqualTo("expired_token");
        assertThat(acme.poll(birthdate).error()).isEqualTo("authorization_pending");
    }

    private Answer inTheSameWords(String claim) {
        return acme.request(
                customer,
                Map.of("claims", "{\"userinfo\":{\"%s\":null}}".formatted(claim), "binding_message", "KR-4711"),
                BALANCES);
    }

    /** Of a permission that is asked for each time, and so by its name alone. */
    @Test
    void whatIsGoodForOneTokenIsToldForThatTokenBesideWhatStands() {
        IdentityRealm once = new IdentityRealm(Database.POSTGRESQL);
        try {
            once.realm().admin().oneTimePermissions(once.realm().name(), PERSON);
            Tpp tpp = once.realm().tpp(ACME);
            Customer one = once.newCustomer();
            Asked asked = tpp.ask(one, BALANCES, CONTACT, PERSON);
            one.app()
                    .approve(one.app().onlyPendingId(), BALANCES, CONTACT, PERSON)
                    .ok();
            assertToldOnce(once, tpp, Tokens.of(tpp.poll(asked)));

            Customer other = once.newCustomer();
            WebClient web = new WebClient(once.realm());
            CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, BALANCES, CONTACT, PERSON);
            assertToldOnce(
                    once,
                    tpp,
                    flow.tokens(web.approve(web.open(flow, other), BALANCES, CONTACT, PERSON)
                            .uri()));
        } finally {
            once.remove();
        }
    }

    private static void assertToldOnce(IdentityRealm once, Tpp tpp, Tokens tokens) {
        assertThat(tokens.accessTokenScope()).contains(BALANCES, CONTACT, PERSON);
        JsonNode introspected = once.realm().api().introspect(tokens).ok();
        for (JsonNode told : List.of(
                tokens.idTokenClaims(),
                tokens.accessTokenClaims(),
                tpp.userinfo(tokens).ok(),
                introspected)) {
            assertThat(told(told)).containsExactlyInAnyOrderElementsOf(CLAIMS);
        }

        Tokens refreshed = Tokens.of(tpp.refresh(tokens));
        assertThat(told(tpp.userinfo(refreshed).ok())).containsExactly("email");
        assertThat(told(refreshed.idTokenClaims())).containsExactly("email");
    }

    @Test
    void aValueThatIsNotTheCustomersIsNotTold() {
        Asked asked = Asked.of(request("""
                {"id_token":{"birthdate":{"value":"1999-01-01","essential":true},
                             "given_name":{"values":["Alice","Firstname"]}}}""", BALANCES));
        app.approve(app.onlyPendingId(), BALANCES, PERSON).ok();

        assertToldEverAfter(Tokens.of(acme.poll(asked)), "given_name");
    }

    @Test
    void aPermissionThatIsAskedForByItsNameIsForAllThatItCarries() {
        Asked asked = Asked.of(request("{\"id_token\":{\"birthdate\":null}}", PERSON));
        app.approve(app.onlyPendingId(), PERSON).ok();

        assertToldEverAfter(Tokens.of(acme.poll(asked)), "birthdate", "given_name", "family_name");
    }

    @Test
    void aPermissionThatIsTakenBackIsToldNoMore() {
        Asked asked = Asked.of(request(SOME, BALANCES));
        app.approve(app.onlyPendingId(), BALANCES, PERSON, CONTACT).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));

        app.narrow(tokens.response().get("grant_id").asText(), BALANCES, PERSON).ok();

        assertTold(Tokens.of(acme.refresh(tokens)), "given_name", "birthdate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm_by", "valid_until"})
    void aPermissionThatIsTakenBackIsNotToldForAConsentBesideThatStandsNoMore(String over) {
        Asked asked = Asked.of(request(SOME, BALANCES));
        app.approve(app.onlyPendingId(), BALANCES, PERSON, CONTACT).ok();
        Tokens tokens = Tokens.of(acme.poll(asked));
        Asked whole = acme.ask(customer, PERSON);
        app.approve(app.onlyPendingId(), PERSON).ok();
        String beside = Tokens.of(acme.poll(whole)).response().get("grant_id").asText();

        app.narrow(tokens.response().get("grant_id").asText(), BALANCES, CONTACT)
                .ok();
        assertThat(told(acme.userinfo(tokens).ok())).as("by the other one").contains("family_name", "birthdate");
        Postgres.execute(
                Servers.shared(Database.POSTGRESQL).databaseName(),
                "UPDATE consent SET " + over + " = 1 WHERE id = '" + beside + "'");

        assertThat(told(acme.userinfo(tokens).ok())).containsExactly("email");
        assertThat(told(identity.realm().api().introspect(tokens).ok()))
                .doesNotContain("given_name", "family_name", "birthdate");
    }

    @Test
    void aClaimOfARetiredPermissionIsAskedForByNone() {
        IdentityRealm changing = new IdentityRealm(Database.POSTGRESQL);
        try {
            change(changing, "retire", CONTACT, "[]");
            Tpp tpp = changing.realm().tpp(ACME);
            Customer anybody = changing.newCustomer();
            BankApp theirs = anybody.app();

            Asked asked = Asked.of(tpp.request(anybody, Map.of("claims", SOME), BALANCES));
            assertThat(BankApp.permissions(theirs.onlyPending())).containsExactlyInAnyOrder(BALANCES, PERSON);
            theirs.approve(theirs.onlyPendingId(), BALANCES, PERSON).ok();

            Tokens tokens = Tokens.of(tpp.poll(asked));
            assertThat(told(tokens.idTokenClaims())).containsExactlyInAnyOrder("given_name", "birthdate");
            assertThat(told(tpp.userinfo(tokens).ok())).containsExactlyInAnyOrder("given_name", "birthdate");
        } finally {
            changing.remove();
        }
    }

    @Test
    void aClaimOfARenamedPermissionIsAskedForByTheNewOneOnce() {
        IdentityRealm changing = IdentityRealm.withProfile(Database.POSTGRESQL);
        try {
            change(changing, "rename", PERSON, "[\"" + IdentityRealm.PROFILE + "\"]");
            Tpp tpp = changing.realm().tpp(ACME);
            String born = "{\"userinfo\":{\"birthdate\":null}}";
            WebClient web = new WebClient(changing.realm());

            CodeFlow first = new CodeFlow(tpp, CodeFlow.BACK, BALANCES).with("claims", born);
            WebPage page = web.open(first, changing.newCustomer());
            assertThat(page.permissions()).containsExactlyInAnyOrder(BALANCES, IdentityRealm.PROFILE);
            Tokens tokens = first.tokens(
                    web.approve(page, BALANCES, IdentityRealm.PROFILE).uri());
            assertThat(told(tokens.idTokenClaims())).containsExactly("birthdate");

            CodeFlow silent = new CodeFlow(tpp, CodeFlow.BACK, BALANCES)
                    .with("claims", born)
                    .with("prompt", "none");
            WebPage back = web.open(silent.authorizationUri());
            assertThat(back.left()).isTrue();
            assertThat(told(silent.tokens(back.uri()).idTokenClaims())).containsExactly("birthdate");
        } finally {
            changing.remove();
        }
    }

    private static void change(IdentityRealm changing, String kind, String from, String to) {
        Staff.of(changing.realm(), "manage-realm", "manage-clients", "view-users")
                .setChanges(Http.parse("""
                        {"version":0,"changes":[
                          {"id":"change","change":"%s","from":["%s"],"to":%s,"windowDays":30}]}""".formatted(kind, from, to)))
                .ok();
    }

    @Test
    void anExchangeTellsNoMore() {
        identity.realm().admin().updateClient(identity.realm().name(), ACME, client -> client.withObjectProperty(
                        "attributes")
                .put("standard.token.exchange.enabled", "true"));
        Tokens tokens = byBrowser(flow("{\"userinfo\":{\"birthdate\":null}}", BALANCES), BALANCES, PERSON);
        Answer exchanged = acme.exchange(tokens, "openid " + PERSON);
        assertThat(exchanged.error()).isEqualTo("invalid_scope");
        assertThat(exchanged.toString()).doesNotContain("_token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "{\"id_token\":[]}", "{\"id_token\":{\"email\":1}}", "{\"a\":1,\"a\":2}"})
    void whatCantBeReadIsRefusedAndNobodyIsAsked(String claims) {
        assertThat(request(claims, BALANCES).error()).isEqualTo("invalid_request");
        assertThat(app.pending()).isEmpty();
        CodeFlow flow = flow(claims, BALANCES);
        assertThat(flow.error(browser.open(flow.authorizationUri()).uri())).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 4_500})
    void whatIsTooLongIsRefused(int length) {
        String claims = "{\"userinfo\":{\"" + "x".repeat(length) + "\":null}}";
        assertThat(request(claims, BALANCES).error()).isEqualTo("invalid_request");
        CodeFlow flow = flow(claims, BALANCES);
        assertThat(flow.error(browser.open(flow.authorizationUri()).uri())).isEqualTo("invalid_request");
    }

    @Test
    void claimsThatNobodyCarriesChangeNothing() {
        Asked asked = Asked.of(request("{\"userinfo\":{\"shoe_size\":{\"essential\":true}}}", BALANCES));
        assertThat(BankApp.permissions(app.onlyPending())).containsExactly(BALANCES);
        app.approve(app.onlyPendingId(), BALANCES).ok();

        Tokens tokens = Tokens.of(acme.poll(asked));
        assertThat(tokens.accessTokenScope()).doesNotContainAnyElementsOf(Set.of(PERSON, CONTACT));
        assertToldEverAfter(tokens);
    }
}
