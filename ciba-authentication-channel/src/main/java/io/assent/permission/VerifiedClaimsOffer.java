package io.assent.permission;

import io.assent.claim.CarriedEvidence;
import io.assent.claim.ScopeClaims;
import io.assent.claim.VerifiedClaimsMapper;
import io.assent.claim.VerifiedClaimsMapper.Carried;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;

/**
 * What of verified claims clients can ask for in a realm: all that its permissions carry. Mappers of other client
 * scopes tell nothing, and so are not in it.
 *
 * @param claims their names
 * @param frameworks the trust frameworks
 * @param evidence types of evidence
 * @param documents types of documents
 * @param records types of electronic records
 * @param checkMethods how evidence was checked
 */
public record VerifiedClaimsOffer(
        Set<String> claims,
        Set<String> frameworks,
        Set<String> evidence,
        Set<String> documents,
        Set<String> records,
        Set<String> checkMethods) {

    public static VerifiedClaimsOffer of(RealmModel realm) {
        List<Carried> carried = realm.getClientScopesStream()
                .filter(ClaimedPermissions::carriesClaims)
                .filter(scope -> ScopeClaims.of(scope).isClear())
                .flatMap(VerifiedClaimsMapper::carried)
                .filter(one -> !one.claims().isEmpty() && !one.frameworks().isEmpty())
                .toList();
        List<CarriedEvidence> evidence = carried.stream().map(Carried::evidence).toList();
        return new VerifiedClaimsOffer(
                all(carried, Carried::claims),
                all(carried, Carried::frameworks),
                all(evidence, CarriedEvidence::listed),
                all(evidence, CarriedEvidence::listedDocuments),
                all(evidence, CarriedEvidence::listedRecords),
                all(evidence, CarriedEvidence::listedCheckMethods));
    }

    /** In order, so that the answer stays the same. */
    private static <T> Set<String> all(List<T> carried, Function<T, Set<String>> part) {
        return carried.stream().flatMap(one -> part.apply(one).stream()).collect(Collectors.toCollection(TreeSet::new));
    }
}
