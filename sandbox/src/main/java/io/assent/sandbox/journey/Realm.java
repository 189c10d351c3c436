package io.assent.sandbox.journey;

import java.net.URI;

/** Where the realm's public interfaces are. */
record Realm(URI base, String name) {

    URI uri(String path) {
        return URI.create(base.toString().replaceAll("/+$", "") + path(path));
    }

    /** As it is shown: without the server's address. */
    String path(String path) {
        return "/realms/" + name + path;
    }
}
