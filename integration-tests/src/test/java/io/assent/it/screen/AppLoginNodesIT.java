package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.it.screen.AppBank.digits;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.Eventually;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.LoadBalancer;
import io.assent.testing.server.Postgres;
import io.assent.testing.server.Servers;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two clustered nodes on one database, behind a load balancer that sends each call to the other one than the call
 * before: a login goes on in the app all the same, also where the node that had it is killed in the middle.
 */
@Tag("long")
@Tag("weekly")
class AppLoginNodesIT {

    private static final String NAME = "app-login-nodes";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** So few that a test is sure to open more in a minute, on two nodes. */
    private static final int OPENED_PER_MINUTE = 10;

    private static String database;
    private static LoadBalancer balancer;
    private static List<Keycloak> nodes = List.of();
    private static AppBank plain;
    private static AppBank withDigits;

    private final WebClient browser = new WebClient(plain.realm());

    @BeforeAll
    static void start() {
        balancer = LoadBalancer.open();
        database = Postgres.createDatabase(NAME);
        nodes = List.of(node("one").start(), node("two").start());
        balancer.leadTo(nodes);
        plain = AppBank.open(balancer, "plain");
        withDigits = AppBank.open(balancer, "with-digits");
        withDigits.codeBack("always");
        // read once, so that no test's calls are out of step
        plain.realm().openApi();
    }

    private static Keycloak node(String name) {
        return Keycloak.on(
                Postgres.address(database),
                null,
                NAME + "-" + name,
                List.of(Servers.realmFile()),
                "--hostname=" + balancer.address(),
                "--cache=ispn",
                "--cache-embedded-network-bind-address=127.0.0.1",
                "--spi-consent-link--jpa--opened-per-minute=" + OPENED_PER_MINUTE);
    }

    @AfterAll
    static void stop() {
        nodes.forEach(Keycloak::close);
        balancer.close();
    }

    /** @param passedOver so that each call is also made to the other node */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void pageAndAppAndWaitAreAnsweredByWhicheverNodeIsNext(int passedOver) throws Exception {
        BankApp app = withDigits.realm().newCustomer().app();
        WebClient client = new WebClient(withDigits.realm());
        if (passedOver > 0) {
            balancer.next();
        }
        CodeFlow flow = withDigits.flow(BALANCES);
        AppLinkPage page = withDigits.page(client, flow);
        Keycloak opener = balancer.lastAsked();

        CompletableFuture<Answer> open = inBackground(client, page);
        Keycloak waiter = awaitOther(opener);
        String request = claim(app, page.link());
        assertThat(balancer.lastAsked()).as("who was asked after %s", waiter).isNotSameAs(waiter);
        assertThat(told(open)).isEqualTo("claimed");

        AppLinkPage claimed = page.again();
        assertThat(claimed.state()).isEqualTo("claimed");
        Keycloak shower = balancer.lastAsked();
        CompletableFuture<Answer> answer = inBackground(client, claimed);
        awaitOther(shower);
        app.approve(request, BALANCES).ok();
        assertThat(told(answer)).isEqualTo("code");

        AppLinkPage wantsDigits = claimed.again();
        assertThat(wantsDigits.wantsDigits()).isTrue();
        URI back = wantsDigits.enter(digits(app, request)).back();
        assertThat(flow.tokens(back).accessTokenScope()).contains(BALANCES);
    }

    @Test
    void aLoginGoesOnWhoseNodeIsKilledBetweenScanAndAnswer() {
        BankApp app = plain.realm().newCustomer().app();
        CodeFlow flow = plain.flow(BALANCES);
        AppLinkPage page = plain.page(browser, flow);
        String request = claim(app, page.link());

        kill(balancer.lastAsked(), () -> {
            answered(() -> app.whereTheServerMayFail().approve(request, BALANCES));
            assertThat(flow.tokens(goOn(page, flow)).accessTokenScope()).contains(BALANCES);
        });
    }

    @Test
    void aLoginGoesOnWhoseNodeIsKilledBetweenAnswerAndGoingOn() {
        BankApp app = plain.realm().newCustomer().app();
        CodeFlow flow = plain.flow(BALANCES);
        AppLinkPage page = plain.page(browser, flow);
        app.approve(claim(app, page.link()), BALANCES).ok();

        kill(balancer.lastAsked(), () -> assertThat(
                        flow.tokens(goOn(page, flow)).accessTokenScope())
                .contains(BALANCES));
    }

