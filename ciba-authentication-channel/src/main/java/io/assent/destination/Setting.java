package io.assent.destination;

import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/** The settings of a destination, which are texts. */
public final class Setting {

    /** Without space around it; empty where it is not set. */
    public static Optional<String> text(ComponentModel settings, String name) {
        return Optional.ofNullable(settings.get(name)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /** The same of a secret, which may be in the server's vault: then {@code ${vault.key}} is set. */
    public static Optional<String> secret(KeycloakSession session, ComponentModel settings, String name) {
        return text(settings, name).map(value -> {
            try (VaultStringSecret secret = session.vault().getStringSecret(value)) {
                return secret.get().orElse(value);
            }
        });
    }

    /** Whether it is somewhere else, and can't be looked at where it is set. */
    public static boolean isInVault(String value) {
        return value.startsWith("${vault.") && value.endsWith("}");
    }

    private Setting() {}
}
