package io.assent.sandbox;

import org.keycloak.models.RealmModel;

/** What turns the sandbox on. */
public final class Sandbox {

    /** The id of the sandbox's providers: the path of its pages, and the platform of its devices. */
    public static final String ID = "sandbox";

    private static final String ENABLED = "sandbox.enabled";

    /** Whether the realm's attribute says exactly {@code true}; anything else leaves it off. */
    public static boolean enabledIn(RealmModel realm) {
        return "true".equals(realm.getAttribute(ENABLED));
    }

    private Sandbox() {}
}
