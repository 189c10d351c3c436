package io.assent.account.http;

import io.assent.account.Account;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What this node was told of late. No more than so many customers; who was asked for longest ago is forgotten. */
final class RecentAccounts {

    private static final int MOST = 1_000;

    private final Duration kept;
    private final int most;
    private final LongSupplier nanos;
    private final Map<Whose, Told> told = new LinkedHashMap<>();

    RecentAccounts(Duration kept) {
        this(kept, MOST, System::nanoTime);
    }

    RecentAccounts(Duration kept, int most, LongSupplier nanos) {
        this.kept = kept;
        this.most = most;
        this.nanos = nanos;
    }

    synchronized Optional<List<Account>> find(Whose whose) {
        return Optional.ofNullable(told.get(whose))
                .filter(last -> nanos.getAsLong() - last.at() < kept.toNanos())
                .map(Told::accounts);
    }

    synchronized void keep(Whose whose, List<Account> accounts) {
        told.remove(whose);
        if (kept.isZero()) {
            return;
        }
        if (told.size() >= most) {
            told.remove(told.keySet().iterator().next());
        }
        told.put(whose, new Told(nanos.getAsLong(), accounts));
    }

    private record Told(long at, List<Account> accounts) {}
}
