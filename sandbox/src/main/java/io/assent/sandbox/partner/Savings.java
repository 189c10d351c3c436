package io.assent.sandbox.partner;

import java.math.BigDecimal;
import java.util.List;

/** What a customer of the partner has put aside: made up, and the same for the same customer. */
final class Savings {

    private static final int PENCE = 100;

    private final int seed;

    /** @param customer the customer's id at the partner */
    Savings(String customer) {
        seed = customer.hashCode();
    }

    List<Pot> pots() {
        return List.of(new Pot("Holiday", amount(1, 900)), new Pot("Rainy day", amount(2, 4_000)));
    }

    List<Goal> goals() {
        return List.of(new Goal("A new bicycle", amount(3, 1_500), "2027-06-30"));
    }

    private BigDecimal amount(int salt, int most) {
        return BigDecimal.valueOf(Math.floorMod(31L * seed + 7919L * salt, (long) most * PENCE) + PENCE, 2);
    }

    /** Money for something. */
    record Pot(String name, BigDecimal balance) {}

    /** @param by until which day (ISO 8601) */
    record Goal(String name, BigDecimal amount, String by) {}
}
