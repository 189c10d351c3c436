package io.assent.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * What a call tells of a proxy in front of the server.
 *
 * @param forwardedFor the addresses that proxies say they were called by ({@code X-Forwarded-For}, or
 *     {@code Forwarded}, RFC 7239); empty where there is no such header
 * @param caller the address that the server takes for the caller's
 */
public record ProxiedCall(List<String> forwardedFor, String caller) {

    public ProxiedCall {
        forwardedFor = List.copyOf(forwardedFor);
    }

    public static ProxiedCall of(KeycloakSession session) {
        return new ProxiedCall(
                Stream.concat(
                                values(session, "X-Forwarded-For"),
                                values(session, "Forwarded")
                                        .flatMap(value -> Arrays.stream(value.split(";")))
                                        .map(String::trim)
                                        .filter(pair -> pair.regionMatches(true, 0, "for=", 0, 4))
                                        .map(pair -> pair.substring(4)))
                        .map(ProxiedCall::address)
                        .filter(address -> !address.isEmpty())
                        .toList(),
                address(Optional.ofNullable(session.getContext().getConnection().getRemoteAddr())
                        .orElse("")));
    }

    /** Whether the server takes the proxy for the caller. */
    boolean isUnread() {
        return !forwardedFor.isEmpty() && !forwardedFor.contains(caller);
    }

    private static Stream<String> values(KeycloakSession session, String header) {
        return Optional.ofNullable(
                        session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(header))
                .stream()
                .flatMap(List::stream)
                .flatMap(value -> Arrays.stream(value.split(",")));
    }

    /** Without quotes, brackets and port, in which the two sides may differ. */
    static String address(String written) {
        String bare = written.trim().replace("\"", "");
        if (bare.startsWith("[")) {
            int end = bare.indexOf(']');
            return end < 0 ? bare : bare.substring(1, end);
        }
        int colon = bare.indexOf(':');
        return colon >= 0 && colon == bare.lastIndexOf(':') ? bare.substring(0, colon) : bare;
    }
}
