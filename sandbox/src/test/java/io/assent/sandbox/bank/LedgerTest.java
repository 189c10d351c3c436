package io.assent.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.sandbox.bank.Ledger.Booking;
import io.assent.sandbox.bank.Payment.Act;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Instant NOW = Instant.parse("2027-03-31T10:00:00Z");
    private static final BankAccount ACCOUNT = BankAccount.of("alice").get(0);

    private final Ledger ledger = new Ledger(2);

    @Test
    void aRepeatIsAnsweredAsTheFirstTime() {
        Payment first = payment("one", "10.00", NOW);

        assertThat(ledger.book(first, NOW)).isEqualTo(new Booking.Booked(first));
        assertThat(ledger.book(payment("one", "10.00", NOW.plusSeconds(5)), NOW.plusSeconds(5)))
                .isEqualTo(new Booking.Booked(first));
        assertThat(ledger.balance(ACCOUNT))
                .isEqualByComparingTo(ACCOUNT.opening().subtract(BigDecimal.TEN));
    }

    @Test
    void whatARepeatComesToIsKnownBeforeAnAccountIsLookedFor() {
        Payment first = payment("one", "10.00", NOW);
        assertThat(ledger.repeated(first.act(), first.order())).isEmpty();

        ledger.book(first, NOW);

        assertThat(ledger.repeated(first.act(), first.order())).contains(new Booking.Booked(first));
        assertThat(ledger.repeated(first.act(), payment("one", "20.00", NOW).order()))
                .contains(new Booking.UsedUp());
        assertThat(ledger.repeated(act("two"), first.order())).isEmpty();
    }

    @Test
    void anAnswerIsGoodForOnePayment() {
        ledger.book(payment("one", "10.00", NOW), NOW);

        assertThat(ledger.book(payment("one", "20.00", NOW), NOW)).isEqualTo(new Booking.UsedUp());
        assertThat(ledger.of(ACCOUNT.id())).hasSize(1);
    }

    @Test
    void ofManyAtOnceOneIsBooked() {
        Set<Booking> bookings = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 64)
                .parallel()
                .forEach(number -> bookings.add(ledger.book(payment("one", "10.00", NOW.plusSeconds(number)), NOW)));

        assertThat(bookings).hasSize(1);
        assertThat(ledger.of(ACCOUNT.id())).hasSize(1);
    }

    @Test
    void nothingIsForgottenThatCouldBePaidTwice() {
        ledger.book(payment("one", "10.00", NOW), NOW);
        ledger.book(payment("two", "10.00", NOW), NOW);

        assertThat(ledger.book(payment("three", "10.00", NOW), NOW)).isEqualTo(new Booking.Full());
        assertThat(ledger.find(act("one"))).isPresent();

        Instant later = NOW.plus(Duration.ofDays(2));
        assertThat(ledger.book(payment("three", "10.00", later), later)).isInstanceOf(Booking.Booked.class);
        assertThat(ledger.find(act("one"))).isEmpty();
    }

    @Test
    void whatWasPaidIsAmongTheTransactionsOfItsDay() {
        ledger.book(payment("one", "10.00", NOW), NOW);
        LocalDate day = LocalDate.parse("2027-03-31");

        Transactions transactions = new Transactions(ACCOUNT, ledger.of(ACCOUNT.id()), List.of());

        assertThat(transactions.of(new Days(day, day))).anySatisfy(transaction -> {
            assertThat(transaction.amount()).isEqualByComparingTo("-10");
            assertThat(transaction.counterparty()).isEqualTo("Ada");
        });
        assertThat(transactions.of(new Days(day.minusDays(30), day.minusDays(1))))
                .isNotEmpty()
                .isEqualTo(transactions.of(new Days(day.minusDays(30), day.minusDays(1))))
                .noneSatisfy(
                        transaction -> assertThat(transaction.counterparty()).isEqualTo("Ada"));
        assertThat(transactions.of(new Days(day, day.minusDays(1)))).isEmpty();
    }

    private static Payment payment(String txn, String amount, Instant at) {
        PaymentOrder order = PaymentOrder.read(Json.of("{'instructedAmount':{'currency':'EUR','amount':'" + amount
                                + "'},'creditorName':'Ada'}")
                        .toString())
                .orElseThrow();
        return new Payment("pay", act(txn), order, ACCOUNT.id(), Optional.empty(), at, at.plus(Duration.ofDays(1)));
    }

    private static Act act(String txn) {
        return new Act("realm", "alice", "acme", txn);
    }
}
