package io.assent.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.254",
        "192.0.2.1, ::ffff:192.0.2.7",
        "2001:db8:1:1100::1, 2001:db8:1:11ff:ffff::2",
        "127.0.0.1, 127.0.0.1",
        "::1, 0:0:0:0:0:0:0:1"
    })
    void oneHouseholdIsOneNetwork(String one, String other) {
        assertThat(Network.same(one, other)).contains(true);
        assertThat(Network.same(other, one)).contains(true);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.3.1",
        "::ffff:192.0.2.1, 192.0.3.1",
        "2001:db8:1:1100::1, 2001:db8:1:1200::1"
    })
    void othersAreOthers(String one, String other) {
        assertThat(Network.same(one, other)).contains(false);
        assertThat(Network.same(other, one)).contains(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "192.0.2", "192.0.2.1, 192.0.2.2", "192.0.2.1:80", "bank.example", "fe80::1%eth0"})
    void whatIsNoAddressIsOfNoNetwork(String wrong) {
        assertThat(Network.same(wrong, wrong)).isEmpty();
        assertThat(Network.same("192.0.2.1", wrong)).isEmpty();
        assertThat(Network.same(wrong, "192.0.2.1")).isEmpty();
    }

    @Test
    void nothingIsKnownOfAnAddressThatIsMissingOrOfAnotherKind() {
        assertThat(Network.same(null, "192.0.2.1")).isEmpty();
        assertThat(Network.same("192.0.2.1", null)).isEmpty();
        assertThat(Network.same("192.0.2.1", "2001:db8::1")).isEmpty();
    }
}
