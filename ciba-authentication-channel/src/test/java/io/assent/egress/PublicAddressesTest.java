package io.assent.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.1",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450::1",
                "2001:4860:4860::8888",
                // an address of the IPv4 internet, in a network without IPv4
                "64:ff9b::101:101"
            })
    void addressesOnTheInternet(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // unspecified
                "0.0.0.0",
                "0.1.2.3",
                "::",
                // loopback
                "127.0.0.1",
                "127.255.255.254",
                "::1",
                // private
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "fc00::1",
                "fdff:ffff::1",
                // link-local, with the metadata service of clouds
                "169.254.169.254",
                "fe80::1",
                // carrier's
                "100.64.0.0",
                "100.127.255.255",
                // multicast, broadcast, the future
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "ff02::1",
                // benchmarks, protocols, examples
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "2001:db8::1",
                "3fff::1",
                // IPv4 in IPv6: mapped, compatible, translated, 6to4, Teredo
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::1",
                "2001:0:7f00:1::1",
                // site-local of old, and what is not given out
                "fec0::1",
                "4000::1"
            })
    void addressesInside(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isFalse();
    }
}
