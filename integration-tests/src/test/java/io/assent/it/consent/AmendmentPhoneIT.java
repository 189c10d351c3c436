package io.assent.it.consent;

import static io.assent.it.consent.ChangingBank.ALL;
import static io.assent.it.consent.ChangingBank.LOANS;
import static io.assent.it.consent.ChangingBank.RATES;
import static io.assent.it.consent.ChangingBank.TERMS;
import static io.assent.it.consent.ChangingBank.carried;
import static io.assent.it.consent.ChangingBank.change;
import static io.assent.it.consent.ChangingBank.changes;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Customer;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.Axe;
import io.assent.testing.browser.Browser;
import io.assent.testing.browser.PhonePage;
import io.assent.testing.browser.WithBrowser;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the phone says of a question for more: what was allowed before goes on, whatever becomes of it. */
@WithBrowser
class AmendmentPhoneIT {

    private static Browser hand;

    private ChangingBank bank;
    private Tpp tpp;
    private Customer customer;
    private Tokens tokens;

    @BeforeEach
    void grant() {
        bank = ChangingBank.open("amendment-phone");
        tpp = bank.newTpp(ALL);
        customer = bank.realm().newCustomer();
        tokens = ChangingBank.tokens(tpp, customer, customer.app(), LOANS, BALANCES);
    }

    @AfterEach
    void removeRealm() {
        bank.close();
    }

    @ParameterizedTest(name = "{0} pixels wide, {1}, {2}")
    @CsvSource({"360, light, en", "1280, dark, de"})
    void aPartOfWhatIsNewComesOnTop(int width, String scheme, String language) {
        PhonePage phone = asked(width, scheme, language);
        assertThat(phone.request())
                .contains(
                        language.equals("de")
                                ? "Neu: Das gehört jetzt zu dem"
                                : "New: this belongs to what you allowed.")
                .contains("Words for " + RATES, "Words for " + TERMS)
                .doesNotContain("Words for " + LOANS);
        look("amendment-" + width + "-" + scheme + "-" + language);

        phone.tick(RATES);
        phone.approve();
        look("amendment-approved-" + width + "-" + scheme + "-" + language);

        assertThat(phone.outcome("yes")).singleElement().asString().startsWith("Words for " + RATES);
        assertThat(phone.outcome("no")).singleElement().asString().startsWith("Words for " + TERMS);
        assertThat(carried(Tokens.of(tpp.refresh(tokens)))).containsExactlyInAnyOrder(LOANS, BALANCES, RATES);
    }

    @Test
    void aNoTakesNothingAwayAndSaysSo() {
        PhonePage phone = asked(360, "dark", "en");
        assertThat(phone.canReport()).as("there is nobody to report").isFalse();

        phone.deny();

        look("amendment-denied");
        assertThat(phone.text())
                .contains("Nothing was added to what you allowed.")
                .doesNotContain("Nothing was shared");
        assertThat(carried(Tokens.of(tpp.refresh(tokens)))).containsExactlyInAnyOrder(LOANS, BALANCES);
    }

    /** The phone is open, and the push comes. */
    private PhonePage asked(int width, String scheme, String language) {
        hand.startAfresh();
        hand.prefer(scheme);
        hand.resize(width);
        PhonePage phone = PhonePage.open(hand, bank.realm());
        phone.logIn(customer.username(), customer.password());
        if (language.equals("de")) {
            phone.changeLanguage();
        }
        bank.staff()
                .setChanges(changes(0, change("widen", "widen", List.of(LOANS), RATES, TERMS)))
                .ok();
        phone.openPush();
        return phone;
    }

    private static void look(String name) {
        hand.screenshot(name);
        assertThat(Axe.violations(hand)).isEmpty();
    }
}
