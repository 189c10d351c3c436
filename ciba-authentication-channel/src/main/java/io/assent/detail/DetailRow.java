package io.assent.detail;

import io.assent.api.PublicApi;
import java.util.Objects;

/**
 * One line that a customer reads of a detail. Plain text in the customer's language; whoever shows it escapes it.
 *
 * @param label what it says, as in <i>Amount</i>
 * @param value it, as in <i>€1,234.50</i>; at most {@value #MAX_VALUE} characters
 * @param emphasis how much it matters: {@value #HEADLINE} what the customer must not miss, as amount and payee of a
 *     payment; {@value #NORMAL}; {@value #QUIET}
 */
@PublicApi
public record DetailRow(String label, String value, int emphasis) {

    public static final int HEADLINE = 1;
    public static final int NORMAL = 2;
    public static final int QUIET = 3;

    /** The largest number of characters of a value. */
    public static final int MAX_VALUE = 1_000;

    public DetailRow {
        Objects.requireNonNull(label);
        Objects.requireNonNull(value);
        if (emphasis < HEADLINE || emphasis > QUIET) {
            throw new IllegalArgumentException("emphasis is 1, 2 or 3");
        }
        if (value.length() > MAX_VALUE) {
            throw new IllegalArgumentException("a value has at most " + MAX_VALUE + " characters");
        }
    }
}
