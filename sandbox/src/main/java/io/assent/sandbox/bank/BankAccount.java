package io.assent.sandbox.bank;

import io.assent.account.Account;
import io.assent.server.Sha256;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * One account of a customer. The bank makes it up from who the customer is, so that it is the same each time and on
 * each node, and nothing has to be kept.
 *
 * @param shown as others see it
 * @param iban its number
 * @param opening what was on it before anything happened here
 */
public record BankAccount(Account shown, String iban, BigDecimal opening) {

    private static final List<Kind> KINDS = List.of(
            new Kind("Everyday", "current", "EUR", "2500.40"),
            new Kind("Savings", "savings", "EUR", "12000.00"),
            new Kind("London", "current", "GBP", "310.75"),
            new Kind("Tokyo", "current", "JPY", "184000"));

    /** Those of one customer, in the order in which a bank shows them. */
    public static List<BankAccount> of(String userId) {
        return KINDS.stream().map(kind -> kind.of(userId)).toList();
    }

    public String id() {
        return shown.id();
    }

    private record Kind(String name, String kind, String currency, String opening) {

        private BankAccount of(String userId) {
            // what leaves the bank tells nothing of who the customer is inside
            String hash = Sha256.of("sandbox account\n" + userId + "\n" + name);
            String iban = iban(hash.substring(16));
            return new BankAccount(
                    new Account("acc-" + hash.substring(0, 16), name, kind, masked(iban), currency),
                    iban,
                    new BigDecimal(opening));
        }

        /** A German one, of a bank that there is not. */
        private static String iban(String hash) {
            BigInteger number = new BigInteger(hash, 16).mod(BigInteger.TEN.pow(10));
            String bban = "00000000%010d".formatted(number);
            // ISO 13616: letters count from 10, the country stands behind, and 98 minus the rest makes it 1
            int rest =
                    new BigInteger(bban + "131400").mod(BigInteger.valueOf(97)).intValue();
            return "DE%02d%s".formatted(98 - rest, bban);
        }

        private static String masked(String iban) {
            return "•••• " + iban.substring(iban.length() - 4);
        }
    }
}
