package io.assent.it.screen;

import static io.assent.it.screen.AppBank.claim;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.browser.AppLinkPage;
import io.assent.testing.browser.WebClient;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A login that goes on in the app survives that the server forgets it: the authentication session is in memory alone.
 *
 * <p>Restarts the shared server in place: it keeps its port and its data, so that no other test notices.
 */
@Isolated("restarts the shared server")
class AppLoginRestartIT {

    private final AppBank bank = AppBank.open("app-login-restarts");

    @Test
    void theLoginGoesOnAfterARestartBetweenScanAndAnswer() {
        try {
            WebClient browser = new WebClient(bank.realm());
            BankApp app = bank.realm().newCustomer().app();
            CodeFlow flow = bank.flow(BALANCES);
            AppLinkPage page = bank.page(browser, flow);
            String request = claim(app, page.link());

            Keycloak server = Servers.shared(Database.H2);
            server.stop();
            server.start();

            AppLinkPage begunAnew = page.again();
            assertThat(begunAnew.state()).isEqualTo("claimed");
            app.approve(request, BALANCES).ok();
            assertThat(flow.tokens(begunAnew.again().back()).accessTokenScope()).contains(BALANCES);
        } finally {
            bank.close();
        }
    }
}
