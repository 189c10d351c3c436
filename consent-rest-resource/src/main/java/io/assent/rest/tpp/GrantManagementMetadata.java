package io.assent.rest.tpp;

import io.assent.claim.VerifiedClaimsMapper;
import io.assent.detail.DetailTypes;
import io.assent.request.ConsentApp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.resources.RealmsResource;
import org.keycloak.urls.UrlType;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * The stock discovery document, with what there is of Grant Management (draft 03, section 7.1), of CIBA (CIBA Core 1.0,
 * section 4), of authorization details (RFC 9396, section 10) and of verified claims that the stock code does not tell.
 * What an operator's own document says stands. In a realm without the bank's app it is the stock one.
 */
final class GrantManagementMetadata implements WellKnownProvider {

    private final KeycloakSession session;
    private final ConsentApp app;
    private final WellKnownProvider stock;

    GrantManagementMetadata(KeycloakSession session, ConsentApp app, WellKnownProvider stock) {
        this.session = session;
        this.app = app;
        this.stock = stock;
    }

    @Override
    public Object getConfig() {
        Object document = stock.getConfig();
        RealmModel realm = session.getContext().getRealm();
        if (document instanceof OIDCConfigurationRepresentation representation && app.isIn(realm)) {
            Map<String, Object> more = representation.getOtherClaims();
            more.putIfAbsent("grant_management_endpoint", endpoint(realm));
            more.putIfAbsent("grant_management_actions_supported", GrantManagement.ACTIONS);
            more.putIfAbsent("grant_management_action_required", false);
            more.putIfAbsent("backchannel_user_code_parameter_supported", true);
            tellVerifiedClaims(realm, more);
            List<String> types = types(representation.getAuthorizationDetailsTypesSupported());
            if (!types.isEmpty()) {
                representation.setAuthorizationDetailsTypesSupported(types);
            }
        }
        return document;
    }

    /** OpenID Connect for Identity Assurance 1.0, section 9. */
    private static void tellVerifiedClaims(RealmModel realm, Map<String, Object> more) {
        Set<String> claims = VerifiedClaimsMapper.claims(realm);
        Set<String> frameworks = VerifiedClaimsMapper.frameworks(realm);
        if (!claims.isEmpty() && !frameworks.isEmpty()) {
            more.putIfAbsent("verified_claims_supported", true);
            more.putIfAbsent("trust_frameworks_supported", frameworks);
            more.putIfAbsent("claims_in_verified_claims_supported", claims);
        }
    }

    /** Those of the stock code and those of the pack (RFC 9396, section 10). */
    private List<String> types(List<String> stock) {
        return Stream.concat(Stream.ofNullable(stock).flatMap(List::stream), DetailTypes.of(session).names().stream())
                .sorted()
                .distinct()
                .toList();
    }

    /** Where the client also finds the token endpoint. */
    private String endpoint(RealmModel realm) {
        return RealmsResource.realmBaseUrl(session.getContext().getUri(UrlType.BACKEND))
                .path("consent/v1/grants")
                .build(realm.getName())
                .toString();
    }

    @Override
    public void close() {}
}
