package io.assent.rest.admin.call;

import io.assent.rest.ListQuery;
import io.assent.rest.Problem;
import io.assent.rest.TextRule;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a query says. A parameter that is not known, is there twice or has no value is refused: a search that leaves a
 * condition out finds what nobody asked for.
 */
public final class Parameters {

    private final MultivaluedMap<String, String> query;

    private Parameters(MultivaluedMap<String, String> query) {
        this.query = query;
    }

    /** @param known which there are */
    public static Parameters of(MultivaluedMap<String, String> query, List<String> known) {
        query.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw malformed("A parameter is not known here. Known: " + String.join(", ", known) + ".");
            }
            ListQuery.requireSound(name, values);
        });
        return new Parameters(query);
    }

    public Optional<String> text(String name, TextRule rule) {
        Optional<String> value = Optional.ofNullable(query.getFirst(name));
        if (value.isPresent() && !rule.allows(value.get())) {
            throw malformed("'" + name + "' " + rule.inWords() + ".");
        }
        return value;
    }

    public Optional<Instant> moment(String name) {
        return text(name, TextRule.MOMENT).map(value -> {
            try {
                return OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeException noSuchMoment) {
                throw malformed("'" + name + "' is no date and time that there is.");
            }
        });
    }

    /** A span of time: {@code from} is not after {@code to}. */
    public void refuseBackwards(String from, String to) {
        if (moment(from).flatMap(start -> moment(to).filter(start::isAfter)).isPresent()) {
            throw malformed("'" + from + "' is after '" + to + "'.");
        }
    }

    /** What a word stands for; {@code byDefault} where it is not there. */
    public <T> T choose(String name, T byDefault, Map<String, T> choices) {
        return ListQuery.choose(name, query.getFirst(name), byDefault, choices);
    }

    public int number(String name, int byDefault, int least, int most) {
        String digits = query.getFirst(name);
        return digits == null
                ? byDefault
                : ListQuery.wholeNumber(digits, least, most)
                        .orElseThrow(() ->
                                malformed("'" + name + "' must be a whole number from " + least + " to " + most + "."));
    }

    /** By {@code after} and {@code max}. */
    public ListQuery page() {
        return ListQuery.of(query.getFirst("after"), query.getFirst("max"));
    }

    private static RuntimeException malformed(String detail) {
        return Problem.malformedRequest(detail).toException();
    }
}
