package io.assent.detail;

import io.assent.account.Account;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A detail as a customer sees it.
 *
 * @param oneTime whether it is good for one token
 * @param rows what it says, the most important first
 * @param choice the accounts that it is about, if it is about any
 */
public record ShownDetail(Detail detail, boolean oneTime, List<DetailRow> rows, Optional<AccountChoice> choice) {

    public ShownDetail {
        rows = List.copyOf(rows);
    }

    /**
     * The accounts of a detail.
     *
     * @param field where its ids go
     * @param named the ids that it has, in its order; empty where none are named yet
     * @param accounts those that the customer can choose among, or, once answered, those that were chosen; without
     *     those that the customer has no more
     * @param unavailable whether the bank's system did not say which accounts there are
     */
    public record AccountChoice(AccountField field, Set<String> named, List<Account> accounts, boolean unavailable) {

        public AccountChoice {
            named = Collections.unmodifiableSet(new LinkedHashSet<>(named));
            accounts = List.copyOf(accounts);
        }
    }
}
