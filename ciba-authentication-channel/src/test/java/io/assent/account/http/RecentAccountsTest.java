package io.assent.account.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.account.Account;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentAccountsTest {

    private static final List<Account> ONE = List.of(new Account("acc-1", "Everyday", null, null, null));

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void whatIsKeptIsForgottenInTime() {
        RecentAccounts recent = new RecentAccounts(Duration.ofSeconds(60), 10, nanos::get);
        recent.keep(BankEndpoint.customer("k"), ONE);

        nanos.set(Duration.ofSeconds(60).toNanos() - 1);
        assertThat(recent.find(BankEndpoint.customer("k"))).contains(ONE);
        nanos.incrementAndGet();
        assertThat(recent.find(BankEndpoint.customer("k"))).isEmpty();
    }

    @Test
    void noMoreCustomersAreKeptThanAllowedAndTheOldestGoes() {
        RecentAccounts recent = new RecentAccounts(Duration.ofSeconds(60), 2, nanos::get);
        recent.keep(BankEndpoint.customer("1"), ONE);
        recent.keep(BankEndpoint.customer("2"), ONE);
        recent.keep(BankEndpoint.customer("1"), ONE);
        recent.keep(BankEndpoint.customer("3"), ONE);

        assertThat(recent.find(BankEndpoint.customer("1"))).contains(ONE);
        assertThat(recent.find(BankEndpoint.customer("2"))).isEmpty();
        assertThat(recent.find(BankEndpoint.customer("3"))).contains(ONE);
    }

    @Test
    void zeroKeepsNothing() {
        RecentAccounts recent = new RecentAccounts(Duration.ZERO, 2, nanos::get);
        recent.keep(BankEndpoint.customer("1"), ONE);

        assertThat(recent.find(BankEndpoint.customer("1"))).isEmpty();
    }
}
