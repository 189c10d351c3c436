package io.assent.sample.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermitTest {

    private static final LocalDate TODAY = LocalDate.of(2027, 3, 1);
    private static final Map<String, Object> LIST = detail("list_accounts", "acc-1");

    @Test
    void aDetailAllowsItsActionsWithItsAccounts() {
        assertThat(allows(List.of(LIST), "list_accounts", "acc-1")).isTrue();
        assertThat(allows(List.of(LIST), "list_accounts", "acc-2")).isFalse();
        assertThat(allows(List.of(LIST), "read_balances", "acc-1")).isFalse();
        assertThat(allows(List.of(), "list_accounts", "acc-1")).isFalse();
    }

    @Test
    void twoDetailsAreNeverCombined() {
        List<Map<String, Object>> details = List.of(LIST, detail("read_balances", "acc-2"));

        assertThat(allows(details, "read_balances", "acc-1")).isFalse();
        assertThat(allows(details, "read_balances", "acc-2")).isTrue();
    }

    @Test
    void aDetailOfWhichSomethingIsNotUnderstoodAllowsNothing() {
        assertThat(allowsWith("limit", 3)).isFalse();
        assertThat(allowsWith("type", "payment_initiation")).isFalse();
        assertThat(allowsWith("validUntil", "soon")).isFalse();
        assertThat(allowsWith("validUntil", 20270401)).isFalse();
        assertThat(allowsWith("accounts", "acc-1")).isFalse();
        assertThat(allowsWith("accounts", List.of("acc-1"))).isFalse();
        assertThat(allowsWith("actions", "list_accounts")).isFalse();
    }

    @Test
    void aCustomersOwnTokenReadsAllAccountsUntilItsLastDay() {
        Map<String, Object> own = Map.of("type", "personal_access", "name", "My script", "validUntil", "2027-03-01");

        assertThat(allows(List.of(own), "read_balances", "acc-1")).isTrue();
        for (Map<String, Object> other : List.<Map<String, Object>>of(
                Map.of("type", "personal_access", "name", "My script", "limit", 3),
                Map.of("type", "personal_access", "name", "My script", "validUntil", "2027-02-28"))) {
            assertThat(allows(List.of(other), "read_balances", "acc-1")).isFalse();
        }
    }

    @Test
    void aDetailIsGoodOnItsLastDay() {
        assertThat(allowsWith("validUntil", "2027-03-01")).isTrue();
        assertThat(allowsWith("validUntil", "2027-02-28")).isFalse();
    }

    private static boolean allowsWith(String field, Object value) {
        Map<String, Object> detail = new HashMap<>(LIST);
        detail.put(field, value);
        return allows(List.of(detail), "list_accounts", "acc-1");
    }

    private static boolean allows(List<Map<String, Object>> details, String action, String account) {
        return new Permit("somebody", false, List.of(), details).allows(action, account, TODAY);
    }

    private static Map<String, Object> detail(String action, String account) {
        return Map.of(
                "type", "account_information",
                "actions", List.of(action),
                "accounts", List.of(Map.of("id", account)));
    }
}
