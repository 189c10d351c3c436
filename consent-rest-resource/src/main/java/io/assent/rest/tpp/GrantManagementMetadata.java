package io.assent.rest.tpp;

import io.assent.detail.DetailTypes;
import io.assent.permission.VerifiedClaimsOffer;
import io.assent.request.ConsentApp;
import java.util.List;
import java.util.Map;
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
            tellVerifiedClaims(VerifiedClaimsOffer.of(realm), more);
            List<String> types = types(representation.getAuthorizationDetailsTypesSupported());
            if (!types.isEmpty()) {
                representation.setAuthorizationDetailsTypesSupported(types);
            }
        }
        return document;
    }

    /** OpenID Connect for Identity Assurance 1.0, section 8: no list is empty. */
    private static void tellVerifiedClaims(VerifiedClaimsOffer offer, Map<String, Object> more) {
        if (offer.claims().isEmpty()) {
            return;
        }
        more.putIfAbsent("verified_claims_supported", true);
        Map.of(
                        "trust_frameworks_supported", offer.frameworks(),
                        "claims_in_verified_claims_supported", offer.claims(),
                        "evidence_supported", offer.evidence(),
                        "documents_supported", offer.documents(),
                        "electronic_records_supported", offer.records(),
                        "documents_check_methods_supported", offer.checkMethods())
                .forEach((name, values) -> {
                    if (!values.isEmpty()) {
                        more.putIfAbsent(name, values);
                    }
                });
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
