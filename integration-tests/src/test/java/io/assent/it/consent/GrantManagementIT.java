package io.assent.it.consent;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
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
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an authorization request makes of the client's grants (Grant Management for OAuth 2.0, draft 03, section 5). */
class GrantManagementIT {

    private static final String ACTION = "grant_management_action";
    private static final String GRANT_ID = "grant_id";
    private static final String INVALID = "invalid_request";
    private static final String UNKNOWN = "invalid_grant_id";

    private final Realm bank = Servers.bank();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private final WebClient browser = new WebClient(bank);

    private Tokens byCiba(Tpp tpp, Map<String, String> parameters, String... scopes) {
        Asked request = Asked.of(tpp.request(customer, parameters, scopes));
        app.approve(app.onlyPendingId(), scopes).ok();
        return Tokens.of(tpp.poll(request));
    }

    private static Map<String, String> action(String action, Tokens of) {
        return Map.of(ACTION, action, GRANT_ID, grantId(of));
    }

    private static String grantId(Tokens tokens) {
        return tokens.response().path("grant_id").asText();
    }

    private Tokens byBrowser(CodeFlow flow, String... scopes) {
        return flow.tokens(browser.approve(browser.open(flow, customer), scopes).uri());
    }

    /** The server tells a token from a session that began after it by the seconds of their times, and allows one. */
    private static void letTwoSecondsPass() {
        Eventually.after(Instant.now().plusMillis(2_100));
    }

