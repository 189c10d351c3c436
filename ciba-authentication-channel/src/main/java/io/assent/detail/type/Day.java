package io.assent.detail.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;

/** A day of the calendar in a detail (ISO 8601), as {@code "2027-03-31"}. It begins and ends by UTC. */
final class Day {

    /** @param held empty where there is none, or none that is in a calendar */
    static Optional<LocalDate> find(JsonNode held) {
        return Optional.ofNullable(held.textValue()).flatMap(Day::parse);
    }

    private static Optional<LocalDate> parse(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException notInTheCalendar) {
            return Optional.empty();
        }
    }

    static Optional<String> flaw(String field, JsonNode held) {
        return held.isTextual() && find(held).isEmpty()
                ? Optional.of(field + " is no day of the calendar")
                : Optional.empty();
    }

    /** What is wrong with a last day. */
    static Optional<String> lastDayFlaw(String field, JsonNode held, Instant now) {
        return flaw(field, held)
                .or(() -> end(held).filter(end -> !end.isAfter(now)).map(over -> field + " is over"));
    }

    /** The first moment after it. */
    static Optional<Instant> end(JsonNode held) {
        return find(held)
                .map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    static String shown(String held, Locale locale) {
        return parse(held)
                .map(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale)::format)
                .orElse(held);
    }

    private Day() {}
}
