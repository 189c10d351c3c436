package io.assent.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.urls.UrlType;

/**
 * Whether two addresses are of one network, as a home or an office has it. Of one of IPv4 and one of IPv6 nobody knows:
 * many a home has both. Of a private one neither, nor of this machine's own: where the proxies in front tell nobody's
 * address, all callers come from inside.
 *
 * @param onOneMachine whether browsers and apps are on this machine, as where somebody tries the server out: then its
 *     own network is one
 */
public record Networks(boolean onOneMachine) {

    /** Of an IPv4 address, 24 bits. */
    private static final int IPV4_BYTES = 3;

    /** Of an IPv6 address, 56 bits: what a provider gives one customer (RFC 6177). */
    private static final int IPV6_BYTES = 7;

    /** What is no address would be looked up as a name. */
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(%[0-9A-Za-z._~-]+)?");

    /** By the address that customers know the server by, which is this machine's own where somebody tries it out. */
    public static Networks of(KeycloakSession session) {
        String host = session.getContext().getUri(UrlType.FRONTEND).getBaseUri().getHost();
        return new Networks(
                host != null && (host.equals("localhost") || host.endsWith(".localhost") || isLoopback(host)));
    }

    private static boolean isLoopback(String host) {
        String address = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return parsed(address).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** @return empty where one is not known, or is no address */
    public Optional<Boolean> isSame(String one, String other) {
        return network(one).flatMap(first -> network(other)
                .filter(second -> second.length == first.length)
                .map(second -> Arrays.equals(first, second)));
    }

    private Optional<byte[]> network(String text) {
        return Optional.ofNullable(text)
                .flatMap(Networks::parsed)
                .filter(address -> !isInside(address, address.getAddress()))
                .filter(address -> onOneMachine || !address.isLoopbackAddress())
                .map(InetAddress::getAddress)
                .map(bytes -> Arrays.copyOf(bytes, bytes.length == 4 ? IPV4_BYTES : IPV6_BYTES));
    }

    private static Optional<InetAddress> parsed(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        int zone = text.indexOf('%');
        try {
            // an IPv4 address that is written as IPv6 is one of IPv4
            return Optional.of(InetAddress.getByName(zone < 0 ? text : text.substring(0, zone)));
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
}
