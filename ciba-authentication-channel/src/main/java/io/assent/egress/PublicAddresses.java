package io.assent.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Which addresses are on the internet: none that is kept for an inside, for one link, for many, or for examples. */
final class PublicAddresses {

    /** The special purposes of the IANA registry for IPv4 (RFC 6890), multicast, and what is kept for the future. */
    private static final List<Range> SPECIAL_IPV4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    private static final Range GLOBAL_IPV6 = Range.of("2000::/3");

    /**
     * Inside the above: protocols and tunnels, some of which carry an IPv4 address of anybody's choice, and examples.
     */
    private static final List<Range> SPECIAL_IPV6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** Where a network without IPv4 puts the addresses of the IPv4 internet (RFC 6052). */
    private static final Range TRANSLATED_IPV4 = Range.of("64:ff9b::/96");

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return isPublicIpv4(bytes);
        }
        if (TRANSLATED_IPV4.contains(bytes)) {
            return isPublicIpv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return GLOBAL_IPV6.contains(bytes) && SPECIAL_IPV6.stream().noneMatch(range -> range.contains(bytes));
    }

    private static boolean isPublicIpv4(byte[] bytes) {
        return SPECIAL_IPV4.stream().noneMatch(range -> range.contains(bytes));
    }

    private static List<Range> ranges(String... ranges) {
        return Arrays.stream(ranges).map(Range::of).toList();
    }

    private PublicAddresses() {}

    private record Range(byte[] prefix, int bits) {

        /** @param range an address and how many bits of it count, as in {@code 10.0.0.0/8} */
        static Range of(String range) {
            String[] parts = range.split("/");
            try {
                return new Range(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException notAnAddress) {
                throw new IllegalArgumentException(range, notAnAddress);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
