package io.assent.partner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.partner.provider.Freshness.Ended;
import io.assent.partner.provider.Freshness.Fresh;
import io.assent.partner.provider.Freshness.Unavailable;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    private static final PartnerToken BEFORE = PartnerToken.read(
                    "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"scope\":\"pots\"}")
            .orElseThrow();

    private static Freshness of(int status, String body) {
        return Freshness.of(new PartnerAnswer(status, body, null), BEFORE, 1_000);
    }

    @Test
    void anotherTokenTakesThePlaceOfTheOldOne() {
        PartnerToken token = ((Fresh) of(200, "{\"access_token\":\"b\",\"expires_in\":60}")).token();

        assertThat(token.accessToken()).isEqualTo("b");
        assertThat(token.refreshToken()).contains("r");
        assertThat(token.expiration()).isEqualTo(1_060);
    }

    @Test
    void itIsOverWhereThePartnerSaysSo() {
        assertThat(of(400, "{\"error\":\"invalid_grant\"}")).isInstanceOf(Ended.class);
    }

    @Test
    void allElseIsNoAnswer() {
        assertThat(of(200, "{}")).isInstanceOf(Unavailable.class);
        assertThat(of(400, "{\"error\":\"invalid_client\"}")).isInstanceOf(Unavailable.class);
        assertThat(of(401, "{\"error\":\"invalid_grant\"}")).isInstanceOf(Unavailable.class);
        assertThat(of(503, "")).isInstanceOf(Unavailable.class);
    }
}
