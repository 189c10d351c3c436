package io.assent.origin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.util.IPAddress;

/**
 * Whether two addresses are of one network: the first 24 bits of IPv4 or 56 of IPv6, which is what a household has. Many
 * households share one address of a mobile network, so it says little for a login, and a difference says little against
 * it.
 */
public final class Network {

    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 7;

    /**
     * @param one an address as the server sees it, or {@code null}; IPv4 in IPv6 ({@code ::ffff:192.0.2.1}) is IPv4
     * @return empty where that is not known: one is no address, or one is of IPv4 and the other of IPv6
     */
    public static Optional<Boolean> same(String one, String other) {
        return parse(one).flatMap(first -> parse(other).flatMap(second -> same(first, second)));
    }

    private static Optional<Boolean> same(byte[] one, byte[] other) {
        if (one.length != other.length) {
            return Optional.empty();
        }
        int prefix = one.length == 4 ? IPV4_BYTES : IPV6_BYTES;
        return Optional.of(Arrays.equals(one, 0, prefix, other, 0, prefix));
    }

    private static Optional<byte[]> parse(String address) {
        if (address == null || !IPAddress.isValid(address)) {
            return Optional.empty();
        }
        try {
            // of an address that is one, no name server is asked
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    private Network() {}
}
