package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.AtOnce;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How often a client may ask a customer, by the rules of the default. */
class LimitsIT {

    private static final String REALM = "limits";
    private static final Keycloak SERVER = Servers.shared(Database.H2);

    private final Realm realm = SERVER.realm(REALM);
    private final Tpp acme = realm.tpp(ACME);
    private final Tpp globe = realm.tpp("globe-aisp");
    private final Customer customer = realm.newCustomer();
    private final BankApp app = customer.app();

    @BeforeAll
    static void createARealmWithTheRulesOfTheDefault() {
        SERVER.admin()
                .createRealm(Servers.realmFile().asking(Map.of()).named(REALM).with(realm -> {
                    realm.put("eventsEnabled", true);
                    realm.putArray("enabledEventTypes");
                }));
    }

    private Answer ask() {
        return acme.request(customer, Map.of(), BALANCES);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
        assertThat(answer.error()).isEqualTo("access_denied");
        assertThat(answer.body()).doesNotContain("globe").doesNotContain("block");
    }

    private List<JsonNode> events(String name) {
        return StreamSupport.stream(SERVER.admin().events(REALM, customer.id()).spliterator(), false)
                .filter(event -> event.at("/details/consent_event").asText().equals(name))
                .toList();
    }

    @Test
    void aFourthOpenQuestionIsRefusedAndStoredNowhere() {
        for (int question = 0; question < 3; question++) {
            ask().ok();
        }

        for (int question = 0; question < 5; question++) {
            assertRefused(ask());
        }

        assertThat(app.pending()).hasSize(3);
        globe.ask(customer, BALANCES);
        app.deny(app.ids("?status=pending").get(0)).ok();
        assertThat(events("ask-refused")).singleElement().satisfies(event -> {
            assertThat(event.get("type").asText()).isEqualTo("CUSTOM_REQUIRED_ACTION_ERROR");
            assertThat(event.get("error").asText()).isEqualTo("too_many_pending");
            assertThat(event.get("clientId").asText()).isEqualTo(ACME);
        });
    }

    @Test
    void ofManyQuestionsAtOnceNoMoreAreAskedThanInARow() throws Exception {
        List<Answer> answers = AtOnce.all(IntStream.range(0, 12)
                .<Callable<Answer>>mapToObj(any -> this::ask)
                .toList());

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(3);
        answers.stream().filter(answer -> answer.status() != 200).forEach(LimitsIT::assertRefused);
        assertThat(app.pending()).hasSize(3);
    }

    @Test
    void theSameQuestionTakesThePlaceOfTheOpenOne() {
        Map<String, String> message = Map.of("binding_message", "KR-4711");
        Asked first = Asked.of(acme.request(customer, message, BALANCES));
        String before = app.onlyPendingId();
        Asked second = Asked.of(acme.request(customer, message, BALANCES));

        String now = app.onlyPendingId();
        assertThat(now).isNotEqualTo(before);
        assertThat(acme.poll(first).error()).isEqualTo("expired_token");
        assertThat(app.approve(before).status()).isEqualTo(410);
        app.approve(now).ok();
        acme.poll(second).ok();
    }

    @Test
    void afterTwoDenialsInARowTheClientWaitsAndOthersDoNot() {
        for (int question = 0; question < 2; question++) {
            ask().ok();
            app.deny(app.onlyPendingId()).ok();
        }

        assertRefused(ask());
        globe.ask(customer, BALANCES);
        acme.ask(realm.newCustomer(), BALANCES);
        assertThat(events("ask-refused"))
                .singleElement()
                .satisfies(event -> assertThat(event.get("error").asText()).isEqualTo("paused"));
    }

    @Test
    void aCustomerIsAskedTenQuestionsByAllClientsTogether() {
        List<Tpp> tpps = new ArrayList<>();
        for (int tpp = 0; tpp < 4; tpp++) {
            tpps.add(realm.newTpp(ACME, client -> {}));
        }
        List<Answer> answers = tpps.stream()
                .flatMap(tpp -> IntStream.range(0, 3).mapToObj(any -> tpp.request(customer, Map.of(), BALANCES)))
                .toList();

        assertThat(answers.subList(0, 10)).allMatch(answer -> answer.status() == 200);
        answers.subList(10, 12).forEach(LimitsIT::assertRefused);
        assertThat(app.pending()).hasSize(10);
    }

    @Test
    void aNewPageTakesThePlaceOfTheOpenOne() {
        WebClient browser = new WebClient(realm);
        CodeFlow inOneTab = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
        WebPage first = browser.open(inOneTab, customer);
        String before = app.onlyPendingId();
        WebPage second = new WebClient(realm).open(new CodeFlow(acme, CodeFlow.BACK, BALANCES), customer);

        assertThat(second.asks()).isTrue();
        assertThat(app.onlyPendingId()).isNotEqualTo(before);
        assertThat(app.approve(before, BALANCES).status()).isEqualTo(410);
        // the page of the first tab says the same as before, and is answered as it stands
        inOneTab.tokens(browser.approve(first, BALANCES).uri());
        assertThat(app.pending()).isEmpty();
    }

    @Test
    void whatIsLoadedAsAnImageLeavesNothingInTheApp() {
        WebClient browser = new WebClient(realm);
        browser.approve(browser.open(new CodeFlow(globe, CodeFlow.BACK, BALANCES), customer));
        assertThat(app.pending()).isEmpty();

        for (int image = 0; image < 30; image++) {
            browser.load(new CodeFlow(acme, CodeFlow.BACK, BALANCES).authorizationUri(), "image");
        }

        assertThat(app.ids("?max=100")).hasSize(1);
        CodeFlow seen = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
        WebPage page = browser.load(seen.authorizationUri(), "document");
        assertThat(app.pending()).hasSize(1);
        seen.tokens(browser.approve(page, BALANCES).uri());
    }

    @Test
    void whatWasLoadedOutOfSightIsAskedOnceItsFormIsSent() {
        WebClient browser = new WebClient(realm);
        browser.approve(browser.open(new CodeFlow(globe, CodeFlow.BACK, BALANCES), customer));
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);

        WebPage framed = browser.load(flow.authorizationUri(), "iframe");
        WebPage again = browser.approve(framed, BALANCES);

        assertThat(again.left()).isFalse();
        assertThat(app.pending()).hasSize(1);
        flow.tokens(browser.approve(again, BALANCES).uri());
    }
}
