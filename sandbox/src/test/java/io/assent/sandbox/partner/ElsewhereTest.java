package io.assent.sandbox.partner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElsewhereTest {

    @Test
    void aPartnersApiIsWhereTheServerFetchesTheTokens() {
        assertThat(Elsewhere.api("http://keycloak:8080/realms/harvest/protocol/openid-connect/token"))
                .contains("http://keycloak:8080/realms/harvest/sandbox/savings");
    }

    @Test
    void aPartnerThatIsNoRealmHasNone() {
        assertThat(Elsewhere.api("https://partner.example/token")).isEmpty();
        assertThat(Elsewhere.api(null)).isEmpty();
    }
}
