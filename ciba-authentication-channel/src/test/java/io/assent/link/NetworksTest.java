package io.assent.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

    private static final Networks NETWORKS = new Networks(false);

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "127.0.0.1, 127.0.0.53", "::1, ::1"})
    void thisMachineIsANetworkOnlyWhereAllAreOnIt(String one, String other) {
        assertThat(new Networks(true).isSame(one, other)).contains(true);
        assertThat(NETWORKS.isSame(one, other)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.200",
        "203.0.113.7, ::ffff:203.0.113.9",
        "2001:db8:1:2200::1, 2001:db8:1:22ff:ffff::2",
    })
    void aNetworkIsOf24BitsOr56(String one, String other) {
        assertThat(NETWORKS.isSame(one, other)).contains(true);
        assertThat(NETWORKS.isSame(other, one)).contains(true);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.112.7",
        "2001:db8:1:2200::1, 2001:db8:1:2300::1",
    })
    void anotherOneIsAnother(String one, String other) {
        assertThat(NETWORKS.isSame(one, other)).contains(false);
    }

    /** Behind proxies that tell nobody's address all callers come from there. */
    @ParameterizedTest
    @CsvSource({
        "10.42.0.7, 10.42.0.7",
        "172.16.3.4, 172.16.3.5",
        "192.168.1.2, 192.168.1.3",
        "100.64.0.1, 100.64.0.2",
        "100.127.255.1, 100.127.255.2",
        "169.254.1.1, 169.254.1.2",
        "fe80::1%eth0, fe80::2",
        "fd00:1:2:3::1, fd00:1:2:3::2",
        "::ffff:10.0.0.1, 10.0.0.2",
        "0.0.0.0, 0.0.0.0",
    })
    void ofAPrivateNetworkNobodyKnows(String one, String other) {
        assertThat(NETWORKS.isSame(one, other)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "100.63.0.1, 100.63.0.2",
        "100.128.0.1, 100.128.0.2",
        "172.32.0.1, 172.32.0.2",
        "fe00:1:2:3::1, fe00:1:2:3::2",
    })
    void whatIsBesideAPrivateNetworkIsNone(String one, String other) {
        assertThat(NETWORKS.isSame(one, other)).contains(true);
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
        assertThat(NETWORKS.isSame(one, other)).isEmpty();
        assertThat(NETWORKS.isSame(other, one)).isEmpty();
    }
}
