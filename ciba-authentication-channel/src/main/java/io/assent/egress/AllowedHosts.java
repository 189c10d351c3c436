package io.assent.egress;

import io.assent.server.ProviderOptions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The hosts that an operator allows although they are inside, as URLs write them: a name, or an address.
 *
 * @param names in lower case, IPv6 addresses without their brackets
 */
record AllowedHosts(Set<String> names) {

    static final String OPTION = "allowed-hosts";

    AllowedHosts {
        names = Set.copyOf(names);
    }

    static AllowedHosts of(ProviderOptions options) {
        Set<String> names = options.text(OPTION).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(name -> plain(name.trim()))
                .collect(Collectors.toUnmodifiableSet());
        for (String name : names) {
            if (!name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*")) {
                throw options.wrong(
                        OPTION,
                        "must be names or addresses of hosts with commas between them, without scheme, port or wildcard,"
                                + " not '" + name + "'");
            }
        }
        return new AllowedHosts(names);
    }

    boolean contain(String host) {
        return names.contains(plain(host));
    }

    private static String plain(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
