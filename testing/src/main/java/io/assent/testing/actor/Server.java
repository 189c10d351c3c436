package io.assent.testing.actor;

import java.net.URI;

/**
 * A Keycloak with the project's jars that can be reached, wherever it runs, and whose first admin is {@link #ADMIN}.
 */
public interface Server {

    /** The name and the password of the first admin. */
    String ADMIN = "admin";

    /** Where a path is on it. */
    URI uri(String path);

    /** Everything it has printed so far. */
    String said();

    default Realm realm(String name) {
        return new Realm(this, name);
    }

    default Admin admin() {
        return new Admin(this);
    }
}
