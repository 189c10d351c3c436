package io.assent.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class BankAccountTest {

    private static final String ALICE = "0b6f2c1e-8f0a-4e0d-9a52-2f6f1a1f0001";

    @Test
    void aCustomerHasTheSameAccountsEachTime() {
        assertThat(BankAccount.of(ALICE)).hasSize(4).isEqualTo(BankAccount.of(ALICE));
    }

    @Test
    void noTwoAccountsHaveOneIdAndNoIdSaysWhoseItIs() {
        List<String> ids = BankAccount.of(ALICE).stream().map(BankAccount::id).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("acc-[0-9a-f]{16}"));
        assertThat(BankAccount.of("bob")).extracting(BankAccount::id).doesNotContainAnyElementsOf(ids);
    }

    @Test
    void thereAreCurrenciesWithAndWithoutMinorUnits() {
        assertThat(BankAccount.of(ALICE))
                .extracting(account -> account.shown().currency())
                .contains("EUR", "GBP", "JPY");
    }

    @Test
    void othersSeeTheEndOfANumberThatIsAnIban() {
        assertThat(BankAccount.of(ALICE)).allSatisfy(account -> {
            String digits =
                    account.iban().substring(4) + "1314" + account.iban().substring(2, 4);
            assertThat(new BigInteger(digits).mod(BigInteger.valueOf(97))).isEqualTo(BigInteger.ONE);
            assertThat(account.shown().maskedNumber())
                    .isEqualTo("•••• " + account.iban().substring(18));
        });
    }
}
