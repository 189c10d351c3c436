package io.assent.sample.bank;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a token permits, which was checked: the scopes say what kind of call, the details with which accounts (RFC
 * 9396). Neither is enough alone, and what a detail does not say it does not allow.
 *
 * @param customer the token's {@code sub}
 * @param byDPoP whether the call came with a proof of a key
 * @param details {@code authorization_details}
 */
record Permit(String customer, boolean byDPoP, List<String> scopes, List<Map<String, Object>> details) {

    private static final String ACCOUNTS = "account_information";

    /** A customer's own token: the scopes say what it reads, and it reads all accounts. */
    private static final String PERSONAL = "personal_access";

    /**
     * A field that we don't know may be a limit: then the detail allows nothing. Nor does a type that we don't know.
     */
    private static final Map<String, Set<String>> KNOWN = Map.of(
            ACCOUNTS, Set.of("type", "actions", "accounts", "historyFrom", "historyTo", "validUntil"),
            PERSONAL, Set.of("type", "name", "validUntil"));

    boolean allows(String scope) {
        return scopes.contains(scope);
    }

    /**
     * Whether a single detail allows an action with an account of the customer.
     *
     * @param today by UTC, as the days of a detail are
     */
    boolean allows(String action, String account, LocalDate today) {
        return details.stream()
                .filter(detail -> isGood(detail, today))
                .anyMatch(detail -> PERSONAL.equals(detail.get("type"))
                        || actions(detail).contains(action) && accounts(detail).contains(account));
    }

    private static boolean isGood(Map<String, Object> detail, LocalDate today) {
        return detail.get("type") instanceof String type
                && KNOWN.getOrDefault(type, Set.of()).containsAll(detail.keySet())
                && (!detail.containsKey("validUntil") || isNotBefore(detail.get("validUntil"), today));
    }

    private static boolean isNotBefore(Object day, LocalDate today) {
        try {
            return day instanceof String text && !LocalDate.parse(text).isBefore(today);
        } catch (DateTimeException notADay) {
            return false;
        }
    }

    private static List<?> actions(Map<String, Object> detail) {
        return detail.get("actions") instanceof List<?> actions ? actions : List.of();
    }

    private static List<?> accounts(Map<String, Object> detail) {
        return detail.get("accounts") instanceof List<?> accounts
                ? accounts.stream()
                        .map(account -> account instanceof Map<?, ?> named ? named.get("id") : null)
                        .toList()
                : List.of();
    }
}
