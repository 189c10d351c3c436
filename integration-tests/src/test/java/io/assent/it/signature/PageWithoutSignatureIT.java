package io.assent.it.signature;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Admin;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Realm;
import io.assent.testing.browser.WebClient;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where approvals have to be signed, Keycloak's own consent page, which takes no signature, asks for nothing. */
class PageWithoutSignatureIT {

    private static final String REALM = "page-without-signature";
    private static final Keycloak SERVER = Servers.shared(Database.H2);
    private static final Admin ADMIN = SERVER.admin();

    @BeforeAll
    static void createRealmWithoutTheScreen() {
        ADMIN.createRealm(
                Servers.realmFile().asking(Map.of("decision-signature", "key")).named(REALM));
        ADMIN.consentScreen(REALM, false);
    }

    @AfterAll
    static void removeRealm() {
        ADMIN.removeRealm(REALM);
    }

    @Test
    void theClientIsRefusedAndTheOperatorTold() {
        Realm bank = SERVER.realm(REALM);
        CodeFlow flow = new CodeFlow(bank.tpp(ACME), CodeFlow.BACK, BALANCES);

        assertThat(flow.error(new WebClient(bank).open(flow.authorizationUri()).uri()))
                .isEqualTo("invalid_scope");
        assertThat(SERVER.said().lines())
                .anyMatch(line -> line.contains("ERROR")
                        && line.contains("'" + REALM + "'")
                        && line.contains("takes no signature"));
    }

    @Test
    void whatIsNoPermissionOfTheBankIsAskedForAsEver() {
        Realm bank = SERVER.realm(REALM);
        CodeFlow flow = new CodeFlow(bank.tpp(ACME), CodeFlow.BACK, "openid");

        assertThat(new WebClient(bank).open(flow.authorizationUri()).uri().toString())
                .as("the page of the login")
                .contains("/realms/" + REALM + "/protocol/openid-connect/auth");
    }
}
