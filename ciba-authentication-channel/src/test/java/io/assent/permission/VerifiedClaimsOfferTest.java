package io.assent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.standin.StandIn;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;

class VerifiedClaimsOfferTest {

    private static final Map<String, String> CHECKED = Map.of(
            "claims", "nationality birthdate",
            "trust_frameworks", "de_aml",
            "evidence", "document electronic_record",
            "documents", "passport, idcard",
            "check_methods", "vpip");

    @BeforeAll
    static void haveTheServersDefaults() {
        Profile.defaults();
    }

    private static RealmModel realm(ClientScopeModel... scopes) {
        return StandIn.of(
                RealmModel.class,
                (proxy, method, arguments) ->
                        method.getName().equals("getClientScopesStream") ? Stream.of(scopes) : null);
    }

    private static ClientScopeModel scope(String name, boolean inScope, Map<String, String> config) {
        return StandIn.of(ClientScopeModel.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getId" -> "id-" + name;
            case "getName" -> name;
            case "isDisplayOnConsentScreen" -> true;
            case "isIncludeInTokenScope" -> inScope;
            case "isParameterizedScope" -> false;
            case "getAttribute" -> null;
            case "getRealm" -> realm();
            case "getProtocolMappersStream" -> Stream.of(mapper(config));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static ProtocolMapperModel mapper(Map<String, String> config) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper("assent-verified-claims");
        mapper.setConfig(config);
        return mapper;
    }

    @Test
    void whatPermissionsCarryIsListedAndEvidenceOnlyWithWhatItNeeds() {
        assertThat(VerifiedClaimsOffer.of(realm(
                        scope("identity.checked", true, CHECKED),
                        scope("identity.more", true, Map.of("claims", "age_over_18", "trust_frameworks", "eidas")))))
                .isEqualTo(new VerifiedClaimsOffer(
                        Set.of("age_over_18", "birthdate", "nationality"),
                        Set.of("de_aml", "eidas"),
                        Set.of("document"),
                        Set.of("idcard", "passport"),
                        Set.of(),
                        Set.of("vpip")));
    }

    @Test
    void aMapperThatTellsNothingIsNotListed() {
        assertThat(VerifiedClaimsOffer.of(realm(
                                scope("checked", true, CHECKED),
                                scope("identity.hidden", false, CHECKED),
                                scope("identity.unfinished", true, Map.of("claims", "birthdate"))))
                        .claims())
                .isEmpty();
    }
}
