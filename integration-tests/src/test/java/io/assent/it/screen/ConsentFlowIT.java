package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The redirect flow with the consent screen: what OpenID Connect promises of it, and what the customer chose. */
class ConsentFlowIT {

    private final Realm bank = Servers.bank();
    private final Admin admin = bank.admin();
    private final Customer customer = bank.newCustomer();
    private final WebClient browser = new WebClient(bank);
    private final Tpp acme = bank.tpp(ACME);
    private Tpp made;

    @AfterEach
    void removeTpp() {
        if (made != null) {
            admin.removeClient(bank.name(), made.clientId());
        }
    }

    /** What the TPP gets for each answer. */
    @Nested
    class TheAnswer {

        @Test
        void tokensRefreshedTokensIntrospectionAndStoredConsentCarryExactlyTheSelection() {
            CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);

            WebPage page = browser.open(flow, customer);
            assertThat(page.permissions()).containsExactly(BALANCES, TRANSACTIONS);
            assertThat(page.fields()).doesNotContainKey("permission");
            Tokens tokens = flow.tokens(browser.approve(page, BALANCES).uri());

            assertGranted(acme, tokens, BALANCES);
            assertGranted(acme, Tokens.of(acme.refresh(tokens)), BALANCES);
            assertThat(consents()).containsExactly(BALANCES);
        }

        @Test
        void aPushedAuthorizationRequestIsAskedForAlike() {
            CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);

            WebPage page = browser.logIn(browser.open(flow.pushedAuthorizationUri()), customer);
            Tokens tokens = flow.tokens(browser.approve(page, TRANSACTIONS).uri());

