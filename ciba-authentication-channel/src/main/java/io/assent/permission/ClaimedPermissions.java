package io.assent.permission;

import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.claim.ScopeClaims;
import io.assent.claim.VerifiedWish;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;

/**
 * The permissions of a client that carry claims about the customer: those of the group {@value #GROUP}. Who asks for a
 * claim (OpenID Connect Core 1.0, section 5.5) asks for the permission that carries it, and for no more of that than
 * the claim.
 */
public final class ClaimedPermissions {

    private static final String GROUP = "identity";

    private final Map<String, ScopeClaims> permissions = new LinkedHashMap<>();
    private final Set<String> byDefault;

    private ClaimedPermissions(ClientModel client, Predicate<ClientScopeModel> askable) {
        byDefault = client.getClientScopes(true).keySet();
        PermissionCatalogue.assigned(client)
                .filter(ClaimedPermissions::carriesClaims)
                .filter(askable)
                .sorted(Comparator.comparing(ClientScopeModel::getName))
                .forEach(scope -> permissions.put(scope.getName(), ScopeClaims.of(scope)));
    }

    /** @param askable which of the client's scopes can still be asked for: the bank's permissions change */
    public static ClaimedPermissions of(ClientModel client, Predicate<ClientScopeModel> askable) {
        return new ClaimedPermissions(client, askable);
    }

    /** Whether it is one of those, and can be asked for by a claim: what is good for one token is asked for by name. */
    static boolean carriesClaims(ClientScopeModel scope) {
        return isOfTheGroup(scope)
                && scope.isIncludeInTokenScope()
                && !ClientScopeModel.isParameterizedScope(scope)
                && !PermissionCatalogue.isOneTime(scope);
    }

    /** Whether it is a permission that shares data about the customer. */
    public static boolean isOfTheGroup(ClientScopeModel scope) {
        return PermissionCatalogue.isOfTheBank(scope) && isOfTheGroup(scope.getName());
    }

    /** The same by its name. */
    public static boolean isOfTheGroup(String permission) {
        return permission.startsWith(GROUP + '.');
    }

    /**
     * What a client asks for beside its {@code scope}. A claim that no permission carries is not asked for; one that
     * several carry is asked for by one of them, which asks for as little else as can be.
     *
     * @return the permissions, each with the claims that are asked for
     */
    public ClaimLimits askedFor(ClaimSet claims, String scope) {
        Set<String> asked = new LinkedHashSet<>(Scopes.split(scope));
        asked.addAll(byDefault);
        Map<String, ClaimSet> limits = new LinkedHashMap<>();
        verified(claims, asked, limits);
        claims.claims().forEach((name, values) -> {
            if (name.equals(VerifiedWish.NAME) || isCarried(name, asked)) {
                return;
            }
            carrying(name)
                    .ifPresent(
                            permission -> limits.merge(permission, new ClaimSet(Map.of(name, values)), ClaimSet::and));
        });
        return new ClaimLimits(limits);
    }

    /** Each wish by the permissions that carry a part of it; a permission's other claims are not asked for by that. */
    private void verified(ClaimSet claims, Set<String> asked, Map<String, ClaimSet> limits) {
        claims.verified().forEach(wish -> {
            Map<String, Set<String>> parts = new LinkedHashMap<>();
            wish.claims().forEach(claim -> verifying(claim, asked)
                    .ifPresent(permission -> parts.computeIfAbsent(permission, name -> new LinkedHashSet<>())
                            .add(claim)));
            parts.forEach((permission, names) -> {
                ClaimSet part = new ClaimSet(
                        Map.of(VerifiedWish.NAME, Set.of(wish.only(names).json())));
                limits.merge(permission, asked.contains(permission) ? ClaimSet.WHOLE.and(part) : part, ClaimSet::and);
            });
        });
    }

    private Optional<String> verifying(String claim, Set<String> asked) {
        return permissions.entrySet().stream()
                .filter(permission -> permission.getValue().verified().contains(claim)
                        && permission.getValue().isClear())
                .min(Comparator.comparing(
                                (Map.Entry<String, ScopeClaims> permission) -> !asked.contains(permission.getKey()))
                        .thenComparing(
                                permission -> permission.getValue().verified().size()))
                .map(Map.Entry::getKey);
    }

    /** Whether a permission that is asked for as a whole carries it. */
    private boolean isCarried(String claim, Set<String> asked) {
        return permissions.entrySet().stream()
                .anyMatch(permission -> asked.contains(permission.getKey())
                        && permission.getValue().names().contains(claim));
    }

    private Optional<String> carrying(String claim) {
        return permissions.entrySet().stream()
                .filter(permission -> permission.getValue().names().contains(claim)
                        && permission.getValue().isClear())
                .min(Comparator.comparingInt(
                        permission -> permission.getValue().names().size()))
                .map(Map.Entry::getKey);
    }

    /** A scope that names the permissions of which claims are asked for; where there are none, as it was sent. */
    public static String withPermissions(String scope, ClaimLimits asked) {
        if (asked.isEmpty()) {
            return scope;
        }
        Set<String> all = new LinkedHashSet<>(Scopes.split(scope));
        all.addAll(asked.permissions());
        return Scopes.join(all);
    }
}
