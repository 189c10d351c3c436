package io.assent.rest.admin.report;

import io.assent.report.Period;
import io.assent.report.UtcDay;
import io.assent.rest.Problem;
import io.assent.rest.TextRule;
import io.assent.rest.admin.call.Parameters;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which report is wanted.
 *
 * @param client an OAuth {@code client_id}, or the internal id of a client
 * @param csv whether as CSV; otherwise as JSON
 */
record ReportQuery(Period period, Optional<String> client, boolean csv) {

    static final MediaType CSV = new MediaType("text", "csv", "UTF-8");

    private static final int MOST_DAYS = 400;
    private static final int DEFAULT_DAYS = 30;

    /**
     * What the query says, or the problem that says what is wrong with it.
     *
     * @param known the parameters that the report has
     * @param accepted the types that the caller takes, the best first
     * @param today the last day, where none is named
     */
    static ReportQuery of(
            MultivaluedMap<String, String> query, List<String> known, List<MediaType> accepted, UtcDay today) {
        Parameters parameters = Parameters.of(query, known);
        UtcDay to = day(parameters, "to").orElse(today);
        UtcDay from = day(parameters, "from").orElseGet(() -> to.plusDays(1 - DEFAULT_DAYS));
        if (to.isBefore(from)) {
            throw malformed("'from' is after 'to'.");
        }
        Period period = new Period(from, to);
        if (period.days() > MOST_DAYS) {
            throw malformed("From 'from' to 'to' there are at most " + MOST_DAYS + " days.");
        }
        return new ReportQuery(
                period,
                parameters.text("client", TextRule.CLIENT_ID),
                parameters.choose("format", prefersCsv(accepted), Map.of("json", false, "csv", true)));
    }

    private static Optional<UtcDay> day(Parameters parameters, String name) {
        return parameters.text(name, TextRule.DAY).map(value -> {
            try {
                return new UtcDay(LocalDate.parse(value));
            } catch (DateTimeException noSuchDay) {
                throw malformed("'" + name + "' is no day that there is.");
            }
        });
    }

    private static boolean prefersCsv(List<MediaType> accepted) {
        return accepted.stream()
                .filter(type -> type.isCompatible(CSV) || type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .findFirst()
                .filter(best -> !best.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .isPresent();
    }

    static RuntimeException malformed(String detail) {
        return Problem.malformedRequest(detail).toException();
    }
}
