package io.assent.rest.admin.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.assent.report.AvailabilityLine;
import io.assent.report.Period;
import java.util.List;
import java.util.OptionalDouble;

/** How available the interfaces were, as staff see it; each member is defined in docs/reports.md. */
@JsonInclude
record AvailabilityView(String from, String to, List<Day> days) {

    private static final List<String> HEADER = List.of(
            "day",
            "final",
            "interface",
            "observedSeconds",
            "downtimeSeconds",
            "silentSeconds",
            "unansweredSeconds",
            "uptimePercent",
            "downtimePercent",
            "calls",
            "refusedCalls",
            "failedCalls",
            "errorRatePercent",
            "averageMillis");

    static AvailabilityView of(Period period, List<AvailabilityLine> lines) {
        return new AvailabilityView(
                period.from().toString(),
                period.to().toString(),
                lines.stream().map(Day::of).toList());
    }

    String toCsv() {
        Csv csv = new Csv(HEADER);
        days.forEach(day -> csv.line(
                day.day,
                day.isFinal,
                day.called,
                day.observedSeconds,
                day.downtimeSeconds,
                day.silentSeconds,
                day.unansweredSeconds,
                day.uptimePercent,
                day.downtimePercent,
                day.calls,
                day.refusedCalls,
                day.failedCalls,
                day.errorRatePercent,
                day.averageMillis));
        return csv.toString();
    }

    /** An interface on a day. */
    @JsonInclude
    record Day(
            String day,
            @JsonProperty("final") boolean isFinal,
            @JsonProperty("interface") String called,
            long observedSeconds,
            long downtimeSeconds,
            long silentSeconds,
            long unansweredSeconds,
            Double uptimePercent,
            Double downtimePercent,
            long calls,
            long refusedCalls,
            long failedCalls,
            Double errorRatePercent,
            Long averageMillis) {

        static Day of(AvailabilityLine line) {
            return new Day(
                    line.day().toString(),
                    line.isFinal(),
                    line.called().word(),
                    line.observedSeconds(),
                    line.downtimeSeconds(),
                    line.silentSeconds(),
                    line.unansweredSeconds(),
                    value(line.uptimePercent()),
                    value(line.downtimePercent()),
                    line.calls().calls(),
                    line.calls().refused(),
                    line.calls().failed(),
                    value(line.errorRatePercent()),
                    line.averageMillis().isPresent() ? line.averageMillis().getAsLong() : null);
        }

        private static Double value(OptionalDouble percent) {
            return percent.isPresent() ? percent.getAsDouble() : null;
        }
    }
}
