package io.assent.it.partner;

import static io.assent.it.partner.TwoRealms.GOALS;
import static io.assent.it.partner.TwoRealms.POTS;
import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tokens;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A TPP may see something at the bank, and the bank at the TPP: two realms, each the other's client. */
class BothWaysIT {

    private static TwoRealms realms;

    private CustomerOfBoth both;

    @BeforeAll
    static void makeRealms() {
        realms = TwoRealms.open("both-ways");
    }

    @AfterAll
    static void removeRealms() {
        realms.close();
    }

    @BeforeEach
    void makeCustomer() {
        both = CustomerOfBoth.of(realms);
    }

    @Test
    void oneScreenAsksBothWaysAndEachPartIsGranted() {
        CodeFlow flow = realms.flow(BALANCES, TRANSACTIONS);
        WebPage page = both.open(flow);
        assertThat(page.html().select("[name=partner]").eachAttr("value")).containsExactly(GOALS, POTS);
        assertThat(page.html().select("[name=partner][checked]")).isEmpty();
        assertThat(page.html().text()).contains("what we may see at Harvest", "Your savings goals", "Names, amounts");

        WebPage login = realms.approve(both.browser(), page, List.of(BALANCES), POTS);
        assertThat(login.uri().getPath()).contains("/realms/both-ways-harvest/");
        assertThat(login.uri().getQuery()).doesNotContain(GOALS);
        Tokens tokens = realms.tokens(flow, both.browser().logIn(login, both.atHarvest()));

        assertThat(tokens.accessTokenScope()).contains(BALANCES).doesNotContain(TRANSACTIONS);
        JsonNode connection = realms.onlyConnection(both.app());
        assertThat(connection.get("clientId").asText())
                .isEqualTo(both.app().onlyConsent().at("/client/clientId").asText());
        assertThat(connection.get("permissions").findValuesAsText("scope")).containsExactly(POTS);
        assertThat(realms.admin().links(realms.bank().name(), both.customer().id()))
                .containsExactly("harvest");
    }

    @Test
    void oneWayOnlyIsAsEasy() {
        CodeFlow flow = realms.flow(BALANCES);

        WebPage back = both.approve(flow, List.of(BALANCES));

        assertThat(realms.tokens(flow, back).accessTokenScope()).contains(BALANCES);
        assertThat(back.uri().getQuery()).doesNotContain("kc_action");
        assertThat(both.app().partners().ok().get("partners")).isEmpty();
    }

    @Test
    void theClientHearsNothingOfTheOtherWay() {
        CodeFlow flow = realms.flow(BALANCES);
        WebPage login = both.approve(flow, List.of(BALANCES), POTS);

        WebPage back = both.browser().logIn(login, both.atHarvest());

        assertThat(back.uri().getQuery()).doesNotContain("kc_action", POTS, "harvest");
    }

    @Test
    void whatIsConnectedIsNotAskedForAgain() {
        both.connect(POTS);

        WebPage page = both.open(realms.flow(TRANSACTIONS));

        assertThat(page.html().select("[name=partner]").eachAttr("value")).containsExactly(GOALS);
        assertThat(page.html().text()).contains("We already see: The balance of your pots");
        // what is chosen now comes beside what was chosen before
        CodeFlow flow = realms.flow(TRANSACTIONS);
        WebPage back = both.approve(flow, List.of(TRANSACTIONS), GOALS);
        realms.tokens(flow, both.browser().logIn(back, both.atHarvest()));
        assertThat(realms.onlyConnection(both.app()).get("permissions").findValuesAsText("scope"))
                .containsExactly(GOALS, POTS);
    }

