package io.assent.screen;

import io.assent.account.Account;
import io.assent.detail.ShownDetail.AccountChoice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a consent page that asks for accounts, as its template reads it.
 *
 * @param field the name of the form's field
 * @param accounts those that can be chosen
 * @param chosen the ids of those that are chosen when the page opens
 */
public record AccountQuestion(String field, Kind kind, List<Account> accounts, Set<String> chosen) {

    private static final String FIELD = "account-";

    public AccountQuestion {
        accounts = List.copyOf(accounts);
        chosen = Set.copyOf(chosen);
    }

    /** What there is to choose. */
    public enum Kind {
        /** Nothing: it is this one account, or none at all. */
        FIXED,
        /** One of several. */
        ONE,
        /** One of several, or the bank's choice. */
        ONE_OR_NONE,
        /** Any of several, one at the least where the type says so. */
        SOME,
        /** One is needed, and the customer has none that fits. */
        NONE,
        /** One is needed, and the bank's system does not say which there are. */
        UNAVAILABLE,
        /** The bank's system does not say which there are, and the bank chooses. */
        LEFT_TO_BANK
    }

    /** How the form names the accounts of a detail. */
    static String field(int place) {
        return FIELD + place;
    }

    /**
     * @param place that of the detail among those that are asked for
     * @param chosenBefore the ids that were chosen, when a page is shown again
     * @return empty where there is nothing to choose, and nothing to say
     */
    static Optional<AccountQuestion> of(int place, AccountChoice choice, Set<String> chosenBefore) {
        List<Account> accounts = choice.accounts();
        return kind(choice).map(kind -> {
            Set<String> chosen = new LinkedHashSet<>(chosenBefore);
            chosen.retainAll(accounts.stream().map(Account::id).toList());
            return new AccountQuestion(field(place), kind, accounts, chosen);
        });
    }

    private static Optional<Kind> kind(AccountChoice choice) {
        boolean needed = choice.field().required() || !choice.named().isEmpty();
        int count = choice.accounts().size();
        if (choice.unavailable()) {
            return Optional.of(needed ? Kind.UNAVAILABLE : Kind.LEFT_TO_BANK);
        }
        if (count == 0) {
            return needed ? Optional.of(Kind.NONE) : Optional.empty();
        }
        if (needed && count == 1) {
            return Optional.of(Kind.FIXED);
        }
        if (choice.field().many()) {
            return Optional.of(Kind.SOME);
        }
        return Optional.of(needed ? Kind.ONE : Kind.ONE_OR_NONE);
    }
}
