package io.assent.it.consent;

import static io.assent.it.consent.ChangingBank.ALL;
import static io.assent.it.consent.ChangingBank.AMOUNTS;
import static io.assent.it.consent.ChangingBank.LOANS;
import static io.assent.it.consent.ChangingBank.RATES;
import static io.assent.it.consent.ChangingBank.TERMS;
import static io.assent.it.consent.ChangingBank.carried;
import static io.assent.it.consent.ChangingBank.change;
import static io.assent.it.consent.ChangingBank.changes;
import static io.assent.testing.actor.DevRealm.BALANCES;
import static io.assent.testing.actor.DevRealm.DETAILS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Asked;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.CodeFlow;
import io.assent.testing.actor.Customer;
import io.assent.testing.actor.SharedSecretJwt;
import io.assent.testing.actor.Tokens;
import io.assent.testing.actor.Tpp;
import io.assent.testing.browser.WebClient;
import io.assent.testing.browser.WebPage;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** While the window of a change is open a TPP may ask by the old and by the new names. */
class OldNamesIT {

    private static ChangingBank bank;
    private static Tpp tpp;

    private final Customer customer = bank.realm().newCustomer();
    private final WebClient browser = new WebClient(bank.realm());

    @BeforeAll
    static void changePermissions() {
        bank = ChangingBank.open("old-names");
        ObjectNode undone = change("undone", "rename", List.of(BALANCES), DETAILS);
        bank.staff().setChanges(changes(0, undone)).ok();
        bank.staff()
                .setChanges(changes(
                        1,
                        undone.put("undone", true),
                        change("split", "split", List.of(LOANS), AMOUNTS, TERMS),
                        change("widen", "widen", List.of(AMOUNTS), RATES).put("silent", true)))
                .ok();
        tpp = bank.newTpp(ALL);
    }

    @AfterAll
    static void removeRealm() {
        bank.close();
    }

    @Test
    void aCustomerInTheAppIsAskedForTheNewOnes() {
        BankApp app = customer.app();
        Asked asked = tpp.ask(customer, LOANS);

        assertThat(BankApp.permissions(app.onlyPending())).containsExactlyInAnyOrder(AMOUNTS, TERMS, RATES);
        app.approve(app.onlyPendingId(), AMOUNTS, TERMS).ok();
        Tokens tokens = Tokens.of(tpp.poll(asked));

        assertThat(carried(tokens)).containsExactlyInAnyOrder(AMOUNTS, TERMS);
        assertThat(tokens.scope()).contains(AMOUNTS, TERMS).doesNotContain(LOANS);
        assertThat(carried(Tokens.of(tpp.refresh(tokens, "openid", LOANS)))).containsExactlyInAnyOrder(AMOUNTS, TERMS);
        assertThat(bank.admin().grantedScopes(bank.realm().name(), customer.id(), tpp.clientId()))
                .containsExactlyInAnyOrder(AMOUNTS, TERMS);
    }

    @Test
    void whatWasUndoneIsAskedForAsItSays() {
        BankApp app = customer.app();
        tpp.ask(customer, BALANCES);

        assertThat(BankApp.permissions(app.onlyPending())).containsExactly(BALANCES);
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                way("in the query", CodeFlow::authorizationUri),
                way("pushed", CodeFlow::pushedAuthorizationUri),
                way("signed", flow -> flow.with(
                                "request",
                                SharedSecretJwt.sign(
                                        tpp.secret(),
                                        flow.requestObject(bank.realm().uri("").toString())))
                        .authorizationUri()));
    }

    private static Arguments way(String name, Function<CodeFlow, URI> uri) {
        return Arguments.argumentSet(name, uri);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aCustomerInTheBrowserIsAskedForTheNewOnesOnce(Function<CodeFlow, URI> uri) {
        CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, LOANS);
        WebPage page = browser.logIn(browser.open(uri.apply(flow)), customer);
        assertThat(page.permissions()).containsExactlyInAnyOrder(AMOUNTS, TERMS, RATES);
        Tokens tokens = flow.tokens(browser.approve(page, AMOUNTS, TERMS, RATES).uri());
        assertThat(carried(tokens)).containsExactlyInAnyOrder(AMOUNTS, TERMS, RATES);

        // granted under the new names it is not asked for by the old one
        CodeFlow again = new CodeFlow(tpp, CodeFlow.BACK, LOANS);
        WebPage back = browser.open(uri.apply(again));
        assertThat(back.left()).isTrue();
        assertThat(carried(again.tokens(back.uri()))).containsExactlyInAnyOrder(AMOUNTS, TERMS, RATES);
    }

    @Test
    void whoWantsNoPageIsNotToldOfOneForWhatIsWider() {
        CodeFlow flow = new CodeFlow(tpp, CodeFlow.BACK, LOANS);
        WebPage page = browser.open(flow, customer);
        flow.tokens(browser.approve(page, AMOUNTS, TERMS).uri());

        CodeFlow silent = new CodeFlow(tpp, CodeFlow.BACK, LOANS).with("prompt", "none");
        assertThat(carried(silent.tokens(browser.open(silent.authorizationUri()).uri())))
                .containsExactlyInAnyOrder(AMOUNTS, TERMS);
        WebPage asked = browser.open(new CodeFlow(tpp, CodeFlow.BACK, LOANS).authorizationUri());
        assertThat(asked.permissions()).containsExactly(RATES);
    }
}
