package io.assent.sandbox.bank;

import io.assent.sandbox.bank.Payment.Act;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The payments that were carried out: one for each answer of a customer, however often it is ordered. In the memory of
 * this node, as far as nobody can order them again: a bank has its database.
 */
public final class Ledger {

    static final int MOST = 10_000;

    private final int most;
    private final Map<Act, Payment> payments = new LinkedHashMap<>();

    public Ledger() {
        this(MOST);
    }

    Ledger(int most) {
        this.most = most;
    }

    /** Carries a payment out, unless there was one for the same answer before. */
    synchronized Booking book(Payment payment, Instant now) {
        Optional<Booking> before = repeated(payment.act(), payment.order());
        if (before.isPresent()) {
            return before.get();
        }
        if (payments.size() >= most) {
            payments.values().removeIf(old -> old.keptUntil().isBefore(now));
        }
        if (payments.size() >= most) {
            // to forget one of them would be to let it be paid twice
            return new Booking.Full();
        }
        payments.put(payment.act(), payment);
        return new Booking.Booked(payment);
    }

    /** What comes of an order for an answer by which something was paid before; empty where nothing was. */
    synchronized Optional<Booking> repeated(Act act, PaymentOrder order) {
        return find(act)
                .map(before -> before.order().equals(order) ? new Booking.Booked(before) : new Booking.UsedUp());
    }

    synchronized Optional<Payment> find(Act act) {
        return Optional.ofNullable(payments.get(act));
    }

    /** What was paid from an account, in the order in which it was. */
    synchronized List<Payment> of(String account) {
        return payments.values().stream()
                .filter(payment -> payment.debtorAccount().equals(account))
                .toList();
    }

    BigDecimal balance(BankAccount account) {
        return of(account.id()).stream()
                .map(payment -> payment.order().amount())
                .reduce(account.opening(), BigDecimal::subtract);
    }

    /** What came of an order. */
    sealed interface Booking {

        /** It was carried out, now or before. */
        record Booked(Payment payment) implements Booking {}

        /** Another one was carried out for the same answer. */
        record UsedUp() implements Booking {}

        /** No more can be kept. */
        record Full() implements Booking {}
    }
}
