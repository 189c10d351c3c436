package io.assent.sandbox.bank;

import io.assent.server.Sha256;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/** What went on and off an account: made up from its id and the day, what was paid here, and what happened. */
record Transactions(BankAccount account, List<Payment> payments, List<BankEvent> events) {

    private static final List<String> OTHERS = List.of("Grocer", "Bakery", "Railway", "Salary", "Rent", "Pharmacy");

    /** One of them; an amount below zero went off. */
    record Transaction(String id, LocalDate day, BigDecimal amount, String counterparty) {}

    /** The newest first. */
    List<Transaction> of(Days days) {
        return days.newestFirst()
                .flatMap(day -> Stream.of(happened(day), paid(day), madeUp(day)).flatMap(all -> all))
                .toList();
    }

    private Stream<Transaction> paid(LocalDate day) {
        return payments.stream()
                .filter(payment ->
                        day.equals(payment.bookedAt().atZone(ZoneOffset.UTC).toLocalDate()))
                .map(payment -> new Transaction(
                        payment.id(),
                        day,
                        payment.order().amount().negate(),
                        payment.order().content().path("creditorName").asText()));
    }

    private Stream<Transaction> happened(LocalDate day) {
        return events.stream()
                .filter(event -> event.amount().signum() != 0
                        && day.equals(event.at().atZone(ZoneOffset.UTC).toLocalDate()))
                .map(event -> new Transaction(event.id(), day, event.amount(), event.counterparty()));
    }

    private Stream<Transaction> madeUp(LocalDate day) {
        String hash = Sha256.of("sandbox transaction\n" + account.id() + "\n" + day);
        int number = Integer.parseInt(hash.substring(0, 6), 16);
        if (number % 3 == 0) {
            return Stream.empty();
        }
        String other = OTHERS.get(number % OTHERS.size());
        int decimals = Currency.getInstance(account.shown().currency()).getDefaultFractionDigits();
        BigDecimal amount = new BigDecimal(100 + number % 9_000).movePointLeft(decimals);
        return Stream.of(new Transaction(
                "tx-" + hash.substring(0, 16), day, other.equals("Salary") ? amount : amount.negate(), other));
    }
}
