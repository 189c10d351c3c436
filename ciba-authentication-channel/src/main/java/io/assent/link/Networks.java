package io.assent.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether two addresses are of one network, as a home or an office has it. Of one of IPv4 and one of IPv6 nobody knows:
 * many a home has both. Of a private one neither: where the proxies in front tell nobody's address, all callers come
 * from inside. This machine's own is the same as itself, as where somebody tries the server out.
 */
public final class Networks {

    /** Of an IPv4 address, 24 bits. */
    private static final int IPV4_BYTES = 3;

    /** Of an IPv6 address, 56 bits: what a provider gives one customer (RFC 6177). */
    private static final int IPV6_BYTES = 7;

    /** What is no address would be looked up as a name. */
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[0-9A-Za-z._~-]+)?");

    /** @return empty where one is not known, or is no address */
    public static Optional<Boolean> isSame(String one, String other) {
        return network(one).flatMap(first -> network(other)
                .filter(second -> second.length == first.length)
                .map(second -> Arrays.equals(first, second)));
    }

    private static Optional<byte[]> network(String address) {
        if (address == null || !ADDRESS.matcher(address).matches()) {
            return Optional.empty();
        }
        int zone = address.indexOf('%');
        try {
            // an IPv4 address that is written as IPv6 is one of IPv4
            InetAddress parsed = InetAddress.getByName(zone < 0 ? address : address.substring(0, zone));
            byte[] bytes = parsed.getAddress();
            return isInside(parsed, bytes)
                    ? Optional.empty()
                    : Optional.of(Arrays.copyOf(bytes, bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES));
        } catch (UnknownHostException notOne) {
            return Optional.empty();
        }
    }

    /** Private use (RFC 1918, RFC 4193), a provider's own (RFC 6598), or of one link. */
    private static boolean isInside(InetAddress address, byte[] bytes) {
        return address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64
                || bytes.length != 4 && (bytes[0] & 0xFE) == 0xFC;
    }

    private Networks() {}
}
