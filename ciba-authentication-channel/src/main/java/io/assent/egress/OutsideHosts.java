package io.assent.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.http.HttpHost;
import org.apache.http.conn.DnsResolver;
import org.apache.http.conn.routing.HttpRoute;

/**
 * Gives a connection only those addresses of a host that are on the internet, or all where the operator allows the
 * host. The connection uses no other, so that a name can't have one address while it is checked and another while it is
 * called. Where the server's own settings send a call through a proxy it is the proxy that looks for the address: then
 * addresses, and names that are only inside, are refused here, and the rest is for the proxy to refuse.
 */
final class OutsideHosts implements DnsResolver {

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    /** What some resolver reads as an address, such as {@code 0x7f.1} (URL Standard, "ends in a number"). */
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");
    /** Names that are never on the internet: without a dot, or kept for an inside (RFC 6761, 6762, 8375). */
    private static final Pattern INSIDE_NAME =
            Pattern.compile("[^.]*\\.?|.*\\.(localhost|local|internal|home\\.arpa)\\.?");

    private final AllowedHosts allowed;
    private final DnsResolver names;
    /** As the server's settings name them: these may be inside, and are what a connection is made to. */
    private final Set<String> proxies = ConcurrentHashMap.newKeySet();

    OutsideHosts(AllowedHosts allowed, DnsResolver names) {
        this.allowed = allowed;
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = names.resolve(host);
        if (allowed.contain(host) || proxies.contains(host)) {
            return all;
        }
        InetAddress[] outside =
                Arrays.stream(all).filter(PublicAddresses::contain).toArray(InetAddress[]::new);
        if (outside.length == 0) {
            throw new InsideHostException(host);
        }
        return outside;
    }

    /** To be asked before each call. */
    void check(HttpRoute route) throws UnknownHostException {
        String host = route.getTargetHost().getHostName();
        if (allowed.contain(host)) {
            return;
        }
        HttpHost proxy = route.getProxyHost();
        if (proxy == null) {
            // a proxy is there to be called through, not for a client to name
            if (proxies.contains(host)) {
                throw new InsideHostException(host);
            }
            return;
        }
        proxies.add(proxy.getHostName());
        if (!isOutside(host.toLowerCase(Locale.ROOT))) {
            throw new InsideHostException(host);
        }
    }

    private static boolean isOutside(String host) throws UnknownHostException {
        if (host.contains(":") || IPV4.matcher(host).matches()) {
            return PublicAddresses.contain(InetAddress.getByName(host));
        }
        return !NUMBER_AT_THE_END.matcher(host).matches()
                && !INSIDE_NAME.matcher(host).matches();
    }
}
