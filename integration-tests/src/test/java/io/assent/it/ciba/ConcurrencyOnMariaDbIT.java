package io.assent.it.ciba;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.AtOnce;
import io.assent.testing.actor.AppLink;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Realm;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.MariaDb;
import io.assent.testing.server.Servers;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same on MariaDB as it is set by itself: there a transaction goes on seeing what it saw first, and the one that
 * came second does not see the first one's change unless it locks what it reads.
 */
@Tag("long")
class ConcurrencyOnMariaDbIT extends Concurrency {

    private static final String BY_APP = "by-app";
    private static final String FLOW = "with-app";

    private static MariaDb database;
    private static Keycloak server;

    ConcurrencyOnMariaDbIT() {
        // it locks the gaps between rows as well, so that customers lock each other out (docs/events.md)
        super(server.realm(Servers.BANK), 1);
    }

    @BeforeAll
    static void start() {
        assumeTrue(
                MariaDb.isInstalled(),
                "no MariaDB (Debian: mariadb-server-core and mariadb-client-core): it is not tested");
        database = MariaDb.start();
        server = Keycloak.on(
                        database.address(),
                        null,
                        "mariadb-at-once",
                        List.of(Servers.realmFile(), Servers.realmFile().named(BY_APP)))
                .start();
        server.admin().addFlowWithApp(BY_APP, FLOW, true);
        server.admin().bindBrowserFlow(BY_APP, ACME, FLOW);
        server.admin().continueInApp(BY_APP, "always");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void theSameClaimOfALinkAtOnceIsOneRequest() throws Exception {
        Realm realm = server.realm(BY_APP);
        BankApp app = realm.newCustomer().app();
        for (int round = 0; round < 10; round++) {
            AppLink link = link(realm);

            List<Answer> answers = AtOnce.all(Collections.<Callable<Answer>>nCopies(4, () -> app.claim(link)));

            assertThat(answers)
                    .extracting(answer -> answer.ok().get("id").asText())
                    .containsOnly(app.onlyPendingId());
            app.deny(app.onlyPendingId()).ok();
        }
    }

    @Test
    void ofTwoPhonesAtOnceOneGetsALink() throws Exception {
        Realm realm = server.realm(BY_APP);
        List<BankApp> apps =
                List.of(realm.newCustomer().app(), realm.newCustomer().app());
        for (int round = 0; round < 10; round++) {
            AppLink link = link(realm);

            List<Answer> answers = AtOnce.all(apps.stream()
                    .<Callable<Answer>>map(app -> () -> app.claim(link))
                    .toList());

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 410);
            BankApp winner = apps.get(answers.get(0).status() == 200 ? 0 : 1);
            winner.deny(winner.onlyPendingId()).ok();
        }
    }

    private static AppLink link(Realm realm) {
        WebClient browser = new WebClient(realm);
        CodeFlow flow = new CodeFlow(realm.tpp(ACME), CodeFlow.BACK, BALANCES);
        return new AppLinkPage(browser, browser.open(flow.authorizationUri())).link();
    }
}
