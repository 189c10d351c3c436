package io.assent.account;

import io.assent.api.PublicApi;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of a customer's accounts now. */
@PublicApi
public sealed interface AccountList {

    /** All that the customer can choose among, at most {@value #MOST}; possibly none. */
    record Known(List<Account> accounts) implements AccountList {
        public Known {
            accounts = accounts.stream().limit(MOST).toList();
        }
    }

    /** The bank's system did not answer, or not rightly; a later call may get an answer. */
    record Unavailable() implements AccountList {}

    /** The realm has no source of accounts: nobody can choose one. */
    record Unset() implements AccountList {}

    /** No customer is shown more. */
    int MOST = 200;

    /** Those that are known, or none. */
    default Stream<Account> stream() {
        return this instanceof Known known ? known.accounts().stream() : Stream.empty();
    }

    default Optional<Account> find(String id) {
        return stream().filter(account -> account.id().equals(id)).findFirst();
    }
}
