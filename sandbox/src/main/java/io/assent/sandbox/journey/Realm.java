package io.assent.sandbox.journey;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Where the realm's public interfaces are. */
record Realm(URI base, String name) {

    URI uri(String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path(path));
    }

    /** As it is shown: without the server's address. */
    String path(String path) {
        return "/realms/" + name + path;
    }

    /** Where a browser is sent to log in (RFC 6749, section 4.1.1). */
    URI login(Map<String, String> parameters) {
        return uri("/protocol/openid-connect/auth?"
                + parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }
}
