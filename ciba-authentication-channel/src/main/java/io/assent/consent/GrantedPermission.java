package io.assent.consent;

import java.util.Objects;

/**
 * A permission that was granted. A client scope that is renamed is another permission, and so is one that was made anew
 * under an old name.
 *
 * @param scopeId Keycloak's internal id of the client scope
 * @param name its name when it was granted
 */
public record GrantedPermission(String scopeId, String name) {
    public GrantedPermission {
        Objects.requireNonNull(scopeId);
        Objects.requireNonNull(name);
    }
}
