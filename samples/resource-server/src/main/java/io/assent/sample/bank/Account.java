package io.assent.sample.bank;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An account, as the bank has it. This stands for the bank's own systems, and makes up the accounts that the sandbox
 * lets its customers choose from: put yours here. The ids are those of your account source.
 */
record Account(String id, String name, String currency, String balance) {

    private static final int ID_LENGTH = 16;

    /** Those that a customer has now: consents live longer than accounts. */
    static List<Account> of(String customer) {
        return List.of(
                of(customer, "Everyday", "EUR", "2500.40"),
                of(customer, "Savings", "EUR", "12000.00"),
                of(customer, "London", "GBP", "310.75"),
                of(customer, "Tokyo", "JPY", "184000"));
    }

    private static Account of(String customer, String name, String currency, String balance) {
        String hash = sha256("sandbox account\n" + customer + "\n" + name);
        return new Account("acc-" + hash.substring(0, ID_LENGTH), name, currency, balance);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
