package io.assent.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.rules.ConsentRules.Confirmation;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin wrote, and what counts. */
class RulesConfigurationTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void nothingSetIsTheDefault() {
        assertThat(new RulesConfiguration().rules()).isEqualTo(ConsentRules.DEFAULT);
        assertThat(new RulesConfiguration("", " ", null).rules()).isEqualTo(ConsentRules.DEFAULT);
    }

    @Test
    void whatIsSetCounts() {
        RulesConfiguration configuration = new RulesConfiguration("30", " 90 ", "7");

        assertThat(configuration.validateConfig()).isTrue();
        assertThat(configuration.rules())
                .isEqualTo(new ConsentRules(
                        Duration.ofDays(30), Optional.of(new Confirmation(Duration.ofDays(90), Duration.ofDays(7)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3651", "99999", "30d", "1.5", "٣"})
    void whatCantBeReadIsNotSavedAndCountsAsOneDay(String days) {
        assertThat(new RulesConfiguration(days, null, null).validateConfig()).isFalse();
        assertThat(new RulesConfiguration(null, days, null).validateConfig()).isFalse();
        assertThat(new RulesConfiguration(null, null, days).validateConfig()).isFalse();

        assertThat(new RulesConfiguration(days, null, null).rules().validity()).isEqualTo(DAY);
        assertThat(new RulesConfiguration(null, days, null).rules().confirmation())
                .hasValueSatisfying(confirmation -> {
                    assertThat(confirmation.every()).isEqualTo(DAY);
                    assertThat(confirmation.notice()).isLessThan(DAY);
                });
    }

    @Test
    void ofSeveralTheStrictestCounts() {
        ConsentRules one = new RulesConfiguration("30", "90", null).rules();
        ConsentRules other = new RulesConfiguration("60", "20", "5").rules();

        assertThat(one.strictest(other))
                .isEqualTo(new ConsentRules(
                        Duration.ofDays(30), Optional.of(new Confirmation(Duration.ofDays(20), Duration.ofDays(5)))));
        assertThat(one.strictest(ConsentRules.DEFAULT)).isEqualTo(one);
    }
}
