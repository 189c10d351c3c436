package io.assent.claim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.representations.IDToken;

class TokenClaimsTest {

    private static final ClientScopeModel PERSON = scope("identity.person", "given_name", "nationality", "sub");

    private static ClientScopeModel scope(String name, String... claims) {
        return (ClientScopeModel) Proxy.newProxyInstance(
                TokenClaimsTest.class.getClassLoader(),
                new Class<?>[] {ClientScopeModel.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getName" -> name;
                    case "getProtocolMappersStream" -> Stream.of(claims).map(TokenClaimsTest::mapper);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static ProtocolMapperModel mapper(String claim) {
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper("oidc-usermodel-attribute-mapper");
        mapper.setConfig(Map.of("claim.name", claim));
        return mapper;
    }

    private static IDToken token() {
        IDToken token = new IDToken();
        token.setSubject("42");
        token.setGivenName("Alice");
        token.setEmail("alice@example.com");
        token.setOtherClaims("nationality", "DE");
        return token;
    }

    private static ClaimLimits only(String claim, JsonNode... values) {
        return new ClaimLimits(Map.of("identity.person", new ClaimSet(Map.of(claim, Set.of(values)))));
    }

    @Test
    void whereAMapperSaysNotWhichClaimItWritesNothingIsToldButWhatIsGrantedByName() {
        ClientScopeModel unclear = scope("identity.person", "given_name", "");
        IDToken told = token();

        TokenClaims.limit(told, Stream.of(unclear), only("given_name"));

        assertThat(told.getGivenName()).isEqualTo("Alice");
        assertThat(told.getSubject()).isEqualTo("42");
        assertThat(told.getEmail()).isNull();
        assertThat(told.getOtherClaims()).isEmpty();
    }

    @Test
    void claimsThatWereNotGrantedGoWhetherTheyAreFieldsOrNot() {
        IDToken told = token();
        TokenClaims.limit(told, Stream.of(PERSON), only("nationality"));
        assertThat(told.getGivenName()).isNull();
        assertThat(told.getOtherClaims()).containsEntry("nationality", "DE");
        assertThat(told.getEmail()).isEqualTo("alice@example.com");
        assertThat(told.getSubject()).isEqualTo("42");

        IDToken other = token();
        TokenClaims.limit(other, Stream.of(PERSON), only("given_name"));
        assertThat(other.getGivenName()).isEqualTo("Alice");
        assertThat(other.getOtherClaims()).doesNotContainKey("nationality");
    }

    @Test
    void aClaimWithAnotherValueGoes() {
        IDToken told = token();
        TokenClaims.limit(told, Stream.of(PERSON), only("nationality", TextNode.valueOf("FR")));
        assertThat(told.getOtherClaims()).isEmpty();
    }

    @Test
    void whatAnotherScopeCarriesStays() {
        IDToken told = token();
        TokenClaims.limit(told, Stream.of(PERSON, scope("profile", "given_name")), only("nationality"));
        assertThat(told.getGivenName()).isEqualTo("Alice");
    }

    @Test
    void withoutLimitsNothingGoes() {
        IDToken told = token();
        TokenClaims.limit(told, Stream.of(PERSON), ClaimLimits.NONE);
        assertThat(told.getGivenName()).isEqualTo("Alice");
    }
}
