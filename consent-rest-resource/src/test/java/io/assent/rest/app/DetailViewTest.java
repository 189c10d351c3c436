package io.assent.rest.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.account.Account;
import io.assent.detail.AccountField;
import io.assent.detail.Detail;
import io.assent.detail.DetailRow;
import io.assent.detail.ShownDetail;
import io.assent.detail.ShownDetail.AccountChoice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetailViewTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Account EVERYDAY = new Account("a-1", "Everyday", "current", "•••• 3000", "EUR");
    private static final Detail DETAIL = new Detail("payment", "{\"amount\":\"1.00\",\"type\":\"payment\"}");

    private static ShownDetail shown(Optional<AccountChoice> choice) {
        return new ShownDetail(DETAIL, true, List.of(new DetailRow("Amount", "€1.00", DetailRow.HEADLINE)), choice);
    }

    private static JsonNode json(Object view) {
        try {
            return JSON.readTree(JSON.writeValueAsString(view));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<AccountChoice> accounts(Set<String> named, List<Account> accounts, boolean unavailable) {
        return Optional.of(new AccountChoice(new AccountField("accounts", true, true), named, accounts, unavailable));
    }

    @Test
    void theDetailIsAnObjectAsItIsKept() {
        JsonNode json = json(DetailView.of(shown(Optional.empty()), true));

        assertThat(json.get("detail")).isEqualTo(DETAIL.content());
        assertThat(json.get("oneTime").asBoolean()).isTrue();
        assertThat(json.at("/rows/0/label").asText()).isEqualTo("Amount");
        assertThat(json.at("/rows/0/emphasis").asInt()).isEqualTo(1);
        assertThat(json.get("accounts").isNull()).isTrue();
    }

    @Test
    void accountsThatWereNotLookedUpAreNoChoice() {
        Optional<AccountChoice> none = accounts(Set.of(), List.of(), false);

        assertThat(DetailView.of(shown(none), false).accounts().choices()).isNull();
        assertThat(DetailView.of(shown(none), true).accounts().choices()).isEmpty();
    }

    @Test
    void whichAccountsThereAreMayNotBeKnown() {
        assertThat(DetailView.of(shown(accounts(Set.of(), List.of(), true)), true)
                        .accounts()
                        .unavailable())
                .isTrue();
    }

    @Test
    void whatWasGrantedNamesItsAccountsInTheirOrderAndThoseThatAreGoneById() {
        Set<String> named = new LinkedHashSet<>(List.of("a-2", "a-1"));

        List<DetailView.AccountView> accounts = DetailView.Granted.of(shown(accounts(named, List.of(EVERYDAY), false)))
                .accounts();

        assertThat(accounts)
                .containsExactly(
                        new DetailView.AccountView("a-2", null, null, null, null),
                        new DetailView.AccountView("a-1", "Everyday", "current", "•••• 3000", "EUR"));
    }

    @Test
    void whatIsAboutNoAccountNamesNone() {
        assertThat(DetailView.Granted.of(shown(Optional.empty())).accounts()).isNull();
    }
}
