package io.assent.permission.change;

import java.util.Collection;
import java.util.Objects;

/**
 * A client scope. It is known by its id: one that is made anew under an old name is another permission.
 *
 * @param id Keycloak's internal id
 * @param name its name when it was written down
 */
public record NamedScope(String id, String name) {
    public NamedScope {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
    }

    static boolean areAmong(Collection<NamedScope> all, Collection<NamedScope> scopes) {
        return all.stream().allMatch(scope -> isAmong(scope, scopes));
    }

    static boolean isAnyAmong(Collection<NamedScope> some, Collection<NamedScope> scopes) {
        return some.stream().anyMatch(scope -> isAmong(scope, scopes));
    }

    static boolean isAmong(NamedScope scope, Collection<NamedScope> scopes) {
        return scopes.stream().anyMatch(other -> other.id.equals(scope.id));
    }
}
