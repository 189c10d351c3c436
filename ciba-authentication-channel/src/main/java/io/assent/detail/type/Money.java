package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * An amount in a detail: {@code {"currency": "EUR", "amount": "12.50"}}, by ISO 4217 and in plain notation. Its schema
 * has seen to the notation.
 */
record Money(String currency, BigDecimal amount) {

    private static final int MOST_DIGITS = 18;

    /** Java writes BHD1.500 where a currency has no sign. */
    private static final String CODE_AT_NUMBER = "(?<=\\p{L})(?=\\p{Nd})";

    static Money of(JsonNode held) {
        return new Money(
                held.path("currency").asText(),
                new BigDecimal(held.path("amount").asText()));
    }

    /** @param field where it is */
    Optional<String> flaw(String field) {
        Optional<Integer> decimals = find().map(Currency::getDefaultFractionDigits);
        if (decimals.isEmpty() || decimals.get() < 0) {
            return Optional.of(field + ".currency is no currency in which amounts are paid (ISO 4217)");
        }
        if (amount.signum() <= 0) {
            return Optional.of(field + ".amount is not above zero");
        }
        if (Math.max(amount.precision(), amount.scale() + 1) > MOST_DIGITS) {
            return Optional.of("%s.amount has more than %d digits".formatted(field, MOST_DIGITS));
        }
        return amount.scale() > decimals.get()
                ? Optional.of(field + ".amount has more decimals than the currency")
                : Optional.empty();
    }

    private Optional<Currency> find() {
        try {
            return Optional.of(Currency.getInstance(currency));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    boolean isSameCurrency(Money other) {
        return currency.equals(other.currency);
    }

    boolean isAbove(Money other) {
        return amount.compareTo(other.amount) > 0;
    }

    /** As it is written in a language, never rounded. */
    String shown(Locale locale) {
        return find().map(known -> shown(known, locale)).orElseGet(() -> amount.toPlainString() + ' ' + currency);
    }

    private String shown(Currency known, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(known);
        int decimals = Math.max(known.getDefaultFractionDigits(), amount.scale());
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(amount).replaceAll(CODE_AT_NUMBER, "\u00A0");
    }
}
