package io.assent.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.claim.ClaimSet;
import io.assent.consent.Consent.Access;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    void theWholeTakesThePlaceOfAPart() {
        Access whole = Access.to(List.of(new GrantedPermission("1", "identity.person")));
        assertThat(Access.to(List.of(some("birthdate"))).and(whole).claims().isEmpty())
                .isTrue();
        assertThat(whole.claims().isEmpty()).isTrue();
    }
}
