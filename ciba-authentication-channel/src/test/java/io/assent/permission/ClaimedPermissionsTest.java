package io.assent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.claim.ClaimLimits;
import io.assent.claim.ClaimSet;
import io.assent.standin.StandIn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;

/** Which permissions a client asks for by claims. */
class ClaimedPermissionsTest {

    private static final ClaimSet BORN = new ClaimSet(Map.of("birthdate", Set.of()));
    private static final ClientModel CLIENT = client(
            scope("identity.person", "given_name", "birthdate"),
            scope("identity.profile", "given_name", "birthdate"),
            scope("identity.all", "given_name", "birthdate", "email"));

    @BeforeAll
    static void haveTheServersDefaults() {
        Profile.defaults();
    }

    private static ClientModel client(ClientScopeModel... scopes) {
        Map<String, ClientScopeModel> all = new LinkedHashMap<>();
        Stream.of(scopes).forEach(scope -> all.put(scope.getName(), scope));
        return StandIn.of(ClientModel.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getClientScopes" -> (Boolean) arguments[0] ? Map.of() : all;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static ClientScopeModel scope(String name, String... claims) {
        return StandIn.of(ClientScopeModel.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getId" -> "id-" + name;
            case "getName" -> name;
            case "isDisplayOnConsentScreen", "isIncludeInTokenScope" -> true;
            case "isParameterizedScope" -> false;
            case "getAttribute" -> null;
            case "getRealm" -> realm();
            case "getProtocolMappersStream" -> Stream.of(claims).map(ClaimedPermissionsTest::mapper);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** One whose settings name no permission. */
    private static RealmModel realm() {
        return StandIn.of(RealmModel.class, (proxy, method, arguments) -> null);
    }

    private static ProtocolMapperModel mapper(String claim) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper("oidc-usermodel-attribute-mapper");
        mapper.setConfig(Map.of("claim.name", claim));
        return mapper;
    }

    private static ClaimLimits asked(String scope, String... gone) {
        return ClaimedPermissions.of(CLIENT, permission -> !Set.of(gone).contains(permission.getName()))
                .askedFor(BORN, scope);
    }

    private static ClaimLimits only(String permission) {
        return new ClaimLimits(Map.of(permission, BORN));
    }

    @Test
    void aClaimIsAskedForByTheOneThatCarriesTheFewest() {
        assertThat(asked("openid")).isEqualTo(only("identity.person"));
    }

    @Test
    void aPermissionThatIsGoneIsNotAskedForByAClaimOfIts() {
        assertThat(asked("openid", "identity.person")).isEqualTo(only("identity.profile"));
        assertThat(asked("openid", "identity.person", "identity.profile")).isEqualTo(only("identity.all"));
        assertThat(asked("openid", "identity.person", "identity.profile", "identity.all"))
                .isEqualTo(ClaimLimits.NONE);
    }

    @Test
    void whatIsAskedForByItsNameCarriesItsClaims() {
        assertThat(asked("openid identity.all", "identity.person")).isEqualTo(ClaimLimits.NONE);
    }
}
