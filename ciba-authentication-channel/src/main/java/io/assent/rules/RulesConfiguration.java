package io.assent.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.assent.rules.ConsentRules.Confirmation;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;

/**
 * The executor's fields as the console stores them: numbers of days, as texts. A field that is empty is the default; a
 * profile with a field that can't be read is not saved.
 */
public final class RulesConfiguration extends ClientPolicyExecutorConfigurationRepresentation {

    static final String VALIDITY = "validity-days";
    static final String CONFIRM_EVERY = "confirm-every-days";
    static final String CONFIRM_NOTICE = "confirm-notice-days";

    /** Ten years. */
    static final int MOST_DAYS = 3_650;

    private static final Duration DEFAULT_NOTICE = Duration.ofDays(14);

    @JsonProperty(VALIDITY)
    private String validity;

    @JsonProperty(CONFIRM_EVERY)
    private String confirmEvery;

    @JsonProperty(CONFIRM_NOTICE)
    private String confirmNotice;

    public RulesConfiguration() {}

    RulesConfiguration(String validity, String confirmEvery, String confirmNotice) {
        this.validity = validity;
        this.confirmEvery = confirmEvery;
        this.confirmNotice = confirmNotice;
    }

    @Override
    public boolean validateConfig() {
        return Stream.of(validity, confirmEvery, confirmNotice)
                .allMatch(days -> isEmpty(days) || isNumberOfDays(days.strip()));
    }

    ConsentRules rules() {
        Duration notice = days(confirmNotice).orElse(DEFAULT_NOTICE);
        return new ConsentRules(
                days(validity).orElse(ConsentRules.DEFAULT.validity()),
                days(confirmEvery).map(every -> new Confirmation(every, notice)));
    }

    /** What can't be read counts as a single day, which is less than anybody meant. */
    private static Optional<Duration> days(String value) {
        if (isEmpty(value)) {
            return Optional.empty();
        }
        String days = value.strip();
        return Optional.of(Duration.ofDays(isNumberOfDays(days) ? Integer.parseInt(days) : 1));
    }

    private static boolean isEmpty(String value) {
        return value == null || value.isBlank();
    }

    private static boolean isNumberOfDays(String days) {
        return days.matches("[1-9][0-9]{0,3}") && Integer.parseInt(days) <= MOST_DAYS;
    }
}
