package io.assent.sandbox.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.sandbox.bank.BankEventForm.Reading;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BankEventFormTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:15:30Z");
    private static final BankAccount EVERYDAY = BankAccount.of("alice").get(0);
    private static final BankAccount TOKYO = BankAccount.of("alice").get(3);

    @ParameterizedTest
    @EnumSource
    void aKindAndACustomerAreEnough(BankEvent.Kind kind) {
        BankEvent event =
                sound("customer=alice&kind=" + kind.word()).on(EVERYDAY, NOW).orElseThrow();

        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.account()).isEqualTo(EVERYDAY.id());
        assertThat(event.at()).isEqualTo(NOW);
        assertThat(event.closes()).isEqualTo(event.amount().signum() == 0);
        assertThat(BankEvent.read(event.text())).contains(event);
        assertThat(event.text().length()).as("what an attribute holds").isLessThan(255);
    }

    @Test
    void theSignFollowsFromTheKind() {
        assertThat(amount("customer=alice&kind=card-payment&amount=12.50", EVERYDAY))
                .isEqualTo(new BigDecimal("-12.50"));
        assertThat(amount("customer=alice&kind=salary&amount=3000", EVERYDAY)).isEqualTo(new BigDecimal("3000.00"));
        assertThat(amount("customer=alice&kind=card-payment&amount=500", TOKYO)).isEqualTo(new BigDecimal("-500"));
        assertThat(sound("customer=alice&kind=card-payment&amount=0.5").on(TOKYO, NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind=salary|customer is a user name.",
                "customer=alice|kind is one of card-payment, direct-debit, salary, account-closed.",
                "customer=alice&kind=lottery|kind is one of",
                "customer=alice&customer=bob&kind=salary|customer is there more than once.",
                "customer=alice&kind=salary&urgent=yes|The form has a field that is not one of",
                "customer=alice&kind=salary&amount=0|amount is above zero",
                "customer=alice&kind=salary&amount=-5|amount is above zero",
                "customer=alice&kind=salary&amount=1e3|amount is above zero",
                "customer=alice&kind=salary&amount=1.234|amount is above zero",
                "customer=alice&kind=account-closed&amount=5|amount is above zero",
                "customer=alice&kind=account-closed&counterparty=Bob|counterparty is a name",
                "customer=alice&kind=salary&counterparty=|counterparty is a name",
                "customer=alice&kind=salary&account=../x|account is the id of an account.",
                "customer=alice&kind=salary&id=a_b|id has 1 to 36"
            })
    void whatIsWrongIsSaidInWords(String sent, String detail) {
        assertThat(read(sent))
                .isInstanceOfSatisfying(Reading.Malformed.class, malformed -> assertThat(malformed.detail())
                        .startsWith(detail));
    }

    @Test
    void theCredentialsOfAClientMayBeInTheForm() {
        assertThat(read("customer=alice&kind=salary&client_id=a&client_secret=b"))
                .isInstanceOf(Reading.Sound.class);
    }

    private static BigDecimal amount(String sent, BankAccount account) {
        return sound(sent).on(account, NOW).orElseThrow().amount();
    }

    private static BankEventForm sound(String sent) {
        return ((Reading.Sound) read(sent)).form();
    }

    private static Reading read(String sent) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        for (String field : sent.split("&")) {
            String[] parts = field.split("=", 2);
            form.add(parts[0], parts[1]);
        }
        return BankEventForm.read(form);
    }
}
