package io.assent.detail;

import io.assent.account.AccountList;
import java.util.Optional;
import java.util.function.Supplier;

/** A customer's accounts, for which the bank's system is asked once however many details are about some. */
final class AskedOnce implements Supplier<AccountList> {

    private final Supplier<AccountList> source;
    private Optional<AccountList> answer = Optional.empty();

    AskedOnce(Supplier<AccountList> source) {
        this.source = source;
    }

    @Override
    public AccountList get() {
        if (answer.isEmpty()) {
            answer = Optional.of(source.get());
        }
        return answer.get();
    }
}
