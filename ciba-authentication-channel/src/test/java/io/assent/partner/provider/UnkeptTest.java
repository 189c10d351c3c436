package io.assent.partner.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.partner.revocation.Revocable;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnkeptTest {

    private static final PartnerToken BEFORE = token("a", "r");
    private static final PartnerToken ROTATED = token("b", "s");
    private static final PartnerToken SAME = token("b", "r");

    private static PartnerToken token(String access, String refresh) {
        return PartnerToken.read("{\"access_token\":\"%s\",\"refresh_token\":\"%s\"}".formatted(access, refresh))
                .orElseThrow();
    }

    @Test
    void whereNoLinkIsLeftAllOfItIsRevoked() {
        assertThat(new Unkept(ROTATED, BEFORE).beside(Optional.empty())).isEqualTo(Revocable.refresh("s", "b"));
        assertThat(new Unkept(SAME, BEFORE).beside(Optional.empty())).isEqualTo(Revocable.refresh("r", "b"));
    }

    @Test
    void ofALinkWhoseRefreshTokenIsUsedUpTheNewOneIsRevoked() {
        assertThat(new Unkept(ROTATED, BEFORE).beside(Optional.of(BEFORE))).isEqualTo(Revocable.refresh("s", "b"));
    }

    @Test
    void theRefreshTokenThatALinkKeepsIsNotRevoked() {
        assertThat(new Unkept(SAME, BEFORE).beside(Optional.of(BEFORE))).isEqualTo(Revocable.access("b"));
    }

    @Test
    void besideANewerLoginTheAccessTokenAloneIsRevoked() {
        assertThat(new Unkept(ROTATED, BEFORE).beside(Optional.of(token("c", "t"))))
                .isEqualTo(Revocable.access("b"));
    }
}
