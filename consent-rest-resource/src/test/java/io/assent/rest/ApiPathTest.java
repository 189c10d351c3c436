package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiPathTest {

    @Test
    void thePathIsTheOneBelowTheRoot() {
        assertThat(ApiPath.below("/realms/bank/consent/v1/requests")).hasValue("/requests");
        assertThat(ApiPath.below("/realms/bank/consent/v1/")).hasValue("/");
        assertThat(ApiPath.below("/realms/bank/consent/v1")).hasValue("");
        assertThat(ApiPath.below("/realms/bank/consent/v1/requests/a\nb")).hasValue("/requests/a\nb");
    }

    @Test
    void whatIsElsewhereHasNone() {
        assertThat(ApiPath.below("/realms/bank/consent/v10")).isEmpty();
        assertThat(ApiPath.below("/realms/bank/consent")).isEmpty();
        assertThat(ApiPath.below("/realms/bank/account/consent/v1/requests")).isEmpty();
    }

    @Test
    void thePathOfTheStaffsApiIsTheOneBelowTheRealm() {
        assertThat(ApiPath.belowAdmin("/admin/realms/bank/consents")).hasValue("/consents");
        assertThat(ApiPath.belowAdmin("/admin/realms/bank/consents/x/end")).hasValue("/consents/x/end");
        assertThat(ApiPath.belowAdmin("/admin/realms/bank/consentsx")).isEmpty();
        assertThat(ApiPath.belowAdmin("/admin/realms/bank/users/x/consents")).isEmpty();
        assertThat(ApiPath.belowAdmin("/realms/bank/consents")).isEmpty();
    }
}