    private CodeFlow flow(Map<String, String> parameters, String... scopes) {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, scopes);
        parameters.forEach(flow::with);
        return flow;
    }

    private Set<String> granted(Tokens tokens) {
        return Set.copyOf(BankApp.permissions(app.consent(grantId(tokens)).ok()));
    }

    private static Set<String> permissions(Tokens tokens) {
        Set<String> scope = new HashSet<>(tokens.accessTokenScope());
        scope.remove("openid");
        return scope;
    }

    @Nested
    @DisplayName("CIBA")
    class Ciba {

        @Test
        void whatIsCreatedStandsBesideTheOthers() {
            Tokens first = byCiba(acme, Map.of(), BALANCES);
            Tokens second = byCiba(acme, Map.of(ACTION, "create"), TRANSACTIONS);

            assertThat(grantId(second)).isNotEmpty().isNotEqualTo(grantId(first));
            acme.assertAlive(first);
            acme.assertAlive(second);
        }

        @ParameterizedTest
        @EnumSource(Database.class)
        void aMergeAddsToTheGrantAndItsTokensAreForAllOfIt(Database database) {
            Realm realm = Servers.bank(database);
            Tpp tpp = realm.tpp(ACME);
            Customer one = realm.newCustomer();
            BankApp theirs = one.app();
            Asked asked = tpp.ask(one, BALANCES);
            theirs.approve(theirs.onlyPendingId()).ok();
            Tokens before = Tokens.of(tpp.poll(asked));

            Asked merge = Asked.of(tpp.request(one, action("merge", before), TRANSACTIONS));
            theirs.approve(theirs.onlyPendingId()).ok();
            assertThat(realm.api().introspect(before).ok().get("active").asBoolean())
                    .isTrue();
            Tokens after = Tokens.of(tpp.poll(merge));

            assertThat(grantId(after)).isEqualTo(grantId(before));
            assertThat(permissions(after)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(permissions(Tokens.of(tpp.refresh(after)))).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(BankApp.permissions(theirs.onlyConsent())).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(realm.api().introspect(before).ok().get("active").asBoolean())
                    .isFalse();
            assertThat(tpp.refresh(before).error()).isEqualTo("invalid_grant");
            theirs.withdraw(grantId(after)).ok();
            assertThat(realm.api().introspect(after).ok().get("active").asBoolean())
                    .isFalse();
        }

        @Test
        void aReplacementIsForWhatIsGrantedNow() {
            Tokens before = byCiba(acme, Map.of(), BALANCES, DETAILS);
            Tokens other = byCiba(acme, Map.of(), DETAILS);

            Tokens after = byCiba(acme, action("replace", before), TRANSACTIONS);

            assertThat(grantId(after)).isEqualTo(grantId(before));
            assertThat(permissions(after)).containsExactly(TRANSACTIONS);
            assertThat(granted(after)).containsExactly(TRANSACTIONS);
            acme.assertDead(before);
            acme.assertAlive(after);
            acme.assertAlive(other);
            assertThat(bank.admin().grantedScopes(bank.name(), customer.id(), ACME))
                    .containsExactlyInAnyOrder(DETAILS, TRANSACTIONS);
        }

        @Test
        void aGrantOfTheBrowserIsChangedToo() {
            Tokens before = byBrowser(flow(Map.of(), BALANCES), BALANCES);

            Tokens after = byCiba(acme, action("merge", before), TRANSACTIONS);

            assertThat(grantId(after)).isEqualTo(grantId(before));
            assertThat(permissions(after)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            acme.assertDead(before);
            acme.assertAlive(after);
        }

        @Test
        void whatTheClientSendsBesidesMakesItNotBeOverlooked() {
            Tokens before = byCiba(acme, Map.of(), BALANCES);
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int more = 0; more < 20; more++) {
                parameters.put("more-" + more, "x");
            }
            parameters.putAll(action("replace", before));

            Tokens after = byCiba(acme, parameters, TRANSACTIONS);

            assertThat(grantId(after)).isEqualTo(grantId(before));
            assertThat(granted(after)).containsExactly(TRANSACTIONS);
        }

        @Test
        void aSignedRequestSaysItWithinWhatIsSigned() {
            SigningKey key = SigningKey.generate();
            Tpp signer = bank.newTpp(ACME, key::signsBackchannelRequestsOf);
            Tokens before = byCiba(signer, Map.of(), BALANCES);
            ObjectNode claims = signer.requestClaims(customer, TRANSACTIONS)
                    .put(ACTION, "replace")
                    .put(GRANT_ID, grantId(before));

            Asked asked = Asked.of(signed(signer, key.sign(claims), Map.of()));
            app.approve(app.onlyPendingId()).ok();
            Tokens after = Tokens.of(signer.poll(asked));

            assertThat(grantId(after)).isEqualTo(grantId(before));
            assertThat(granted(after)).containsExactly(TRANSACTIONS);
            Answer outside =
                    signed(signer, key.sign(claims.without(List.of(ACTION, GRANT_ID))), action("merge", after));
            assertThat(outside.error()).as(outside.toString()).isEqualTo(INVALID);
            claims.putArray(ACTION).add("merge");
            Answer list = signed(signer, key.sign(claims.put(GRANT_ID, grantId(after))), Map.of());
            assertThat(list.error()).as(list.toString()).isEqualTo(INVALID);
        }

        private Answer signed(Tpp tpp, String request, Map<String, String> outside) {
            Map<String, String> parameters = new LinkedHashMap<>(outside);
            parameters.put("request", request);
            return tpp.post("/protocol/openid-connect/ext/ciba/auth", parameters);
        }

        @Test
        void aNoChangesNothingOfTheGrant() {
            Tokens before = byCiba(acme, Map.of(), BALANCES);

            Asked asked = Asked.of(acme.request(customer, action("replace", before), TRANSACTIONS));
            app.deny(app.onlyPendingId()).ok();

            assertThat(acme.poll(asked).error()).isEqualTo("access_denied");
            assertThat(granted(before)).containsExactly(BALANCES);
            acme.assertAlive(before);
        }

        @Test
        void whatTheClientGivesBackTakesNothingAlongThatTheCustomerGrantedSince() {
            Tokens before = byCiba(acme, Map.of(), BALANCES);
            Asked renewal = acme.ask(customer, BALANCES);
            app.approve(app.onlyPendingId(), BALANCES).ok();

            assertThat(new BankApp(bank, acme.ownToken("grant_management_revoke"))
                            .call("DELETE", "/grants/{id}", "/grants/" + grantId(before))
                            .status())
                    .isEqualTo(204);

            Tokens after = Tokens.of(acme.poll(renewal));
            assertThat(permissions(after)).containsExactly(BALANCES);
            acme.assertAlive(after);
            acme.assertDead(before);
        }

        private Map<String, String> sameWords(String action, Tokens of) {
            Map<String, String> parameters = new HashMap<>(action(action, of));
            parameters.put("binding_message", "KR-4711");
            return parameters;
        }

        @Test
        void whatIsAskedForAnotherGrantIsAnotherQuestion() {
            Tokens one = byCiba(acme, Map.of(), BALANCES);
            Tokens other = byCiba(acme, Map.of(), TRANSACTIONS);
            Asked ofOne = Asked.of(acme.request(customer, sameWords("merge", one), DETAILS));
            Asked ofOther = Asked.of(acme.request(customer, sameWords("merge", other), DETAILS));

            assertThat(app.pending()).hasSize(2);
            Asked again = Asked.of(acme.request(customer, sameWords("merge", other), DETAILS));
            assertThat(acme.poll(ofOther).error()).isEqualTo("expired_token");
            assertThat(acme.poll(ofOne).error()).isEqualTo("authorization_pending");
            assertThat(acme.poll(again).error()).isEqualTo("authorization_pending");
        }

        @Test
        void whatEndsBeforeItIsFetchedIsNotGrantedAnew() {
            Tokens before = byCiba(acme, Map.of(), BALANCES);
            Asked asked = Asked.of(acme.request(customer, action("merge", before), TRANSACTIONS));
            app.approve(app.onlyPendingId()).ok();

            app.withdraw(grantId(before)).ok();

            for (int poll = 0; poll < 2; poll++) {
                Answer answer = acme.poll(asked);
                assertThat(answer.error()).as(answer.toString()).isEqualTo("invalid_grant");
            }
            assertThat(app.consents("?status=live").list()).isEmpty();
            assertThat(bank.admin().grantedScopes(bank.name(), customer.id(), ACME))
                    .isEmpty();
        }

        @Test
        void whatMakesNoSenseIsRefusedAndNobodyIsAsked() {
            Tokens tokens = byCiba(acme, Map.of(), BALANCES);
            Tokens ended = byCiba(acme, Map.of(), DETAILS);
            app.withdraw(grantId(ended)).ok();
            Tokens strangers = byCiba(bank.newTpp(ACME, client -> {}), Map.of(), BALANCES);
            Customer other = bank.newCustomer();
            Asked othersRequest = acme.ask(other, BALANCES);
            BankApp othersApp = other.app();
            othersApp.approve(othersApp.onlyPendingId()).ok();
            Tokens others = Tokens.of(acme.poll(othersRequest));

            assertRefused(Map.of(ACTION, "update"), INVALID);
            assertRefused(action("update", tokens), INVALID);
            assertRefused(Map.of(ACTION, "merge"), INVALID);
            assertRefused(Map.of(ACTION, "replace"), INVALID);
            assertRefused(action("create", tokens), INVALID);
            assertRefused(Map.of(GRANT_ID, grantId(tokens)), INVALID);
            assertRefused(action("merge", ended), UNKNOWN);
            assertRefused(action("merge", strangers), UNKNOWN);
            assertRefused(action("merge", others), UNKNOWN);
            assertRefused(Map.of(ACTION, "replace", GRANT_ID, UUID.randomUUID().toString()), UNKNOWN);
            assertRefused(Map.of(ACTION, "replace", GRANT_ID, "no-id"), UNKNOWN);
            assertRefused(Map.of(ACTION, "replace", GRANT_ID, "x".repeat(10_000)), UNKNOWN);
            Answer nothing = acme.request(customer, action("merge", tokens));
            assertThat(nothing.error()).as(nothing.toString()).isEqualTo(INVALID);
            assertThat(app.pending()).isEmpty();
            acme.assertAlive(tokens);
            acme.assertAlive(others);
        }

        @Test
        void whatIsGoodForOneTokenIsNoPartOfAGrantThatStands() {
            String once = "accounts.once-" + UUID.randomUUID();
            ObjectNode scope = Http.object().put("name", once).put("protocol", "openid-connect");
            scope.withObjectProperty("attributes")
                    .put("display.on.consent.screen", "true")
                    .put("include.in.token.scope", "true")
                    .put("always.display.consent", "true");
            String id = bank.admin().createScope(bank.name(), scope);
            try {
                Tpp tpp = bank.newTpp(ACME, client -> client.withArrayProperty("optionalClientScopes")
                        .add(once));
                Tokens tokens = byCiba(tpp, Map.of(), BALANCES);

                Answer answer = tpp.request(customer, action("merge", tokens), TRANSACTIONS, once);

                assertThat(answer.error()).as(answer.toString()).isEqualTo(INVALID);
                assertThat(app.pending()).isEmpty();
            } finally {
                bank.admin().removeScope(bank.name(), id);
            }
        }

        @Test
        void nothingIsAddedToWhatIsForOnePurpose() {
            Tpp own = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                    .put("authorization_details_types", "personal_access"));
            Map<String, String> more = new HashMap<>(action("merge", byCiba(own, Map.of(), BALANCES)));
            more.put("authorization_details", "[{\"type\":\"personal_access\",\"name\":\"My script\"}]");

            Answer answer = own.request(customer, more, TRANSACTIONS);

            assertThat(answer.error()).as(answer.toString()).isEqualTo(INVALID);
            assertThat(app.pending()).isEmpty();
        }

        private void assertRefused(Map<String, String> parameters, String error) {
            Answer answer = acme.request(customer, parameters, TRANSACTIONS);
            assertThat(answer.status()).as("%s: %s", parameters, answer).isEqualTo(400);
            assertThat(answer.error()).as("%s: %s", parameters, answer).isEqualTo(error);
            assertThat(app.pending()).isEmpty();
        }
    }

    @Nested
    @DisplayName("browser")
    class InTheBrowser {

        @Test
        void whatIsCreatedIsTheOneGrantOfTheBrowser() {
            Tokens first = byBrowser(flow(Map.of(), BALANCES), BALANCES);
            Tokens second = byBrowser(flow(Map.of(ACTION, "create"), TRANSACTIONS), TRANSACTIONS);

            assertThat(grantId(second)).isEqualTo(grantId(first));
            assertThat(granted(second)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
        }

        @Test
        void aMergeAddsToTheGrantAndItsTokensAreForAllOfIt() {
            Tokens before = byBrowser(flow(Map.of(), BALANCES), BALANCES);
            letTwoSecondsPass();

            Tokens after = byBrowser(flow(action("merge", before), TRANSACTIONS), TRANSACTIONS);

            assertThat(grantId(after)).isEqualTo(grantId(before));
            assertThat(permissions(after)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            assertThat(granted(after)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
            acme.assertDead(before);
            acme.assertAlive(after);
        }

        @Test
        void aReplacementIsForWhatIsGrantedNow() {
            Tokens before = byBrowser(flow(Map.of(), BALANCES, DETAILS), BALANCES, DETAILS);
            Tokens byCiba = byCiba(acme, Map.of(), BALANCES);
            letTwoSecondsPass();

            Tokens after = byBrowser(flow(action("replace", before), TRANSACTIONS), TRANSACTIONS);

            assertThat(grantId(after)).isEqualTo(grantId(before));
            assertThat(permissions(after)).containsExactly(TRANSACTIONS);
            assertThat(granted(after)).containsExactly(TRANSACTIONS);
            acme.assertDead(before);
            acme.assertAlive(after);
            acme.assertAlive(byCiba);
        }

        @Test
        void whatNeedsNoQuestionIsDoneWithoutAPage() {
            Tokens before = byBrowser(flow(Map.of(), BALANCES, DETAILS), BALANCES, DETAILS);
            letTwoSecondsPass();

            CodeFlow narrower = flow(action("replace", before), BALANCES).with("prompt", "none");
            Tokens after =
                    narrower.tokens(browser.open(narrower.authorizationUri()).uri());

            assertThat(grantId(after)).isEqualTo(grantId(before));
            assertThat(granted(after)).containsExactly(BALANCES);
            acme.assertDead(before);
            acme.assertAlive(after);
        }

        @Test
        void aPushedRequestAndASignedOneAreReadAlike() {
            Tokens first = byBrowser(flow(Map.of(), BALANCES), BALANCES);
            CodeFlow pushed = flow(action("merge", first), TRANSACTIONS);
            for (int more = 0; more < 20; more++) {
                pushed.with("more-" + more, "x");
            }
            Tokens second = pushed.tokens(browser.approve(
                            browser.logIn(browser.open(pushed.pushedAuthorizationUri()), customer), TRANSACTIONS)
                    .uri());
            assertThat(grantId(second)).isEqualTo(grantId(first));
            assertThat(granted(second)).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);

            CodeFlow signed = signed(action("replace", second), DETAILS);
            Tokens third = byBrowser(signed, DETAILS);
            assertThat(grantId(third)).isEqualTo(grantId(first));
            assertThat(granted(third)).containsExactly(DETAILS);

            CodeFlow both = signed(action("merge", third), BALANCES);
            Tokens fourth = both.tokens(browser.approve(browser.open(both.pushedAuthorizationUri()), BALANCES)
                    .uri());
            assertThat(grantId(fourth)).isEqualTo(grantId(first));
            assertThat(granted(fourth)).containsExactlyInAnyOrder(DETAILS, BALANCES);

            CodeFlow outside = signed(Map.of(), TRANSACTIONS);
            action("replace", fourth).forEach(outside::with);
            assertRefused(outside, INVALID);
        }

        private CodeFlow signed(Map<String, String> parameters, String... scopes) {
            CodeFlow flow = flow(parameters, scopes);
            String object = SharedSecretJwt.sign(
                    acme.secret(), flow.requestObject(bank.uri("").toString()));
            return flow.without(ACTION).without(GRANT_ID).with("request", object);
        }

        @Test
        void whatMakesNoSenseIsRefusedBeforeAnybodyIsAsked() {
            Tokens tokens = byBrowser(flow(Map.of(), BALANCES), BALANCES);
            Tokens byCiba = byCiba(acme, Map.of(), BALANCES);
            Tokens strangers = byCiba(bank.newTpp(ACME, client -> {}), Map.of(), BALANCES);

            assertRefused(flow(Map.of(ACTION, "update"), TRANSACTIONS), INVALID);
            assertRefused(flow(Map.of(ACTION, "merge"), TRANSACTIONS), INVALID);
            assertRefused(flow(action("create", tokens), TRANSACTIONS), INVALID);
            assertRefused(flow(Map.of(GRANT_ID, grantId(tokens)), TRANSACTIONS), INVALID);
            assertRefused(flow(action("merge", byCiba), TRANSACTIONS), INVALID);
            assertRefused(flow(action("merge", tokens)), INVALID);
            assertRefused(flow(action("merge", strangers), TRANSACTIONS), UNKNOWN);
            assertRefused(
                    flow(Map.of(ACTION, "replace", GRANT_ID, UUID.randomUUID().toString()), TRANSACTIONS), UNKNOWN);
            assertRefused(flow(Map.of(ACTION, "replace", GRANT_ID, "no-id"), TRANSACTIONS), UNKNOWN);
            acme.assertAlive(tokens);
            acme.assertAlive(byCiba);
        }

        private void assertRefused(CodeFlow flow, String error) {
            Answer pushed = flow.push();
            assertThat(pushed.status()).as(pushed.toString()).isEqualTo(400);
            assertThat(pushed.error()).as(pushed.toString()).isEqualTo(error);
            assertThat(flow.error(
                            new WebClient(bank).open(flow.authorizationUri()).uri()))
                    .isEqualTo(error);
        }

        @Test
        void aPushedRequestIsNotChangedOnItsWay() {
            Tokens tokens = byBrowser(flow(Map.of(), BALANCES), BALANCES);
            CodeFlow pushed = flow(Map.of(), TRANSACTIONS);

            String uri =
                    pushed.pushedAuthorizationUri() + "&" + ACTION + "=replace&" + GRANT_ID + "=" + grantId(tokens);

            assertThat(pushed.error(browser.open(URI.create(uri)).uri())).isEqualTo(INVALID);
            acme.assertAlive(tokens);
        }

        @Test
        void anotherCustomersGrantIsRefusedAfterTheLogin() {
            Tokens tokens = byBrowser(flow(Map.of(), BALANCES), BALANCES);
            Customer other = bank.newCustomer();
            WebClient elsewhere = new WebClient(bank);
            CodeFlow flow = flow(action("merge", tokens), TRANSACTIONS);

            WebPage back = elsewhere.open(flow, other);

            assertThat(back.left()).isTrue();
            assertThat(flow.error(back.uri())).isEqualTo(UNKNOWN);
            acme.assertAlive(tokens);
            assertThat(granted(tokens)).containsExactly(BALANCES);
            assertThat(other.app().consents("").list()).isEmpty();
        }

        @Test
        void whatEndsWhileTheCustomerReadsIsNotChanged() {
            Tokens tokens = byBrowser(flow(Map.of(), BALANCES), BALANCES);
            CodeFlow flow = flow(action("merge", tokens), TRANSACTIONS);
            WebPage question = browser.open(flow.authorizationUri());

            app.withdraw(grantId(tokens)).ok();

            assertThat(flow.error(browser.approve(question, TRANSACTIONS).uri()))
                    .isNotEmpty();
            assertThat(app.consents("?status=live").list()).isEmpty();
        }

        @Test
        void aDeviceSaysNothingOfGrants() {
            Tpp device = bank.newTpp(ACME, client -> client.withObjectProperty("attributes")
                    .put("oauth2.device.authorization.grant.enabled", "true"));
            List<Answer> answers = new ArrayList<>();
            for (String action : List.of("create", "merge")) {
                answers.add(device.post(
                        "/protocol/openid-connect/auth/device", Map.of("scope", "openid " + BALANCES, ACTION, action)));
            }

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
                JsonNode body = answer.json();
                assertThat(body.path("error").asText()).isEqualTo(INVALID);
            });
        }
    }
}
