package io.assent.screen.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppLoginTest {

    private static final Map<String, Integer> NONE = Map.of();
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    @Test
    void aLevelIsTheOneThatTheAppsTokenNames() {
        assertThat(AppLogin.level("2", NONE, NONE)).isEqualTo(2);
        assertThat(AppLogin.level("gold", NONE, Map.of("gold", 3))).isEqualTo(3);
        assertThat(AppLogin.level("gold", Map.of("gold", 2), Map.of("gold", 3))).isEqualTo(2);
        assertThat(AppLogin.level("2", NONE, Map.of("2", 1))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gold", "", "-1", "+2", "2 ", "99999999999"})
    void whatNamesNoLevelIsTheWeakest(String acr) {
        assertThat(AppLogin.level(acr, NONE, NONE)).isZero();
    }

    @Test
    void whatIsNotNamedIsTheWeakest() {
        assertThat(AppLogin.level(null, NONE, NONE)).isZero();
    }

    @Test
    void aLoginIsTooOldWhereTheClientWantsANewerOne() {
        AppLogin anHourAgo = new AppLogin(1, NOW.minusSeconds(3600));

        assertThat(anHourAgo.isTooOld(null, NOW)).isFalse();
        assertThat(anHourAgo.isTooOld("3600", NOW)).isFalse();
        assertThat(anHourAgo.isTooOld("3599", NOW)).isTrue();
        assertThat(anHourAgo.isTooOld("0", NOW)).isTrue();
    }

    @Test
    void anAgeThatCantBeReadIsNotReached() {
        assertThat(new AppLogin(1, NOW).isTooOld("soon", NOW)).isTrue();
    }

    @Test
    void aTimeThatIsNotKnownIsTooOldForAnyAge() {
        assertThat(new AppLogin(1, Instant.EPOCH).isTooOld("999999999", NOW)).isTrue();
    }
}
