package io.assent.partner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerTokenTest {

    private static PartnerToken token(String json) {
        return PartnerToken.read(json.replace('\'', '"')).orElseThrow();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "access_token=abc", "null", "[]", "{}", "{\"access_token\":\"\"}", "{\"access_token\":1}"})
    void whatHasNoAccessTokenIsNone(String json) {
        assertThat(PartnerToken.read(json)).isEmpty();
    }

    @Test
    void itIsOldWhenItsTimeIsOver() {
        PartnerToken token = token("{'access_token':'a','accessTokenExpiration':1000}");

        assertThat(token.isOld(999)).isFalse();
        assertThat(token.isOld(1000)).isTrue();
        assertThat(token("{'access_token':'a'}").isOld(Long.MAX_VALUE)).isFalse();
        assertThat(token("{'access_token':'a','refresh_token':'r'}").isOld(0)).isTrue();
    }

    @Test
    void whatANewOneDoesNotSayStays() {
        PartnerToken before = token("{'access_token':'a','refresh_token':'r','scope':'pots','id_token':'i'}");

        PartnerToken after = token("{'access_token':'b','expires_in':60}").after(before, 1_000);

        assertThat(after.accessToken()).isEqualTo("b");
        assertThat(after.refreshToken()).contains("r");
        assertThat(after.scopes().orElseThrow()).containsExactly("pots");
        assertThat(after.expiration()).isEqualTo(1_060);
        assertThat(token("{'access_token':'b','refresh_token':'s','scope':'goals'}")
                        .after(before, 1_000)
                        .refreshToken())
                .contains("s");
    }
}
