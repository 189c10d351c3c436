package io.assent.it.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.server.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code that a customer sets. What it is good for is in {@code UserCodeRequestIT}. */
class UserCodeIT {

    private static final String CODE = "k4-Secret!";

    private final Realm bank = Servers.bank();
    private final Customer customer = bank.newCustomer();
    private final BankApp app = customer.app();

    @Test
    void aCodeIsSetAndRemovedAndNeverShown() {
        assertThat(app.userCode().ok().get("setAt").isNull()).isTrue();

        assertThat(app.setUserCode(CODE).status()).isEqualTo(204);

        Answer set = app.userCode();
        assertThat(set.text("setAt")).isNotBlank();
        assertThat(set.body()).doesNotContain(CODE);
        assertThat(bank.server().said()).doesNotContain(CODE);

        assertThat(app.removeUserCode().status()).isEqualTo(204);
        assertThat(app.removeUserCode().status()).as("again").isEqualTo(204);
        assertThat(app.userCode().ok().get("setAt").isNull()).isTrue();
    }

    @Test
    void theSameCodeAgainIsTheSameCodeAndAnotherOneTakesItsPlace() {
        app.setUserCode(CODE).ok();
        String setAt = app.userCode().text("setAt");

        app.setUserCode(CODE).ok();
        assertThat(app.userCode().text("setAt")).isEqualTo(setAt);

        app.setUserCode("another-" + CODE).ok();
        assertThat(app.userCode().text("setAt")).isGreaterThan(setAt);
        assertThat(credentials()).hasSize(1);
    }

    @Test
    void staffSeeThatThereIsOneAndItIsStoredAsAHash() {
        app.setUserCode(CODE).ok();

        JsonNode credential = credentials();
        assertThat(credential).hasSize(1);
        assertThat(credential.toString()).doesNotContain(CODE);
        bank.admin()
                .removeCredential(
                        bank.name(), customer.id(), credential.get(0).get("id").asText());

        assertThat(app.userCode().ok().get("setAt").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "with space", "ümlaut", "tab\\there"})
    void whatIsNoCodeIsRefusedAndChangesNothing(String code) {
        app.setUserCode(CODE).ok();
        String setAt = app.userCode().text("setAt");

        assertThat(app.call("PUT", "/user-code", "/user-code", "{\"code\":\"" + code + "\"}")
                        .problem())
                .isEqualTo("malformed-request");

        assertThat(app.userCode().text("setAt")).isEqualTo(setAt);
    }

    private JsonNode credentials() {
        return bank.admin().credentials(bank.name(), customer.id(), "ciba-user-code");
    }
}
