package io.assent.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedValueTest {

    @ParameterizedTest
    @CsvSource({
        "1980-05-12, 12 ••• 19••",
        "alice@example.com, a•••@e•••.com",
        "a@b, a•••@b•••",
        "alice@mail.example.co.uk, a•••@m•••.uk",
        "+49 30 1234567, •••67",
        "Alice Müller, A•••",
        "Żółw, Ż•••",
        "DE, •••",
        "true, •••",
        "FALSE, •••",
        "18, •••",
        "'{\"a\":1}', •••",
        "1980-05-12T00:00, •••"
    })
    void aCustomerKnowsItAndNobodyElseReadsIt(String value, String masked) {
        assertThat(MaskedValue.of(value)).isEqualTo(masked);
    }
}
