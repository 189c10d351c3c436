package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.it.screen.AppBank.returnUri;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.server.TlsKeycloak;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A login by the app at a server that is called by TLS, as every bank's is. */
@Tag("long")
class AppLoginByTlsIT {

    private static TlsKeycloak server;
    private static AppBank bank;

    @BeforeAll
    static void startAServer() {
        server = new TlsKeycloak("app-login-by-tls").start();
        bank = AppBank.open(server, "by-tls");
    }

    @AfterAll
    static void stopIt() {
        server.close();
    }

    @Test
    void theAppComesBackToTheBrowserByACookieThatNoOtherHostCanSet() {
        bank.codeBack("always");
        BankApp app = bank.realm().newCustomer().app();
        WebClient browser = new WebClient(bank.realm());
        CodeFlow flow = bank.flow(BALANCES);
        AppLinkPage page = bank.page(browser, flow);

        URI otherRealm = server.uri("/realms/master/");
        assertThat(browser.cookies(otherRealm)).contains("__Host-ASSENT_BROWSER=");
        assertThat(browser.cookies(page.page().action())).doesNotContain("; ASSENT_BROWSER=");

        String request = claim(app, page.link());
        app.approve(request, BALANCES).ok();
        assertThat(page.again().state()).isEqualTo("code");
        assertThat(flow.redeem(browser.open(returnUri(app, request)).uri()).status())
                .isEqualTo(200);
    }
}
