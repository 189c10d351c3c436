package io.assent.sample.bank;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls: {@code GET /accounts} and {@code GET /accounts/{id}/balances}. */
final class AccountApi {

    private static final String DETAILS_SCOPE = "accounts.details";
    private static final String BALANCES_SCOPE = "accounts.balances";
    private static final Pattern BALANCES = Pattern.compile("/accounts/([^/]+)/balances");

    /** @return what is answered, as JSON */
    Map<String, Object> answer(String path, Permit permit) throws RefusedException {
        if (path.equals("/accounts")) {
            return accounts(permit);
        }
        Matcher balances = BALANCES.matcher(path);
        if (balances.matches()) {
            return balances(permit, balances.group(1));
        }
        throw RefusedException.notFound();
    }

    private static Map<String, Object> accounts(Permit permit) throws RefusedException {
        List<Account> granted = granted(permit, DETAILS_SCOPE, "list_accounts");
        return Map.of(
                "accounts",
                granted.stream()
                        .map(account ->
                                Map.of("id", account.id(), "name", account.name(), "currency", account.currency()))
                        .toList());
    }

    /** An account of somebody else, one that was not granted and one that is closed are refused alike. */
    private static Map<String, Object> balances(Permit permit, String id) throws RefusedException {
        Account account = granted(permit, BALANCES_SCOPE, "read_balances").stream()
                .filter(granted -> granted.id().equals(id))
                .findFirst()
                .orElseThrow(() -> RefusedException.insufficientScope(permit.byDPoP(), BALANCES_SCOPE));
        return Map.of(
                "balances",
                List.of(Map.of("type", "booked", "currency", account.currency(), "amount", account.balance())));
    }

    /** Of the accounts that the customer has, those that the token names for this; at least one. */
    private static List<Account> granted(Permit permit, String scope, String action) throws RefusedException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<Account> granted = permit.allows(scope)
                ? Account.of(permit.customer()).stream()
                        .filter(account -> permit.allows(action, account.id(), today))
                        .toList()
                : List.of();
        if (granted.isEmpty()) {
            throw RefusedException.insufficientScope(permit.byDPoP(), scope);
        }
        return granted;
    }
}
