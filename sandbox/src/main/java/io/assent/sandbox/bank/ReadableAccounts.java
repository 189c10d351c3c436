package io.assent.sandbox.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What its details let a token read. What a detail of the type {@value #TYPE} does not say it does not allow: no
 * account that it does not name. One of the type {@value #PERSONAL} is the customer's own, and allows to read all that
 * they have. One that has a field that this bank can't judge allows nothing.
 */
final class ReadableAccounts {

    private static final String TYPE = "account_information";
    private static final String PERSONAL = "personal_access";

    static final String LIST = "list_accounts";
    static final String BALANCES = "read_balances";
    static final String TRANSACTIONS = "read_transactions";

    private static final Map<String, Set<String>> FIELDS = Map.of(
            TYPE, Set.of("type", "actions", "accounts", "historyFrom", "historyTo", "validUntil"),
            PERSONAL, Set.of("type", "name", "validUntil"));

    private final List<JsonNode> details;

    /**
     * @param details of any type
     * @param all accounts of the customer
     * @param today by UTC, as the days of a detail are
     */
    ReadableAccounts(List<JsonNode> details, List<BankAccount> all, LocalDate today) {
        this.details = details.stream()
                .filter(ReadableAccounts::isUnderstood)
                .filter(detail -> !detail.has("validUntil")
                        || day(detail, "validUntil")
                                .filter(last -> !last.isBefore(today))
                                .isPresent())
                .map(detail -> type(detail).equals(PERSONAL) ? everythingOf(all) : detail)
                .toList();
    }

    private static boolean isUnderstood(JsonNode detail) {
        Set<String> names = new LinkedHashSet<>();
        detail.fieldNames().forEachRemaining(names::add);
        return FIELDS.getOrDefault(type(detail), Set.of()).containsAll(names);
    }

    private static String type(JsonNode detail) {
        return detail.path("type").asText();
    }

    private static JsonNode everythingOf(List<BankAccount> accounts) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode().put("type", TYPE);
        ArrayNode actions = detail.putArray("actions");
        List.of(LIST, BALANCES, TRANSACTIONS).forEach(actions::add);
        ArrayNode ids = detail.putArray("accounts");
        accounts.forEach(account -> ids.addObject().put("id", account.id()));
        return detail;
    }

    /** The accounts for which an action is allowed, by their public ids. */
    Set<String> ids(String action) {
        Set<String> ids = new LinkedHashSet<>();
        details.stream().filter(detail -> allows(detail, action)).forEach(detail -> ids.addAll(named(detail)));
        return ids;
    }

    /**
     * Which days' transactions of an account may be read; empty where none. Where two details allow some, the first.
     */
    Optional<Days> history(String account, Optional<LocalDate> from, Optional<LocalDate> to, LocalDate today) {
        return details.stream()
                .filter(detail -> allows(detail, TRANSACTIONS) && named(detail).contains(account))
                .flatMap(detail -> history(detail, from, to, today).stream())
                .findFirst();
    }

    private static Optional<Days> history(
            JsonNode detail, Optional<LocalDate> from, Optional<LocalDate> to, LocalDate today) {
        Optional<LocalDate> first = day(detail, "historyFrom");
        Optional<LocalDate> last = day(detail, "historyTo");
        if (detail.has("historyFrom") && first.isEmpty() || detail.has("historyTo") && last.isEmpty()) {
            return Optional.empty();
        }
        Days wanted = Days.of(from, to, first, last, today);
        boolean within = first.filter(wanted.from()::isBefore).isEmpty()
                && last.filter(wanted.to()::isAfter).isEmpty();
        return within ? Optional.of(wanted) : Optional.empty();
    }

    private static boolean allows(JsonNode detail, String action) {
        return StreamSupport.stream(detail.path("actions").spliterator(), false)
                .anyMatch(allowed -> action.equals(allowed.textValue()));
    }

    private static Set<String> named(JsonNode detail) {
        Set<String> ids = new LinkedHashSet<>();
        detail.path("accounts").forEach(account -> ids.add(account.path("id").asText()));
        return ids;
    }

    private static Optional<LocalDate> day(JsonNode detail, String field) {
        try {
            return Optional.ofNullable(detail.path(field).textValue()).map(LocalDate::parse);
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }
}
