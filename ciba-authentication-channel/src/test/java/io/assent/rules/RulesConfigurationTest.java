package io.assent.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.rules.ConsentRules.BindingMessage;
import io.assent.rules.ConsentRules.Confirmation;
import io.assent.rules.ConsentRules.SigningKey;
import io.assent.rules.ConsentRules.UserCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin wrote, and what counts. */
class RulesConfigurationTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void nothingSetIsTheStrictDefault() {
        assertThat(rules(Map.of())).isEqualTo(ConsentRules.DEFAULT);
        assertThat(rules(Map.of("validity-days", "", "requests-per-minute", " ")))
                .isEqualTo(ConsentRules.DEFAULT);

        assertThat(ConsentRules.DEFAULT)
                .isEqualTo(new ConsentRules(
                        Duration.ofDays(180),
                        Optional.empty(),
                        new ConsentRules.Asking(
                                3,
                                10,
                                2,
                                Duration.ofMinutes(1),
                                DAY,
                                300,
                                BindingMessage.ONE_TIME,
                                UserCode.IF_SET,
                                Duration.ofMinutes(5)),
                        new ConsentRules.Deciding(Set.of(), Optional.empty(), SigningKey.ANY),
                        Optional.empty(),
                        new ConsentRules.Enrolling(Set.of(), Duration.ofMinutes(10)),
                        Duration.ZERO,
                        CodeBack.BY_RISK));
    }

    @Test
    void whatIsSetCounts() {
        Map<String, String> fields = Map.ofEntries(
                Map.entry("validity-days", "30"),
                Map.entry("confirm-every-days", " 90 "),
                Map.entry("confirm-notice-days", "7"),
                Map.entry("pending-requests-for-customer", "1"),
                Map.entry("pending-requests-of-all-clients", "1000"),
                Map.entry("pause-after", "5"),
                Map.entry("first-pause-seconds", "10"),
                Map.entry("longest-pause-seconds", "20"),
                Map.entry("requests-per-minute", "100000"),
                Map.entry("binding-message", "always"),
                Map.entry("user-code", "never"),
                Map.entry("longest-expiry-seconds", "600"),
                Map.entry("decision-acr", "urn:bank:sca"),
                Map.entry("decision-max-age-seconds", "300"),
                Map.entry("decision-signature", "key"),
                Map.entry("signing-key", "attested"),
                Map.entry("enrolment-acr", "gold"),
                Map.entry("enrolment-max-age-seconds", "90"),
                Map.entry("repeat-redemption-seconds", "60"),
                Map.entry("code-back", "never"));

        assertThat(fields.keySet())
                .as("a rule that is not tried here")
                .containsExactlyInAnyOrderElementsOf(
                        RuleBook.ALL.stream().<String>map(Rule::name).toList());
        assertThat(configuration(fields).validateConfig()).isTrue();
        assertThat(rules(fields))
                .isEqualTo(new ConsentRules(
                        Duration.ofDays(30),
                        Optional.of(new Confirmation(Duration.ofDays(90), Duration.ofDays(7))),
                        new ConsentRules.Asking(
                                1,
                                1000,
                                5,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(20),
                                100_000,
                                BindingMessage.ALWAYS,
                                UserCode.NEVER,
                                Duration.ofMinutes(10)),
                        new ConsentRules.Deciding(
                                Set.of("urn:bank:sca"), Optional.of(Duration.ofMinutes(5)), SigningKey.ATTESTED),
                        Optional.of(SignatureDemand.KEY),
                        new ConsentRules.Enrolling(Set.of("gold"), Duration.ofSeconds(90)),
                        Duration.ofMinutes(1),
                        CodeBack.NEVER));
    }

    static Stream<String> names() {
        return RuleBook.ALL.stream().map(Rule::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatCantBeReadIsNotSaved(String name) {
        assertThat(configuration(Map.of(name, "3 or so")).validateConfig()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "3651", "99999", "30d", "1.5", "٣", "9999999999"})
    void aNumberOfDaysIsOneOfTheRangeOrCountsAsASingleDay(String days) {
        assertThat(configuration(Map.of("validity-days", days)).validateConfig())
                .isFalse();
        assertThat(rules(Map.of("validity-days", days)).validity()).isEqualTo(DAY);
        assertThat(rules(Map.of("confirm-every-days", days)).confirmation()).hasValueSatisfying(confirmation -> {
            assertThat(confirmation.every()).isEqualTo(DAY);
            assertThat(confirmation.notice()).isLessThan(DAY);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "pending-requests-for-customer, 0",
        "pending-requests-of-all-clients, 1001",
        "pause-after, 0",
        "first-pause-seconds, 86401",
        "requests-per-minute, 0",
        "binding-message, sometimes",
        "user-code, sometimes",
        "longest-expiry-seconds, 29",
        "decision-max-age-seconds, 0",
        "signing-key, hardware",
        "enrolment-max-age-seconds, 0",
        "enrolment-max-age-seconds, 86401",
        "repeat-redemption-seconds, 61",
        "code-back, by-risk"
    })
    void whatIsOutOfRangeIsNotSaved(String name, String value) {
        assertThat(configuration(Map.of(name, value)).validateConfig()).isFalse();
    }

    @Test
    void aRuleUnderItsEarlierNameCountsUnlessItIsSetUnderTodays() {
        assertThat(configuration(Map.of("open-requests-for-customer", "1")).validateConfig())
                .isTrue();
        assertThat(configuration(Map.of("open-requests-for-customer", "0")).validateConfig())
                .isFalse();
        assertThat(rules(Map.of("open-requests-for-customer", "1")).asking().pendingForCustomer())
                .isOne();
        assertThat(rules(Map.of("open-requests-of-all-clients", "x")).asking().pendingOfCustomer())
                .isOne();
        assertThat(rules(Map.of("open-requests-for-customer", "1", "pending-requests-for-customer", "2"))
                        .asking()
                        .pendingForCustomer())
                .isEqualTo(2);
        assertThat(rules(Map.of("open-requests-for-customer", "1", "pending-requests-for-customer", " "))
                        .asking()
                        .pendingForCustomer())
                .isOne();
    }

    @Test
    void aRuleThatThereIsNotIsNotSaved() {
        assertThat(configuration(Map.of("validity", "30")).validateConfig()).isFalse();
    }

    @Test
    void whatIsUnreadableIsTheStrictest() {
        ConsentRules rules = rules(Map.ofEntries(
                Map.entry("pending-requests-for-customer", "x"),
                Map.entry("first-pause-seconds", "x"),
                Map.entry("binding-message", "x"),
                Map.entry("user-code", "x"),
                Map.entry("longest-expiry-seconds", "x"),
                Map.entry("decision-acr", "two words"),
                Map.entry("decision-max-age-seconds", "x"),
                Map.entry("signing-key", "x"),
                Map.entry("enrolment-acr", "two words"),
                Map.entry("enrolment-max-age-seconds", "x"),
                Map.entry("repeat-redemption-seconds", "x"),
                Map.entry("code-back", "x")));

        assertThat(rules.asking().pendingForCustomer()).isOne();
        assertThat(rules.asking().firstPause()).isEqualTo(DAY);
        assertThat(rules.asking().bindingMessage()).isEqualTo(BindingMessage.ALWAYS);
        assertThat(rules.asking().userCode()).isEqualTo(UserCode.ALWAYS);
        assertThat(rules.asking().longestExpiry()).isEqualTo(Duration.ofSeconds(30));
        assertThat(rules.deciding().acrs()).as("a level that no login has").containsExactly("");
        assertThat(rules.deciding().oldestLogin()).contains(Duration.ofSeconds(1));
        assertThat(rules.deciding().signingKey()).isEqualTo(SigningKey.ATTESTED);
        assertThat(rules.enrolling().acrs()).containsExactly("");
        assertThat(rules.enrolling().oldestLogin()).isEqualTo(Duration.ofSeconds(1));
        assertThat(rules.repeatRedemption()).isZero();
        assertThat(rules.codeBack()).isEqualTo(CodeBack.ALWAYS);
    }

    @Test
    void ofSeveralTheStrictestCountsAndOneThatIsEmptySaysNothing() {
        ConsentRules rules = ConsentRules.from(List.of(
                configuration(Map.of(
                        "validity-days", "365",
                        "confirm-every-days", "90",
                        "decision-acr", "gold",
                        "first-pause-seconds", "10",
                        "binding-message", "never",
                        "code-back", "always")),
                configuration(Map.of(
                        "validity-days", "400",
                        "confirm-every-days", "20",
                        "confirm-notice-days", "5",
                        "decision-acr", "2",
                        "first-pause-seconds", "20",
                        "code-back", "never")),
                configuration(Map.of())));

        assertThat(rules.validity()).isEqualTo(Duration.ofDays(365));
        assertThat(rules.confirmation()).contains(new Confirmation(Duration.ofDays(20), Duration.ofDays(5)));
        assertThat(rules.deciding().acrs()).containsExactlyInAnyOrder("gold", "2");
        assertThat(rules.asking().firstPause()).isEqualTo(Duration.ofSeconds(20));
        assertThat(rules.asking().bindingMessage()).isEqualTo(BindingMessage.NEVER);
        assertThat(rules.codeBack()).isEqualTo(CodeBack.ALWAYS);
    }

    private static ConsentRules rules(Map<String, String> fields) {
        return ConsentRules.from(List.of(configuration(fields)));
    }

    private static RulesConfiguration configuration(Map<String, String> fields) {
        RulesConfiguration configuration = new RulesConfiguration();
        fields.forEach(configuration::setConfigAsMap);
        return configuration;
    }
}
