package io.assent.account;

import io.assent.api.PublicApi;
import java.util.Objects;

/**
 * One account of a customer, as the bank shows it to the customer.
 *
 * @param id what stands for the account outside the bank, as in tokens: the bank's public id, at most
 *     {@value #MAX_LENGTH} characters, and never an internal one
 * @param name what the customer calls it, at most {@value #MAX_LENGTH} characters
 * @param kind what it is, as the bank calls it ({@code current}, {@code savings}); or {@code null}
 * @param maskedNumber its number as the bank shows it to others ({@code •••• 3000}); or {@code null}
 * @param currency its currency (ISO 4217), or {@code null}
 */
@PublicApi
public record Account(String id, String name, String kind, String maskedNumber, String currency) {

    /** The largest number of characters of each field. */
    public static final int MAX_LENGTH = 128;

    public Account {
        require(Objects.requireNonNull(id));
        require(Objects.requireNonNull(name));
        fit(kind);
        fit(maskedNumber);
        fit(currency);
    }

    private static void require(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an account needs an id and a name");
        }
        fit(text);
    }

    private static void fit(String text) {
        if (text != null && text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a field of an account has at most " + MAX_LENGTH + " characters");
        }
    }
}