    @Test
    void theAppAsksTheSameAndOpensABrowserForIt() {
        JsonNode offer = both.app().partnerOffer(ACME).ok();
        assertThat(offer.get("permissions").findValuesAsText("scope")).containsExactly(GOALS, POTS);

        JsonNode wish = both.app().choosePartner(ACME, GOALS).ok();
        assertThat(both.app().choosePartner(ACME, GOALS).ok().get("id")).isEqualTo(wish.get("id"));
        CodeFlow flow = new CodeFlow(
                        realms.bank().tpp(BankApp.CLIENT_ID), realms.bank().uri("/sandbox/phone"))
                .with("kc_action", wish.get("action").asText());
        WebPage login = both.open(flow);
        assertThat(login.uri().getPath()).contains("/realms/both-ways-harvest/");
        both.browser().logIn(login, both.atHarvest());

        assertThat(realms.onlyConnection(both.app()).get("permissions").findValuesAsText("scope"))
                .containsExactly(GOALS);
    }

    @Test
    void anAdminInTheCustomersPlaceHasToLogInAndIsTakenToNoPartner() {
        JsonNode wish = both.app().choosePartner(ACME, GOALS).ok();
        WebClient browser = new WebClient(realms.bank());
        browser.impersonate(both.customer());

        WebPage back = browser.open(
                new CodeFlow(realms.bank().tpp(BankApp.CLIENT_ID), realms.bank().uri("/sandbox/phone"))
                        .with("kc_action", wish.get("action").asText())
                        .authorizationUri());

        // Keycloak asks who is there before such an action
        assertThat(back.uri().getPath()).contains("/realms/" + realms.bank().name() + "/");
        assertThat(back.html().selectFirst("#kc-form-login")).as(back.body()).isNotNull();
        assertThat(realms.admin().links(realms.bank().name(), both.customer().id()))
                .isEmpty();
        assertThat(both.app().choosePartner(ACME, GOALS).ok().get("id")).isEqualTo(wish.get("id"));
    }

    @Test
    void onlyWhatIsOfferedCanBeChosen() {
        assertThat(both.app().choosePartner(ACME, "admin").problem()).isEqualTo("invalid-selection");
        assertThat(both.app().choosePartner(ACME).problem()).isEqualTo("invalid-selection");
        assertThat(both.app().choosePartner(ORBIT, GOALS).problem()).isEqualTo("not-found");
        assertThat(both.app().choosePartner("nobody", GOALS).problem()).isEqualTo("not-found");
        assertThat(both.app().partnerOffer(ORBIT).problem()).isEqualTo("not-found");

        CodeFlow flow = realms.flow(BALANCES);
        WebPage back = both.approve(flow, List.of(BALANCES), "admin");
        realms.tokens(flow, back);
        assertThat(both.app().partners().ok().get("partners")).isEmpty();
    }

    @Test
    void aPartnerThatFailsLeavesTheAnswerAsItIs() {
        CodeFlow flow = realms.flow(BALANCES);
        WebPage page = realms.whileThePartnerIsDown(() -> both.triesToConnect(flow, POTS));
        assertThat(TwoRealms.why(page)).contains("did not answer as it should");
        assertThat(page.html().text()).contains("This does not change what you allowed");

        WebPage back = realms.answer(both.browser(), page, "again");

        realms.tokens(flow, back);
        realms.onlyConnection(both.app());
    }

    @Test
    void whoComesBackBeforeTheyWereThroughIsAsked() {
        CodeFlow flow = realms.flow(BALANCES);
        WebPage consent = both.open(flow);
        realms.approve(both.browser(), consent, List.of(BALANCES), POTS);

        // where the browser was before the consent screen: at the login
        WebPage page = both.browser()
                .open(URI.create(consent.action()
                        .toString()
                        .replace("required-action", "authenticate")
                        .replaceAll("(session_code|execution)=[^&]*&?", "")));

        assertAsksAndConnects(flow, page);
    }

    /** Whether to try again, which then works. */
    private void assertAsksAndConnects(CodeFlow flow, WebPage page) {
        assertThat(TwoRealms.why(page)).contains("You came back before you had finished");
        realms.tokens(flow, both.browser().logIn(realms.answer(both.browser(), page, "again"), both.atHarvest()));
        realms.onlyConnection(both.app());
    }