            assertGranted(acme, tokens, TRANSACTIONS);
        }

        @Test
        void theTppIsToldWhenTheCustomerDenies() {
            CodeFlow flow = flow(acme, BALANCES);

            WebPage back = browser.deny(browser.open(flow, customer));

            assertThat(flow.error(back.uri())).isEqualTo("access_denied");
            assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
        }

        @Test
        void theDecisionIsPartOfTheCustomersHistory() {
            CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);
            browser.approve(browser.open(flow, customer), BALANCES);
            browser.deny(browser.open(flow(acme, DETAILS), customer));

            BankApp app = customer.app();
            JsonNode approved = app.requests("?status=approved").list().get(0);
            assertThat(approved.get("channel").asText()).isEqualTo("redirect");
            assertThat(approved.get("client").get("clientId").asText()).isEqualTo(ACME);
            assertThat(BankApp.permissions(approved)).containsExactly(BALANCES, TRANSACTIONS);
            assertThat(approved.at("/decision/grantedScopes")).hasSize(1);
            JsonNode denied = app.requests("?status=denied").list().get(0);
            assertThat(BankApp.permissions(denied)).containsExactly(DETAILS);
        }

        @Test
        void aRequiredPermissionComesAlong() {
            Tpp orbit = bank.tpp(ORBIT);
            CodeFlow flow = flow(orbit, BALANCES);

            WebPage page = browser.open(flow, customer);
            assertThat(page.fields().get("permission")).containsExactly(PAYMENTS);
            Tokens tokens = flow.tokens(browser.approve(page).uri());

            assertGranted(orbit, tokens, PAYMENTS);
        }

        @Test
        void aTppOfAllOrNothingGetsAll() {
            Tpp globe = bank.tpp("globe-aisp");
            CodeFlow flow = flow(globe, BALANCES, "identity.name");

            WebPage page = browser.open(flow, customer);
            assertThat(page.permissions()).isEmpty();
            Tokens tokens = flow.tokens(browser.approve(page).uri());

            assertGranted(globe, tokens, DETAILS, BALANCES, "identity.name");
        }
    }

    /** What is asked of a customer who has answered before. */
    @Nested
    class TheNextTime {

        @Test
        void theSameAgainIsNotAskedAgain() {
            CodeFlow first = flow(acme, BALANCES);
            browser.approve(browser.open(first, customer));

            approved(acme, customer, BALANCES);
            CodeFlow second = flow(acme, BALANCES);
            WebPage back = browser.open(second, customer);

            assertThat(back.left()).isTrue();
            assertGranted(acme, second.tokens(back.uri()), BALANCES);
        }

        @Test
        void onlyWhatIsNewIsAskedAndTheRestIsShownAsGranted() {
            approved(acme, customer, BALANCES);
            CodeFlow more = flow(acme, BALANCES, TRANSACTIONS, DETAILS);

            WebPage page = browser.open(more, customer);
            assertThat(page.permissions()).containsExactly(DETAILS, TRANSACTIONS);
            assertThat(page.html().text()).contains("See your balances");
            Tokens tokens = more.tokens(browser.approve(page, DETAILS).uri());

            assertGranted(acme, tokens, BALANCES, DETAILS);
            assertThat(consents()).containsExactlyInAnyOrder(BALANCES, DETAILS);
        }

        @Test
        void aCustomerMayGoOnWithWhatWasGrantedBefore() {
            approved(acme, customer, BALANCES);
            CodeFlow more = flow(acme, BALANCES, TRANSACTIONS);

            WebPage page = browser.open(more, customer);
            assertThat(page.html().text()).contains("If you tick nothing, what you allowed already stays as it is.");
            Tokens tokens = more.tokens(browser.approve(page).uri());

            assertGranted(acme, tokens, BALANCES);
            assertThat(consents()).containsExactly(BALANCES);
            assertThat(customer.app().requests("?status=denied").list()).hasSize(1);
        }

        @Test
        void goingOnWithWhatWasGrantedBeforeDoesNotUndoWhatTheAppApprovedMeanwhile() {
            approved(acme, customer, BALANCES);
            CodeFlow more = flow(acme, BALANCES, TRANSACTIONS);
            WebPage page = browser.open(more, customer);
            BankApp app = customer.app();
            app.approve(app.onlyPendingId()).ok();

            Tokens tokens = more.tokens(browser.approve(page).uri());

            assertGranted(acme, tokens, BALANCES, TRANSACTIONS);
            assertThat(consents()).containsExactlyInAnyOrder(BALANCES, TRANSACTIONS);
        }

        @Test
        void denyingMoreLeavesTheEarlierConsentAsItWas() {
            Tokens earlier = approved(acme, customer, BALANCES);
            CodeFlow more = flow(acme, BALANCES, TRANSACTIONS);

            WebPage back = browser.deny(browser.open(more, customer));

            assertThat(more.error(back.uri())).isEqualTo("access_denied");
            assertThat(consents()).containsExactly(BALANCES);
            assertGranted(acme, Tokens.of(acme.refresh(earlier)), BALANCES);
        }

        @ResourceLock(Servers.OTHER)
        @Test
        void whereTheAdminWantsItEverythingIsAskedAgain() {
            Realm other = bank.server().realm(Servers.OTHER);
            Customer regular = other.newCustomer();
            Tpp tpp = other.tpp(ACME);
            WebClient theirs = new WebClient(other);
            theirs.approve(theirs.open(flow(tpp, BALANCES), regular), BALANCES);
            admin.askAgain(other.name(), true);
            try {
                CodeFlow again = flow(tpp, BALANCES, TRANSACTIONS);

                WebPage page = theirs.open(again, regular);
                assertThat(page.permissions()).containsExactly(BALANCES, TRANSACTIONS);
                Tokens tokens = again.tokens(theirs.approve(page, TRANSACTIONS).uri());

                assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", TRANSACTIONS);
                CodeFlow silent = flow(tpp, TRANSACTIONS).with("prompt", "none");
                assertThat(silent.error(theirs.open(silent.authorizationUri()).uri()))
                        .isEqualTo("consent_required");
            } finally {
                admin.askAgain(other.name(), false);
            }
        }
    }

    /** What the parameter {@code prompt} of OpenID Connect asks for. */
    @Nested
    class Prompt {

        @Test
        void promptConsentAsksForEverythingAndTheNewAnswerReplacesTheOld() {
            Tokens earlier = approved(acme, customer, BALANCES, TRANSACTIONS);
            CodeFlow again = flow(acme, BALANCES, TRANSACTIONS).with("prompt", "consent");

            WebPage page = browser.open(again, customer);
            assertThat(page.permissions()).containsExactly(BALANCES, TRANSACTIONS);
            Tokens tokens = again.tokens(browser.approve(page, TRANSACTIONS).uri());

            assertGranted(acme, tokens, TRANSACTIONS);
            assertThat(consents()).containsExactly(TRANSACTIONS);
            assertThat(Tokens.of(acme.refresh(earlier)).accessTokenScope())
                    .as("a token of the older, wider answer")
                    .containsExactlyInAnyOrder("openid", TRANSACTIONS);
        }

        @Test
        void promptNoneIsAnsweredWithConsentRequired() {
            approved(acme, customer, BALANCES);
            CodeFlow silent = flow(acme, BALANCES, TRANSACTIONS).with("prompt", "none");
            CodeFlow silentAndGranted = flow(acme, BALANCES).with("prompt", "none");

            assertThat(silent.error(browser.open(silent.authorizationUri()).uri()))
                    .isEqualTo("consent_required");
            assertGranted(
                    acme,
                    silentAndGranted.tokens(
                            browser.open(silentAndGranted.authorizationUri()).uri()),
                    BALANCES);
        }

        @Test
        void promptNoneWithoutALoginIsAnsweredWithLoginRequired() {
            CodeFlow silent = flow(acme, BALANCES).with("prompt", "none");

            assertThat(silent.error(browser.open(silent.authorizationUri()).uri()))
                    .isEqualTo("login_required");
        }
    }

    /** Where nothing is asked, and where it must be. */
    @Nested
    class NoScreen {

        @Test
        void aRequestForNoPermissionIsNotAskedFor() {
            CodeFlow flow = flow(acme);

            WebPage back = browser.open(flow, customer);

            assertThat(flow.tokens(back.uri()).accessTokenScope()).containsExactly("openid");
        }

        @ResourceLock(Servers.OTHER)
        @Test
        void aClientOfTheBankItselfThatNeedsNoConsentIsNotAskedFor() {
            Realm other = bank.server().realm(Servers.OTHER);
            Tpp own = other.newTpp(ACME, client -> client.put("consentRequired", false));
            admin.ownClients(other.name(), own.clientId());
            try {
                CodeFlow flow = flow(own, BALANCES);

                WebPage back = new WebClient(other).open(flow, other.newCustomer());

                assertThat(flow.tokens(back.uri()).accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
            } finally {
                admin.ownClients(other.name());
                admin.removeClient(other.name(), own.clientId());
            }
        }

        @Test
        void anyOtherClientIsAskedForWhateverItIsSetTo() {
            made = bank.newTpp(ACME, client -> client.put("consentRequired", false));
            CodeFlow flow = flow(made, BALANCES, TRANSACTIONS);

            WebPage page = browser.open(flow, customer);

            assertThat(page.permissions()).containsExactly(BALANCES, TRANSACTIONS);
            assertGranted(made, flow.tokens(browser.approve(page, BALANCES).uri()), BALANCES);
        }

        @Test
        void aClientCannotTurnTheScreenOffByNamingItsAction() {
            CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS).with("kc_action", "consent-permissions");

            WebPage page = browser.open(flow, customer);

            assertThat(page.permissions()).containsExactly(BALANCES, TRANSACTIONS);
            assertGranted(acme, flow.tokens(browser.approve(page, BALANCES).uri()), BALANCES);
        }
    }

    /** The same customer answers in the app and in the browser. */
    @Nested
    class BesideTheApp {

        @Test
        void whatTheAppAnsweredMeanwhileStands() {
            CodeFlow flow = flow(acme, BALANCES, TRANSACTIONS);
            WebPage page = browser.open(flow, customer);
            BankApp app = customer.app();
            app.approve(app.onlyPendingId(), BALANCES).ok();

            WebPage back = browser.approve(page, BALANCES, TRANSACTIONS);

            assertGranted(acme, flow.tokens(back.uri()), BALANCES);
        }

        @Test
        void aConsentByCibaCountsInTheBrowser() {
            Asked asked = acme.ask(customer, BALANCES);
            BankApp app = customer.app();
            app.approve(app.onlyPendingId()).ok();
            Tokens.of(acme.poll(asked));
            CodeFlow flow = flow(acme, BALANCES);

            WebPage back = browser.open(flow, customer);

            assertGranted(acme, flow.tokens(back.uri()), BALANCES);
        }

        @Test
        void theGroupsOnTheScreenAreThoseOfTheApi() {
            WebPage page = browser.open(flow(acme, BALANCES, TRANSACTIONS), customer);

            JsonNode request = customer.app().onlyPending();
            String text = page.html().text();
            for (JsonNode group : request.get("groups")) {
                assertThat(text)
                        .contains(
                                group.get("title").asText(),
                                group.get("summary").asText());
                for (JsonNode permission : group.get("permissions")) {
                    assertThat(text)
                            .contains(
                                    permission.get("title").asText(),
                                    permission.get("detail").asText());
                }
            }
            assertThat(page.permissions()).isEqualTo(BankApp.permissions(request));
        }
    }

    private Tokens approved(Tpp tpp, Customer by, String... permissions) {
        CodeFlow flow = flow(tpp, permissions);
        WebPage page = browser.open(flow, by);
        return flow.tokens((page.left() ? page : browser.approve(page, permissions)).uri());
    }

    private static CodeFlow flow(Tpp tpp, String... scopes) {
        return new CodeFlow(tpp, CodeFlow.BACK, scopes);
    }

    private void assertGranted(Tpp tpp, Tokens tokens, String... permissions) {
        Set<String> granted = Set.of(permissions);
        assertThat(Tokens.grantedByClaims(tokens.accessTokenClaims())).isEqualTo(granted);
        assertThat(Tokens.grantedByClaims(tokens.idTokenClaims())).isEqualTo(granted);
        assertThat(tokens.accessTokenScope())
                .contains("openid")
                .containsAll(granted)
                .hasSize(granted.size() + 1);
        JsonNode introspected = bank.api().introspect(tokens).ok();
        assertThat(introspected.get("active").asBoolean()).isTrue();
        assertThat(Tokens.split(introspected.get("scope").asText())).isEqualTo(tokens.accessTokenScope());
        assertThat(Tokens.grantedByClaims(tpp.userinfo(tokens).ok())).isEqualTo(granted);
    }

    private List<String> consents() {
        return admin.grantedScopes(bank.name(), customer.id()).stream()
                .filter(name -> name.contains("."))
                .toList();
    }
}
