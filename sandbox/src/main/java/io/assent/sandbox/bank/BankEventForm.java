package io.assent.sandbox.bank;

import io.assent.sandbox.bank.BankEvent.Kind;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What is to happen at the bank, as a developer says it.
 *
 * @param customer the user name
 * @param account the account's public id; empty for the customer's first
 * @param amount without a sign, which the kind gives; empty for what is usual
 * @param counterparty empty for who is usual
 * @param id by which the same form, sent again, is the same event
 */
public record BankEventForm(
        String customer,
        Kind kind,
        Optional<String> account,
        Optional<BigDecimal> amount,
        Optional<String> counterparty,
        String id) {

    static final int MAX_LENGTH = 60;

    private static final List<String> FIELDS = List.of("customer", "kind", "account", "amount", "counterparty", "id");

    /** Of a currency with two decimals; a smaller one is checked with the account. */
    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,2})?");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,36}");
    private static final Pattern VISIBLE = Pattern.compile("[\\P{C}&&\\P{Z}][\\P{C}]*");

    /** What was sent. */
    public sealed interface Reading {

        record Sound(BankEventForm form) implements Reading {}

        /** @param detail what is wrong with it, in words for a developer */
        record Malformed(String detail) implements Reading {}
    }

    public static Reading read(MultivaluedMap<String, String> form) {
        for (String name : FIELDS) {
            if (form.getOrDefault(name, List.of()).size() > 1) {
                return new Reading.Malformed(name + " is there more than once.");
            }
        }
        Optional<String> unknown = form.keySet().stream()
                .filter(name -> !FIELDS.contains(name) && !isOfClient(name))
                .findFirst();
        if (unknown.isPresent()) {
            return new Reading.Malformed("The form has a field that is not one of " + String.join(", ", FIELDS) + ".");
        }
        String customer = form.getFirst("customer");
        if (customer == null || customer.isBlank() || customer.length() > 255) {
            return new Reading.Malformed("customer is a user name.");
        }
        Optional<Kind> kind = Optional.ofNullable(form.getFirst("kind")).flatMap(Kind::of);
        if (kind.isEmpty()) {
            return new Reading.Malformed("kind is one of " + String.join(", ", Kind.words()) + ".");
        }
        Optional<String> account = Optional.ofNullable(form.getFirst("account"));
        if (account.filter(id -> !ID.matcher(id).matches()).isPresent()) {
            return new Reading.Malformed("account is the id of an account.");
        }
        Optional<String> amount = Optional.ofNullable(form.getFirst("amount"));
        boolean closes = kind.get() == Kind.ACCOUNT_CLOSED;
        if (amount.filter(text -> closes || !AMOUNT.matcher(text).matches() || new BigDecimal(text).signum() == 0)
                .isPresent()) {
            return new Reading.Malformed("amount is above zero, as 12.50, with no sign; a closed account has none.");
        }
        Optional<String> counterparty = Optional.ofNullable(form.getFirst("counterparty"));
        if (counterparty
                .filter(name -> closes
                        || name.length() > MAX_LENGTH
                        || !VISIBLE.matcher(name).matches())
                .isPresent()) {
            return new Reading.Malformed(
                    "counterparty is a name of at most " + MAX_LENGTH + " characters; a closed account has none.");
        }
        Optional<String> id = Optional.ofNullable(form.getFirst("id"));
        if (id.filter(text -> !ID.matcher(text).matches()).isPresent()) {
            return new Reading.Malformed("id has 1 to 36 letters, digits and hyphens.");
        }
        return new Reading.Sound(new BankEventForm(
                customer,
                kind.get(),
                account,
                amount.map(BigDecimal::new),
                counterparty,
                id.orElseGet(() -> UUID.randomUUID().toString())));
    }

    /** How a client authenticates that sends its credentials in the form (RFC 6749, section 2.3.1; RFC 7523). */
    private static boolean isOfClient(String name) {
        return name.startsWith("client_");
    }

    /** @return empty where the amount has more decimals than the account's currency */
    public Optional<BankEvent> on(BankAccount chosen, Instant at) {
        int decimals = Currency.getInstance(chosen.shown().currency()).getDefaultFractionDigits();
        BigDecimal usual = kind.amount();
        BigDecimal sum =
                amount.map(one -> usual.signum() < 0 ? one.negate() : one).orElse(usual);
        if (amount.filter(one -> one.stripTrailingZeros().scale() > decimals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new BankEvent(
                id,
                kind,
                chosen.id(),
                sum.setScale(decimals, RoundingMode.DOWN),
                counterparty.orElse(kind.counterparty()),
                at));
    }
}
