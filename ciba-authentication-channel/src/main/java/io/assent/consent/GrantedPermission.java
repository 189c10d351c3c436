package io.assent.consent;

import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.permission.change.NamedScope;
import java.util.Objects;
import java.util.Optional;

/**
 * A permission that was granted. A client scope that is renamed is another permission, and so is one that was made anew
 * under an old name.
 *
 * @param scopeId Keycloak's internal id of the client scope
 * @param name its name when it was granted
 * @param claims those of its claims that were granted; empty for all that it carries
 */
public record GrantedPermission(String scopeId, String name, Optional<ClaimSet> claims) {
    public GrantedPermission {
        Objects.requireNonNull(scopeId);
        Objects.requireNonNull(name);
        Objects.requireNonNull(claims);
    }

    /** One with all that it carries. */
    public GrantedPermission(String scopeId, String name) {
        this(scopeId, name, Optional.empty());
    }

    /** What it goes by where the bank's permissions change. */
    public NamedScope scope() {
        return new NamedScope(scopeId, name);
    }

    /** What of it a grant of the same permission for some claims does not grant; empty where that grants all of it. */
    Optional<GrantedPermission> without(Optional<ClaimSet> granted) {
        return left(claims.orElse(ClaimSet.WHOLE).without(granted.orElse(ClaimSet.WHOLE)));
    }

    /** What is left of it once the customer said no to it, or to some claims of it; empty for nothing. */
    Optional<GrantedPermission> afterNoTo(Optional<ClaimSet> refused) {
        return refused.flatMap(no -> left(claims.orElse(ClaimSet.WHOLE).afterNoTo(no)));
    }

    private Optional<GrantedPermission> left(ClaimSet some) {
        return some.isEmpty()
                ? Optional.empty()
                : Optional.of(new GrantedPermission(scopeId, name, ClaimLimits.limit(some)));
    }

    /** The same, for the claims of this grant of it and of the other one. */
    GrantedPermission and(GrantedPermission other) {
        return new GrantedPermission(scopeId, other.name, ClaimLimits.both(claims, other.claims));
    }
}
