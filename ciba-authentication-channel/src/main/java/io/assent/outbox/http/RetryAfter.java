package io.assent.outbox.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The HTTP header {@code Retry-After} (RFC 9110, 10.2.3): a number of seconds, or a date. */
public final class RetryAfter {

    /** The header's name. */
    public static final String HEADER = "Retry-After";

    /** @return how long to wait from {@code now} on, not negative; empty where the header says nothing intelligible */
    public static Optional<Duration> parse(String header, Instant now) {
        if (header == null) {
            return Optional.empty();
        }
        String value = header.trim();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeParseException unintelligible) {
            return Optional.empty();
        }
    }

    private RetryAfter() {}
}