    @Test
    void whoGoesBackToTheConsentScreenAndContinuesIsAsked() {
        CodeFlow flow = realms.flow(BALANCES);
        WebPage consent = both.open(flow);
        realms.approve(both.browser(), consent, List.of(BALANCES), POTS);
        WebPage expired = both.browser().open(consent.uri());
        URI further = expired.uri()
                .resolve(expired.html().expectFirst("#loginContinueLink").attr("href"));

        WebPage page = both.browser().open(further);

        assertAsksAndConnects(flow, page);
    }

    @Test
    void whoBeginsTheLoginAnewGoesOnWithoutAndTheClientHearsNothing() {
        CodeFlow flow = realms.flow(BALANCES);
        WebPage consent = both.open(flow);
        realms.approve(both.browser(), consent, List.of(BALANCES), POTS);
        WebPage expired = both.browser().open(consent.uri());
        URI anew = expired.uri()
                .resolve(expired.html().expectFirst("#loginRestartLink").attr("href"));

        WebPage back = both.browser().logIn(both.browser().open(anew), both.customer());

        assertThat(realms.tokens(flow, back).accessTokenScope()).contains(BALANCES);
        assertThat(back.uri().getQuery()).doesNotContain("kc_action");
        assertThat(both.app().partners().ok().get("partners")).isEmpty();
    }

    @Test
    void theCustomerGoesOnWithout() {
        CodeFlow flow = realms.flow(BALANCES);
        WebPage page = realms.whileThePartnerIsDown(() -> both.triesToConnect(flow, POTS));

        Tokens tokens = realms.tokens(flow, realms.answer(both.browser(), page, "without"));

        assertThat(tokens.accessTokenScope()).contains(BALANCES);
        assertThat(both.app().partners().ok().get("partners")).isEmpty();
    }

    @Test
    void moreThanWasChosenIsNotKept() {
        realms.admin().assignScope(realms.harvest().name(), "example-bank", GOALS, "default");
        CodeFlow flow = realms.flow(BALANCES);
        try {
            WebPage login = both.approve(flow, List.of(BALANCES), POTS);
            assertThat(TwoRealms.why(both.browser().logIn(login, both.atHarvest())))
                    .contains("did not answer as it should");
        } finally {
            realms.admin().unassignScope(realms.harvest().name(), "example-bank", GOALS);
            realms.admin().assignScope(realms.harvest().name(), "example-bank", GOALS, "optional");
        }

        assertThat(both.app().partners().ok().get("partners")).isEmpty();
        assertThat(realms.admin().links(realms.bank().name(), both.customer().id()))
                .isEmpty();
    }

    @Test
    void anotherAccountAtThePartnerIsNotTakenSilently() {
        both.connect(POTS);
        Customer other = realms.harvest().newCustomer();
        WebClient anew = new WebClient(realms.bank());
        CodeFlow flow = realms.flow(TRANSACTIONS);
        WebPage login = realms.approve(anew, anew.open(flow, both.customer()), List.of(TRANSACTIONS), GOALS);

        assertThat(TwoRealms.why(anew.logIn(login, other))).contains("already connected to another account");

        assertThat(realms.onlyConnection(both.app()).get("permissions").findValuesAsText("scope"))
                .containsExactly(POTS);
    }

    @Test
    void anAccountOfThePartnerServesOneCustomer() {
        both.connect(POTS);
        Customer second = realms.bank().newCustomer();
        CodeFlow flow = realms.flow(BALANCES);
        WebClient anew = new WebClient(realms.bank());
        WebPage login = realms.approve(anew, anew.open(flow, second), List.of(BALANCES), POTS);

        assertThat(TwoRealms.why(anew.logIn(login, both.atHarvest()))).contains("another customer of ours");

        assertThat(second.app().partners().ok().get("partners")).isEmpty();
    }

