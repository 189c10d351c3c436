package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.claim.ClaimSet;
import io.assent.consent.Consent.Access;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GrantedPermissionTest {

    private static GrantedPermission some(String claim) {
        return new GrantedPermission("1", "identity.person", Optional.of(new ClaimSet(Map.of(claim, Set.of()))));
    }

    @Test
    void whatIsGrantedBesideIsAddedToTheClaims() {
        Access both = Access.to(List.of(some("birthdate"))).and(Access.to(List.of(some("email"))));
        assertThat(both.claims().of("identity.person").orElseThrow().named())
                .containsExactlyInAnyOrder("birthdate", "email");
    }

    @Test
    void whatIsLeftOfItIsLeftByItsClaims() {
        Access whole = Access.to(List.of(new GrantedPermission("1", "identity.person")));
        Access birthdate = Access.to(List.of(some("birthdate")));
        Access both = birthdate.and(Access.to(List.of(some("email"))));

        assertThat(both.without(birthdate)).isEqualTo(Access.to(List.of(some("email"))));
        assertThat(whole.without(birthdate)).isEqualTo(whole);
        assertThat(both.without(both).isNothing()).isTrue();
        assertThat(both.without(whole).isNothing()).isTrue();
        assertThat(both.without(Access.to(List.of()))).isEqualTo(both);
    }

    @Test
    void aNoTakesAllThatItIsAbout() {
        ClaimSet verified = ClaimSet.NONE.and(new ClaimSet(Map.of("verified_claims", Set.of(wish("birthdate")))));
        ClaimSet wholeAndVerified = ClaimSet.WHOLE.and(verified);
        ClaimSet birthdate = new ClaimSet(Map.of("birthdate", Set.of()));

        assertThat(wholeAndVerified.afterNoTo(birthdate)).isEqualTo(verified);
        assertThat(wholeAndVerified.afterNoTo(verified)).isEqualTo(ClaimSet.WHOLE);
        assertThat(ClaimSet.WHOLE.afterNoTo(verified)).isEqualTo(ClaimSet.WHOLE);
        assertThat(verified.afterNoTo(new ClaimSet(Map.of("verified_claims", Set.of(wish("email"))))))
                .isEqualTo(verified);
        assertThat(values("a", "b").afterNoTo(values("b", "c"))).isEqualTo(values("a"));
        assertThat(values("a").afterNoTo(values("a"))).isEqualTo(ClaimSet.NONE);
        assertThat(birthdate.afterNoTo(values("a"))).isEqualTo(ClaimSet.NONE);
        assertThat(values("a").afterNoTo(birthdate)).isEqualTo(ClaimSet.NONE);
        assertThat(birthdate.afterNoTo(ClaimSet.WHOLE)).isEqualTo(ClaimSet.NONE);
    }

    private static ClaimSet values(String... values) {
        return new ClaimSet(Map.of(
                "birthdate",
                Stream.of(values).map(JsonNodeFactory.instance::textNode).collect(Collectors.toSet())));
    }

    private static JsonNode wish(String claim) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode();
        wish.putObject("verification").putNull("trust_framework");
        wish.putObject("claims").putNull(claim);
        return wish;
    }

    @Test
    void theWholeTakesThePlaceOfAPart() {
        Access whole = Access.to(List.of(new GrantedPermission("1", "identity.person")));
        assertThat(Access.to(List.of(some("birthdate"))).and(whole).claims().isEmpty())
                .isTrue();
        assertThat(whole.claims().isEmpty()).isTrue();
    }
}
