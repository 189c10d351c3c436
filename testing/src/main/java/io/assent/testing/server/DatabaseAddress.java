package io.assent.testing.server;

import java.util.List;

/**
 * Where a server's database is.
 *
 * @param kind the kind of database, as Keycloak's option {@code --db} names it
 */
public record DatabaseAddress(String kind, String url, String username, String password) {

    /** As options of the server. */
    public List<String> options() {
        return List.of("--db=" + kind, "--db-url=" + url, "--db-username=" + username, "--db-password=" + password);
    }
}
