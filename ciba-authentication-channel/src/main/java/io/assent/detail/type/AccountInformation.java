package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.detail.AccountField;
import io.assent.detail.ConsentDetailType;
import io.assent.detail.DetailRow;
import io.assent.text.Texts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a client may read of accounts, again and again. */
final class AccountInformation implements ConsentDetailType {

    static final String NAME = "account_information";

    private static final String TRANSACTIONS = "read_transactions";
    private static final List<String> ACTIONS = List.of("list_accounts", "read_balances", TRANSACTIONS);
    private static final String HISTORY_FROM = "historyFrom";
    private static final String HISTORY_TO = "historyTo";
    private static final String LAST_DAY = "validUntil";
    private static final AccountField ACCOUNTS = new AccountField("accounts", true, true);

    private final String schema = SchemaFile.of(NAME);

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Optional<String> flaw(ObjectNode detail, Instant now) {
        return Day.flaw(HISTORY_FROM, detail.path(HISTORY_FROM))
                .or(() -> Day.flaw(HISTORY_TO, detail.path(HISTORY_TO)))
                .or(() -> orderFlaw(detail))
                .or(() -> Day.lastDayFlaw(LAST_DAY, detail.path(LAST_DAY), now))
                .or(() -> accountFlaw(detail));
    }

    private static Optional<String> orderFlaw(ObjectNode detail) {
        return Day.find(detail.path(HISTORY_FROM))
                .filter(from ->
                        Day.find(detail.path(HISTORY_TO)).filter(from::isAfter).isPresent())
                .map(from -> "%s is after %s".formatted(HISTORY_FROM, HISTORY_TO));
    }

    private static Optional<String> accountFlaw(ObjectNode detail) {
        JsonNode accounts = detail.path(ACCOUNTS.name());
        Set<String> ids = new HashSet<>();
        accounts.forEach(account -> ids.add(account.path("id").asText()));
        return ids.size() < accounts.size()
                ? Optional.of(ACCOUNTS.name() + " names an account twice")
                : Optional.empty();
    }

    @Override
    public List<DetailRow> rows(ObjectNode detail, Texts texts) {
        Rows rows = new Rows(texts);
        Set<String> actions = actions(detail);
        rows.headline(
                "may-see",
                ACTIONS.stream().filter(actions::contains).map(rows::text).collect(Collectors.joining(", ")));
        if (actions.contains(TRANSACTIONS) && !detail.has(HISTORY_FROM)) {
            rows.normal("history", rows.text("history.all"));
        }
        return rows.day("history.from", detail.path(HISTORY_FROM))
                .day("history.to", detail.path(HISTORY_TO))
                .day("until", detail.path(LAST_DAY))
                .all();
    }

    private static Set<String> actions(ObjectNode detail) {
        return texts(detail.path("actions")).collect(Collectors.toSet());
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }

    @Override
    public boolean isOneTime() {
        return false;
    }

    @Override
    public Optional<AccountField> accounts(ObjectNode detail) {
        return Optional.of(ACCOUNTS);
    }

    /** A customer may allow fewer actions, a shorter history, and an earlier end. */
    @Override
    public boolean isWithin(ObjectNode granted, ObjectNode asked) {
        return actions(asked).containsAll(actions(granted))
                && isWithin(HISTORY_FROM, granted, asked, (from, limit) -> !from.isBefore(limit))
                && isWithin(HISTORY_TO, granted, asked, (to, limit) -> !to.isAfter(limit))
                && isWithin(LAST_DAY, granted, asked, (end, limit) -> !end.isAfter(limit));
    }

    /** A day that was not asked for is no limit; one that was can't be left out. */
    private static boolean isWithin(
            String field, ObjectNode granted, ObjectNode asked, BiPredicate<LocalDate, LocalDate> order) {
        return !asked.has(field)
                || Day.find(asked.path(field))
                        .filter(limit -> Day.find(granted.path(field))
                                .filter(day -> order.test(day, limit))
                                .isPresent())
                        .isPresent();
    }

    @Override
    public Optional<Instant> validUntil(ObjectNode detail) {
        return Day.end(detail.path(LAST_DAY));
    }
}
