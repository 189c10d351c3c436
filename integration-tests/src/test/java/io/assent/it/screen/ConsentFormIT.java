package io.assent.it.screen;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static io.assent.testing.actor.DevRealm.ORBIT;
import static io.assent.testing.actor.DevRealm.PAYMENTS;
import static io.assent.testing.actor.DevRealm.TRANSACTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.AtOnce;
import io.assent.testing.Eventually;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import io.assent.testing.http.Http;
import io.assent.testing.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no honest browser sends with the consent form, and what no honest client calls itself: nothing comes of it. */
class ConsentFormIT {

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

    static Stream<Arguments> selections() {
        return Stream.of(
                Arguments.of("approve", List.of()),
                Arguments.of("approve", List.of("identity.name")),
                Arguments.of("approve", List.of(BALANCES, "identity.name")),
                Arguments.of("approve", List.of(BALANCES, "openid")),
                Arguments.of("approve", List.of("")),
                Arguments.of("approve", List.of("<script>", "\u0000", "x".repeat(10_000))),
                Arguments.of("", List.of(BALANCES)),
                Arguments.of("APPROVE", List.of(BALANCES)),
                Arguments.of("grant everything", List.of(BALANCES)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("selections")
    void anAnswerThatIsNoneIsRefusedAndTheQuestionStands(String decision, List<String> permissions) {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        WebPage page = browser.open(flow, customer);

        WebPage again = browser.decide(page, decision, permissions);

        assertThat(again.left()).isFalse();
        assertThat(again.status()).isEqualTo(200);
        assertThat(error(again)).isNotBlank();
        assertThat(again.asks()).isTrue();
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
        assertThat(customer.app().onlyPending()).isNotNull();
        Tokens tokens = flow.tokens(browser.approve(unticked(again), BALANCES).uri());
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void aRequiredPermissionCannotBeLeftOut() {
        Tpp orbit = bank.tpp(ORBIT);
        CodeFlow flow = new CodeFlow(orbit, CodeFlow.BACK, BALANCES);
        WebPage page = browser.open(flow, customer);

        WebPage again =
                browser.send(page.action(), Map.of("permission", List.of(BALANCES), "decision", List.of("approve")));

        assertThat(error(again)).isNotBlank();
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
        assertThat(again.fields().get("permission")).contains(PAYMENTS, BALANCES);
    }

    @Test
    void accountsAreNotChosenWhereNothingIsAboutAccounts() {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
        WebPage page = browser.open(flow, customer);

        WebPage again = browser.send(
                page.action(),
                Map.of(
                        "permission", List.of(BALANCES),
                        "account-0", List.of("foo"),
                        "decision", List.of("approve")));

        assertThat(error(again)).isNotBlank();
        assertThat(again.asks()).isTrue();
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
        Tokens tokens = flow.tokens(browser.approve(unticked(again), BALANCES).uri());
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void aPartOfAllOrNothingIsRefused() {
        CodeFlow flow = new CodeFlow(bank.tpp("globe-aisp"), CodeFlow.BACK, BALANCES);
        WebPage page = browser.open(flow, customer);

        WebPage again = browser.approve(page, DETAILS);

        assertThat(error(again)).isNotBlank();
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
    }

    @Test
    void twoDecisionsInOneFormAreNone() {
        WebPage page = browser.open(new CodeFlow(acme, CodeFlow.BACK, BALANCES), customer);

        WebPage again = browser.send(
                page.action(), Map.of("permission", List.of(BALANCES), "decision", List.of("approve", "deny")));

        assertThat(again.asks()).isTrue();
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
    }

    @Test
    void aFormThatIsSentAgainChangesNothing() {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        WebPage page = browser.open(flow, customer);
        Tokens tokens = flow.tokens(browser.approve(page, BALANCES).uri());

        WebPage replayed = browser.approve(page, BALANCES, TRANSACTIONS);

        assertThat(replayed.status()).isLessThan(500);
        assertThat(replayed.uri().getQuery()).doesNotContain("&code=");
        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        assertThat(granted()).containsExactly(BALANCES);
        assertThat(customer.app().requests("?status=approved").list()).hasSize(1);
    }

    @Test
    void theFormSentManyTimesAtOnceIsAnsweredOnce() throws Exception {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        WebPage page = browser.open(flow, customer);
        List<Callable<WebPage>> attempts = IntStream.range(0, 8)
                .<Callable<WebPage>>mapToObj(number ->
                        () -> number % 2 == 0 ? browser.approve(page, BALANCES) : browser.approve(page, TRANSACTIONS))
                .toList();

        List<WebPage> answers = AtOnce.all(attempts);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isLessThan(500));
        JsonNode history = customer.app().requests("?status=approved").list();
        assertThat(history).hasSize(1);
        String decided = history.get(0).at("/decision/grantedScopes/0").asText();
        assertThat(granted()).containsExactly(decided);
        // a login that a later form began anew, by the browser's cookie, is good for what needs no answer
        answers.stream()
                .filter(answer -> answer.left() && answer.uri().getQuery().contains("code="))
                .map(answer -> flow.redeem(answer.uri()))
                .filter(answer -> answer.status() == 200)
                .forEach(answer ->
                        assertThat(Tokens.of(answer).accessTokenScope()).isSubsetOf("openid", decided));
    }

    @Test
    void whatTheAppAllowedAndWasTakenBackSinceIsNotGrantedByTheForm() {
        CodeFlow flow = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
        WebPage page = browser.open(flow, customer);
        BankApp app = customer.app();
        String onThePage = app.onlyPendingId();
        Asked byCiba = acme.ask(customer, BALANCES);
        app.ids("?status=pending").stream().filter(id -> !id.equals(onThePage)).forEach(id -> app.approve(id)
                .ok());
        acme.poll(byCiba).ok();
        app.approve(onThePage).ok();

        app.withdraw(app.onlyConsent().get("id").asText()).ok();

        assertThat(flow.error(browser.approve(page, BALANCES).uri())).isEqualTo("access_denied");
        assertThat(app.consents("?status=live").list()).isEmpty();
    }

    @Test
    void aFormOfAnotherCustomersLoginIsRefused() {
        WebPage page = browser.open(new CodeFlow(acme, CodeFlow.BACK, BALANCES), customer);
        WebClient stranger = new WebClient(bank);
        Customer other = bank.newCustomer();
        stranger.open(new CodeFlow(acme, CodeFlow.BACK, BALANCES), other);

        WebPage answer = stranger.approve(page, BALANCES);

        assertThat(answer.status()).isLessThan(500);
        assertThat(answer.left()).isFalse();
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
        assertThat(admin.consents(bank.name(), other.id())).isEmpty();
    }

    @Test
    void twoTabsAreTwoQuestions() {
        CodeFlow first = new CodeFlow(acme, CodeFlow.BACK, BALANCES);
        CodeFlow second = new CodeFlow(acme, CodeFlow.BACK, TRANSACTIONS);
        WebPage firstPage = browser.open(first, customer);
        WebPage secondPage = browser.open(second, customer);

        Tokens tokens = first.tokens(browser.approve(firstPage, BALANCES).uri());

        assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", BALANCES);
        WebPage late = browser.approve(secondPage, TRANSACTIONS);
        assertThat(late.status()).isLessThan(500);
        // the second tab is told to go on or to start again; either way the first answer stands as it was
        assertThat(granted()).contains(BALANCES);
        if (late.left() && late.uri().getQuery().contains("code=")) {
            assertThat(second.tokens(late.uri()).accessTokenScope()).containsExactlyInAnyOrder("openid", TRANSACTIONS);
        } else {
            assertThat(granted()).containsExactly(BALANCES);
        }
    }

    @Test
    void whatTheAdminAddsMeanwhileIsAskedFor() {
        made = bank.newTpp(ACME, client -> {});
        CodeFlow flow = new CodeFlow(made, CodeFlow.BACK, BALANCES);
        WebPage page = browser.open(flow, customer);
        admin.assignScope(bank.name(), made.clientId(), DETAILS, "default");

        WebPage again = browser.approve(page, BALANCES);

        assertThat(again.permissions()).as(again::toString).containsExactlyInAnyOrder(DETAILS, BALANCES);
        assertThat(error(again)).isNotBlank();
        assertThat(admin.consents(bank.name(), customer.id())).isEmpty();
        assertThat(flow.tokens(browser.approve(again).uri()).accessTokenScope())
                .containsExactlyInAnyOrder("openid", DETAILS, BALANCES);
    }

    @Test
    void whatTheAdminTakesAwayMeanwhileIsNotGranted() {
        made = bank.newTpp(ACME, client -> {});
        CodeFlow flow = new CodeFlow(made, CodeFlow.BACK, BALANCES, TRANSACTIONS);
        WebPage page = browser.open(flow, customer);
        admin.unassignScope(bank.name(), made.clientId(), TRANSACTIONS);

        WebPage again = browser.approve(page, BALANCES, TRANSACTIONS);

        assertThat(again.permissions()).as(again::toString).containsExactly(BALANCES);
        assertThat(flow.tokens(browser.approve(unticked(again), BALANCES).uri()).accessTokenScope())
                .containsExactlyInAnyOrder("openid", BALANCES);
    }

    @Test
    void aQuestionWhoseTimeRanOutIsAskedAgain() {
        RealmFile hasty =
                Servers.realmFile().named("hasty").with(realm -> realm.put("accessCodeLifespanUserAction", 10));
        admin.createRealm(hasty);
        Realm realm = bank.server().realm("hasty");
        try {
            Customer late = realm.newCustomer();
            WebClient theirs = new WebClient(realm);
            CodeFlow flow = new CodeFlow(realm.tpp(ACME), CodeFlow.BACK, BALANCES);
            WebPage page = theirs.open(flow, late);
            BankApp app = late.app();
            Eventually.within(Duration.ofSeconds(60), "the question's end", () -> app.pending()
                    .isEmpty());

            WebPage answer = theirs.approve(page, BALANCES);

            assertThat(answer.left()).isFalse();
            assertThat(answer.status()).isLessThan(500);
            assertThat(admin.consents(realm.name(), late.id())).isEmpty();
            assertThat(app.requests("?status=approved").list()).isEmpty();
        } finally {
            admin.removeRealm("hasty");
        }
    }

    /** The server itself refuses to store a {@code javascript:} URI; what else is not shown, ClientUriTest tells. */
    @Test
    void aClientsTextsAreTextAndItsUrisAreShownOnlyWhereTheyAreSafe() {
        made = bank.newTpp(ACME, client -> {
            client.put("name", "<b onclick=alert(1)>Acme</b> ${7*7} <#list 1..9 as x>x</#list>");
            client.withObjectProperty("attributes")
                    .put("logoUri", "http://acme.example/logo.png")
                    .put("policyUri", "https://bank.example@acme.example/privacy")
                    .put("tosUri", "http://acme.example/terms");
        });

        WebPage page = browser.open(new CodeFlow(made, CodeFlow.BACK, BALANCES), customer);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html().text()).contains(made.clientId() + " asks").doesNotContain("alert", "7*7", "<#list");
        assertThat(page.html().select("[onclick]")).isEmpty();
        assertThat(page.html().select("a[href], img[src]").stream()
                        .flatMap(element -> Stream.of(element.attr("href"), element.attr("src"))))
                .noneMatch(uri -> uri.contains("acme.example"));
        JsonNode client = customer.app().onlyPending().get("client");
        assertThat(client.get("logoUri").isNull()).isTrue();
        assertThat(client.get("policyUri").isNull()).isTrue();
        assertThat(client.get("tosUri").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.example/privacy",
                "http://localhost:8081/privacy",
                "HTTPS://acme.example/privacy?x=1#y"
            })
    void aSafeUriIsShown(String uri) {
        made = bank.newTpp(
                ACME, client -> client.withObjectProperty("attributes").put("policyUri", uri));

        WebPage page = browser.open(new CodeFlow(made, CodeFlow.BACK, BALANCES), customer);

        Element link = page.html().select("a[href]").stream()
                .filter(candidate -> candidate.attr("href").equals(uri))
                .findFirst()
                .orElseThrow();
        assertThat(link.attr("rel")).contains("noopener").contains("noreferrer");
    }

    @Test
    void sixtyPermissionsOfWhichOneHasALongTextCanBeChosenFrom() {
        String[] names = IntStream.range(0, 60)
                .mapToObj(number -> "many-" + number % 6 + ".permission-" + number)
                .toArray(String[]::new);
        List<String> ids = new ArrayList<>();
        try {
            for (String name : names) {
                ids.add(admin.createScope(bank.name(), scope(name)));
            }
            made = bank.newTpp(
                    ACME, client -> Stream.of(names).forEach(client.withArrayProperty("optionalClientScopes")::add));
            CodeFlow flow = new CodeFlow(made, CodeFlow.BACK, names);

            WebPage page = browser.open(flow, customer);
            assertThat(page.permissions()).as(page::toString).containsExactlyInAnyOrder(names);
            assertThat(page.html().text()).contains("x".repeat(2_000)).doesNotContain("${");
            Tokens tokens =
                    flow.tokens(browser.approve(page, names[7], names[59]).uri());

            assertThat(tokens.accessTokenScope()).containsExactlyInAnyOrder("openid", names[7], names[59]);
        } finally {
            ids.forEach(id -> admin.removeScope(bank.name(), id));
        }
    }

    /** A permission whose words nobody wrote, or, for the third, are a very long text. */
    private static ObjectNode scope(String name) {
        ObjectNode scope = Http.object().put("name", name).put("protocol", "openid-connect");
        scope.withObjectProperty("attributes")
                .put("display.on.consent.screen", "true")
                .put("include.in.token.scope", "true")
                .put("consent.screen.text", name.endsWith("-3") ? "x".repeat(2_000) : "${nobody.wrote." + name + "}");
        return scope;
    }

    private List<String> granted() {
        return admin.grantedScopes(bank.name(), customer.id()).stream()
                .filter(name -> name.contains("."))
                .toList();
    }

    /** What is said to be wrong. */
    private static String error(WebPage page) {
        return page.html().select("[role=alert]").text();
    }

    /** The page with no box ticked, as a customer can make it. */
    private static WebPage unticked(WebPage page) {
        return new WebPage(
                page.uri(),
                page.status(),
                page.left(),
                page.body().replaceAll("(<input[^>]*type=\"checkbox\"[^>]*) checked", "$1"));
    }
}
