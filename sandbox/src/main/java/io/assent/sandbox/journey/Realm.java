package io.assent.sandbox.journey;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the realm's public interfaces are.
 *
 * @param below the path that the realm's name follows
 */
record Realm(URI base, String below, String name) {

    Realm(URI base, String name) {
        this(base, "/realms/", name);
    }

    /** What the bank's staff call about this realm. */
    Realm administered() {
        return new Realm(base, "/admin/realms/", name);
    }

    URI uri(String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path(path));
    }

    /** As it is shown: without the server's address. */
    String path(String path) {
        return below + name + path;
    }

    /** Where a browser is sent to log in (RFC 6749, section 4.1.1). */
    URI login(Map<String, String> parameters) {
        return uri("/protocol/openid-connect/auth?"
                + parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }
}
