package io.assent.rest.admin.claim;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.claim.NamedWish;
import io.assent.claim.ScopeClaims;
import io.assent.consent.Consents;
import io.assent.permission.ClaimedPermissions;
import io.assent.server.Parties;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.RealmModel;

/**
 * Which data about the customer a permission is for, by their names: staff learn no value, not the customer's, and not
 * one that a client demands.
 *
 * @param scope the permission
 * @param whole whether it is for all that it carries; otherwise for these alone
 * @param claims of those that it carries now; or, where it is gone, of those that were asked for
 */
@JsonInclude
public record ClaimsView(String scope, boolean whole, List<String> claims, List<Verified> verified) {

    /**
     * Of permissions that carry data about the customer; the others are left out.
     *
     * @param parties whose they are
     * @param names of the permissions
     * @param scopeIds of their client scopes, of those that are known
     * @return {@code null} where there are such permissions, and of what was forgotten with the customer
     */
    public static List<ClaimsView> of(
            RealmModel realm,
            Parties parties,
            Collection<String> names,
            Map<String, String> scopeIds,
            ClaimLimits limits) {
        List<String> carrying =
                names.stream().filter(ClaimedPermissions::isOfTheGroup).sorted().toList();
        if (!carrying.isEmpty() && parties.userId().startsWith(Consents.PSEUDONYM_PREFIX)) {
            return null;
        }
        return carrying.stream()
                .map(name -> of(name, limits.of(name), carried(realm, scopeIds.get(name))))
                .toList();
    }

    private static Optional<Set<String>> carried(RealmModel realm, String scopeId) {
        return Optional.ofNullable(scopeId)
                .map(realm::getClientScopeById)
                .map(ScopeClaims::of)
                .map(ScopeClaims::names);
    }

    private static ClaimsView of(String scope, Optional<ClaimSet> limit, Optional<Set<String>> carried) {
        ClaimSet claims = limit.orElse(ClaimSet.WHOLE);
        return new ClaimsView(
                scope,
                claims.isWhole(),
                claims.names(carried.orElseGet(claims::named)).stream().sorted().toList(),
                claims.verified().stream().map(NamedWish::of).map(Verified::of).toList());
    }

    /**
     * Some that are told as they were verified (OpenID Connect for Identity Assurance 1.0).
     *
     * @param trustFrameworks under which; empty where any will do
     * @param evidence whether what they were verified by is told, too
     * @param toldIn where
     */
    @JsonInclude
    public record Verified(List<String> trustFrameworks, List<Claim> claims, boolean evidence, List<String> toldIn) {

        static Verified of(NamedWish wish) {
            return new Verified(
                    wish.trustFrameworks(),
                    wish.claims().entrySet().stream()
                            .map(claim ->
                                    new Claim(claim.getKey(), claim.getValue().orElse(null)))
                            .toList(),
                    wish.evidence(),
                    wish.toldIn());
        }
    }

    /** @param purpose what the client says that it wants the claim for, or {@code null} */
    @JsonInclude
    public record Claim(String name, String purpose) {}
}
