package io.assent.it.app;

import static io.assent.testing.actor.DevRealm.ACME;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.PushStream;
import io.assent.testing.actor.Realm;
import io.assent.testing.actor.Tpp;
import io.assent.testing.server.Database;
import io.assent.testing.server.Servers;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the admin writes in the console's <em>Localization</em> tab is what the customer reads. */
@ResourceLock(Servers.OTHER)
class LocalizationIT {

    private static final String PERMISSION = "permission." + BALANCES;
    private static final String PUSH_TITLE = "consent.push.title";
    private static final String NO_FORMAT = "Balance {x} of it";

    /** A realm in which no other test reads texts. */
    private final Realm bank = Servers.shared(Database.H2).realm(Servers.OTHER);

    private final Admin admin = bank.admin();
    private final Tpp acme = bank.tpp(ACME);
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();
    private String overridden;

    @AfterEach
    void theThemesOwnMessageIsBack() {
        if (overridden != null) {
            admin.removeMessageOverride(bank.name(), "en", overridden);
            overridden = null;
        }
    }

    @Test
    void anOverriddenPermissionIsShownAsTheAdminWroteIt() {
        override(PERMISSION, "Your balance");
        acme.ask(customer, BALANCES);

        assertThat(title(app.onlyPending())).isEqualTo("Your balance");
    }

    @Test
    void whatTheAdminChangesIsReadAtOnce() {
        acme.ask(customer, BALANCES);
        String byTheme = title(app.onlyPending());

        override(PERMISSION, "Your balance");
        assertThat(title(app.onlyPending())).isEqualTo("Your balance").isNotEqualTo(byTheme);
        override(PERMISSION, "What you have");
        assertThat(title(app.onlyPending())).isEqualTo("What you have");
        theThemesOwnMessageIsBack();
        assertThat(title(app.onlyPending())).isEqualTo(byTheme);
    }

    @Test
    void aPermissionThatIsNoValidMessageFormatIsShownAsItIs() {
        override(PERMISSION, NO_FORMAT);
        acme.ask(customer, BALANCES);

        JsonNode listed = app.onlyPending();
        String id = listed.get("id").asText();
        assertThat(title(listed)).isEqualTo(NO_FORMAT);
        assertThat(title(app.request(id).ok())).isEqualTo(NO_FORMAT);
        assertThat(title(app.approve(id).ok())).isEqualTo(NO_FORMAT);
    }

    @Test
    void aPermissionThatNobodyPutInWordsIsReadableAndToldToTheAdminOnce() {
        admin.updateScope(bank.name(), BALANCES, scope -> scope.withObjectProperty("attributes")
                .put("consent.screen.text", "${nobody.wrote.this}"));
        try {
            acme.ask(customer, BALANCES);

            assertThat(title(app.onlyPending())).isEqualTo("Accounts balances");
            assertThat(title(app.onlyPending())).isEqualTo("Accounts balances");
            assertThat(bank.server().said().split("has no text 'nobody.wrote.this' in language 'en'", -1))
                    .as("parts of the log around the warning")
                    .hasSize(2);
        } finally {
            admin.updateScope(bank.name(), BALANCES, scope -> scope.withObjectProperty("attributes")
                    .put("consent.screen.text", "${" + PERMISSION + "}"));
        }
    }

    @Test
    void aPushWhoseTitleIsNoValidMessageFormatArrivesWithTheTitleAsItIs() {
        override(PUSH_TITLE, NO_FORMAT);
        String pushToken = app.register(UUID.randomUUID(), "sandbox", "en");
        try (PushStream phone = PushStream.open(bank, pushToken)) {
            acme.ask(customer, BALANCES);

            assertThat(phone.next().get("title").asText()).isEqualTo(NO_FORMAT);
        }
    }

    private void override(String key, String message) {
        overridden = key;
        admin.overrideMessage(bank.name(), "en", key, message);
    }

    private static String title(JsonNode request) {
        return request.findValues("permissions").stream()
                .flatMap(permissions -> StreamSupport.stream(permissions.spliterator(), false))
                .filter(permission -> permission.get("scope").asText().equals(BALANCES))
                .map(permission -> permission.get("title").asText())
                .findFirst()
                .orElseThrow();
    }
}