    @Test
    void whatTheClientAskedForIsNotToldToThePartner() {
        CodeFlow flow = realms.flow(BALANCES)
                .with("login_hint", both.customer().username())
                .with("acr_values", "1")
                .with("prompt", "consent")
                .with("max_age", "3600");

        WebPage login = both.approve(flow, List.of(BALANCES), POTS);

        assertThat(login.uri().getPath()).contains(realms.harvest().name());
        assertThat(login.body()).doesNotContain(both.customer().username());
        assertThat(realms.tokens(flow, both.browser().logIn(login, both.atHarvest()))
                        .accessTokenScope())
                .contains(BALANCES);
    }

    @Test
    void whoSaysNoAtThePartnerGoesOnOrTriesAgain() {
        realms.admin()
                .updateClient(realms.harvest().name(), "example-bank", client -> client.put("consentRequired", true));
        CodeFlow flow = realms.flow(BALANCES);
        try {
            WebPage login = both.approve(flow, List.of(BALANCES), POTS);
            WebPage consent = both.browser().logIn(login, both.atHarvest());

            WebPage page = both.browser().send(consent.action(), Map.of("cancel", List.of("No")));

            assertThat(TwoRealms.why(page)).contains("You did not allow us anything");
            assertThat(realms.tokens(flow, realms.answer(both.browser(), page, "without"))
                            .accessTokenScope())
                    .contains(BALANCES);
        } finally {
            realms.admin()
                    .updateClient(
                            realms.harvest().name(), "example-bank", client -> client.put("consentRequired", false));
        }
        assertThat(both.app().partners().ok().get("partners")).isEmpty();
    }

    @Test
    void nobodyGoesByAnothersChoice() {
        String action = both.app().choosePartner(ACME, GOALS).ok().get("action").asText();
        Customer other = realms.bank().newCustomer();
        CodeFlow flow = new CodeFlow(
                        realms.bank().tpp(BankApp.CLIENT_ID), realms.bank().uri("/sandbox/phone"))
                .with("kc_action", action);

        WebPage page = both.browser().open(flow, other);

        assertThat(page.uri().getPath()).doesNotContain("harvest");
    }

    @Test
    void aProviderThatIsAlsoALoginIsNoPartner() {
        realms.admin()
                .updateIdentityProvider(realms.bank().name(), "harvest", provider -> provider.put("linkOnly", false));
        try {
            assertThat(both.app().partnerOffer(ACME).problem()).isEqualTo("not-found");
            assertThat(both.open(realms.flow(BALANCES)).html().select("[name=partner]"))
                    .isEmpty();
        } finally {
            realms.admin()
                    .updateIdentityProvider(
                            realms.bank().name(), "harvest", provider -> provider.put("linkOnly", true));
        }
    }

    @Test
    void aScopeWithoutWordsIsNotOffered() {
        realms.set("partnerScopes", GOALS + " " + POTS + " secret");
        try {
            assertThat(both.app().partnerOffer(ACME).ok().get("permissions").findValuesAsText("scope"))
                    .containsExactly(GOALS, POTS);
            assertThat(both.app().choosePartner(ACME, "secret").problem()).isEqualTo("invalid-selection");
        } finally {
            realms.set("partnerScopes", GOALS + " " + POTS);
        }
    }

    @Test
    void nobodyGoesToThePartnerWithoutAChoice() {
        CodeFlow flow = new CodeFlow(
                        realms.bank().tpp(BankApp.CLIENT_ID), realms.bank().uri("/sandbox/phone"))
                .with("kc_action", "consent-partner:3b241101-e2bb-4255-8caf-4136c566a962");

        WebPage page = both.open(flow);

        assertThat(page.uri().getPath()).doesNotContain(realms.harvest().name());
        URI back = page.uri();
        assertThat(back.toString()).doesNotContain("broker");
    }
}
