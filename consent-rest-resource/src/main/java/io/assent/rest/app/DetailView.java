package io.assent.rest.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.assent.account.Account;
import io.assent.detail.DetailRow;
import io.assent.detail.ShownDetail;
import io.assent.detail.ShownDetail.AccountChoice;
import java.util.List;

/**
 * An authorization detail that is asked for, as the API shows it.
 *
 * @param detail the whole of it, a JSON object
 * @param accounts the accounts that it is about, or {@code null} where it is about none
 */
@JsonInclude
record DetailView(String type, @JsonRawValue String detail, boolean oneTime, List<Row> rows, Accounts accounts) {

    /** @param choosable whether the customer's accounts were looked up */
    static DetailView of(ShownDetail shown, boolean choosable) {
        return new DetailView(
                shown.detail().type(),
                shown.detail().json(),
                shown.oneTime(),
                Row.of(shown),
                shown.choice().map(choice -> Accounts.of(choice, choosable)).orElse(null));
    }

    /** A line to read. */
    @JsonInclude
    record Row(String label, String value, int emphasis) {

        static List<Row> of(ShownDetail shown) {
            return shown.rows().stream().map(Row::of).toList();
        }

        private static Row of(DetailRow row) {
            return new Row(row.label(), row.value(), row.emphasis());
        }
    }

    /**
     * Where accounts go, and which there are to choose among.
     *
     * @param choices {@code null} where they were not looked up
     */
    @JsonInclude
    record Accounts(
            String field,
            boolean many,
            boolean required,
            List<String> named,
            List<AccountView> choices,
            boolean unavailable) {

        static Accounts of(AccountChoice choice, boolean choosable) {
            return new Accounts(
                    choice.field().name(),
                    choice.field().many(),
                    choice.field().required(),
                    List.copyOf(choice.named()),
                    choosable ? choice.accounts().stream().map(AccountView::of).toList() : null,
                    choice.unavailable());
        }
    }

    /** One of the customer's accounts, as the bank shows it. */
    @JsonInclude
    record AccountView(String id, String name, String kind, String maskedNumber, String currency) {

        static AccountView of(Account account) {
            return new AccountView(
                    account.id(), account.name(), account.kind(), account.maskedNumber(), account.currency());
        }

        /** One of which no more is known now. */
        static AccountView unknown(String id) {
            return new AccountView(id, null, null, null, null);
        }
    }

    /**
     * An authorization detail that was granted, as the API shows it.
     *
     * @param detail the whole of it, a JSON object
     * @param accounts those that it names, or {@code null} where it is about none
     */
    @JsonInclude
    record Granted(
            String type, @JsonRawValue String detail, boolean oneTime, List<Row> rows, List<AccountView> accounts) {

        static Granted of(ShownDetail shown) {
            return new Granted(
                    shown.detail().type(),
                    shown.detail().json(),
                    shown.oneTime(),
                    Row.of(shown),
                    shown.choice().map(Granted::accounts).orElse(null));
        }

        private static List<AccountView> accounts(AccountChoice choice) {
            return choice.named().stream()
                    .map(id -> choice.accounts().stream()
                            .filter(account -> account.id().equals(id))
                            .findFirst()
                            .map(AccountView::of)
                            .orElseGet(() -> AccountView.unknown(id)))
                    .toList();
        }
    }
}
