package io.assent.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.200",
        "203.0.113.7, ::ffff:203.0.113.9",
        "2001:db8:1:2200::1, 2001:db8:1:22ff:ffff::2",
        "fe80::1%eth0, fe80::2",
        "::1, ::1",
    })
    void aNetworkIsOf24BitsOr56(String one, String other) {
        assertThat(Networks.isSame(one, other)).contains(true);
        assertThat(Networks.isSame(other, one)).contains(true);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.112.7",
        "2001:db8:1:2200::1, 2001:db8:1:2300::1",
    })
    void anotherOneIsAnother(String one, String other) {
        assertThat(Networks.isSame(one, other)).contains(false);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7,",
        "203.0.113.7, localhost",
        "203.0.113.7, 203.0.113",
        "203.0.113.7, 999.0.113.7",
        "203.0.113.7, 2001:db8::1",
        "203.0.113.7, :",
        "unknown, unknown",
        "'', ''",
    })
    void whatIsNoAddressOrOfTheOtherKindIsNotKnown(String one, String other) {
        assertThat(Networks.isSame(one, other)).isEmpty();
        assertThat(Networks.isSame(other, one)).isEmpty();
    }
}