    /** Anybody can load such a page, and each makes a row. */
    @Test
    void pagesThatNobodyIsKnownInAreOpenedInABoundedNumber() {
        AppBank flooded = AppBank.open(balancer, "flooded");
        AppLinkPage there = flooded.page(browser, flooded.flow(BALANCES));
        AppLinkPage refused = Eventually.within(
                PATIENCE,
                "a page too many",
                () -> flooded.page(new WebClient(flooded.realm()), flooded.flow(BALANCES)),
                page -> page.findLink().isEmpty());

        assertThat(refused.state()).isEqualTo("unopened");
        Element alert = refused.page().html().selectFirst("[role=alert]");
        assertThat(alert.text()).contains("Wait a minute, then press Continue.");
        assertThat(refused.page().html().select("script[src*=unopened]"))
                .as("what goes on by itself")
                .isEmpty();
        // in each minute that it took, on each node
        assertThat(Postgres.count(database, "consent_link", "realm_id = (SELECT id FROM realm WHERE name = 'flooded')"))
                .isBetween((long) OPENED_PER_MINUTE, nodes.size() * OPENED_PER_MINUTE * (PATIENCE.toMinutes() + 1));
        assertThat(there.again().state()).as("a page that was there").isEqualTo("open");
        assertThat(plain.page(browser, plain.flow(BALANCES)).state()).isEqualTo("open");
        assertThat(balancer.said()).contains("More login pages for the app are opened for the client");
        Eventually.within(
                PATIENCE, "a page of its own", () -> refused.press("new-code", "true"), page -> page.findLink()
                        .isPresent());
    }

    private void kill(Keycloak node, Runnable meanwhile) {
        node.kill();
        try {
            meanwhile.run();
        } finally {
            node.launch();
            node.awaitReady();
        }
    }

    /**
     * As a customer does who sees an error, or the page once more: looks again, and where there is no page begins where
     * the TPP began.
     */
    private URI goOn(AppLinkPage page, CodeFlow flow) {
        AppLinkPage[] seen = {page};
        return Eventually.within(
                        PATIENCE,
                        "the login to go on",
                        () -> {
                            try {
                                seen[0] = seen[0].isThere() ? seen[0].again() : plain.page(browser, flow);
                            } catch (UncheckedIOException noAnswer) {
                                // asked again
                            }
                            return seen[0];
                        },
                        shown -> shown.page().left())
                .back();
    }

    /** As an app does whose call is not answered: calls again. */
    private static void answered(Supplier<Answer> call) {
        Eventually.within(
                PATIENCE,
                "an answer",
                () -> {
                    try {
                        return Optional.of(call.get());
                    } catch (UncheckedIOException noAnswer) {
                        return Optional.<Answer>empty();
                    }
                },
                answer -> answer.filter(there -> there.status() == 200).isPresent());
    }

    /** Asks as the page's script does, for what it shows. */
    private static CompletableFuture<Answer> inBackground(WebClient client, AppLinkPage page) {
        Element shown = page.page().html().selectFirst("[data-consent-watch]");
        URI waits = URI.create(shown.attr("data-consent-waits"));
        Map<String, String> headers = new HashMap<>(Map.of(
                "Assent-Watch", shown.attr("data-consent-watch"),
                "Assent-State", page.state(),
                "Cookie", client.cookies(waits)));
        page.findLink().ifPresent(link -> headers.put("Assent-Link", link.uri().toString()));
        return CompletableFuture.supplyAsync(() -> {
            HttpRequest.Builder call = Http.request(waits).timeout(PATIENCE).POST(BodyPublishers.noBody());
            headers.forEach(call::header);
            return Http.send(call);
        });
    }

    /** Until another node was asked: by the page that waits. */
    private static Keycloak awaitOther(Keycloak before) {
        return Eventually.within(PATIENCE, "a page that waits", balancer::lastAsked, node -> node != before);
    }

    private static String told(CompletableFuture<Answer> page) throws Exception {
        return page.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .ok()
                .get("state")
                .asText();
    }
}
