package io.assent.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** How old a date or a time may be (OpenID Connect for Identity Assurance 1.0, section 5.5.2). */
final class MaxAge {

    static final String NAME = "max_age";

    /** Why it can't be read, as a sentence. */
    static Optional<String> flaw(JsonNode requirement) {
        JsonNode seconds = requirement.path(NAME);
        return seconds.isMissingNode() || seconds.canConvertToLong() && seconds.longValue() >= 0
                ? Optional.empty()
                : Optional.of(NAME + " is a number of seconds");
    }

    /** Whether a value is as young as is required; what is neither a date nor a time is not. */
    static boolean isMet(JsonNode requirement, JsonNode value, Instant now) {
        return !requirement.has(NAME)
                || lastSecond(value.asText())
                        .filter(time -> now.getEpochSecond() - time.getEpochSecond()
                                <= requirement.get(NAME).longValue())
                        .isPresent();
    }

    /** A day lasts until its end. */
    private static Optional<Instant> lastSecond(String value) {
        try {
            return Optional.of(
                    value.indexOf('T') < 0
                            ? LocalDate.parse(value).atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private MaxAge() {}
}
