package io.assent.rest.admin.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.assent.report.AuthorisationLine;
import io.assent.report.AuthorisationReport;
import io.assent.report.Durations;
import io.assent.report.Outcomes;
import io.assent.report.Period;
import io.assent.rest.admin.call.ClientView;
import java.util.List;
import java.util.OptionalLong;

/** What came of requests, as staff see it; each member is defined in docs/reports.md. */
@JsonInclude
record AuthorisationsView(String from, String to, List<Day> days) {

    private static final List<String> HEADER = List.of(
            "day",
            "final",
            "client",
            "clientId",
            "clientName",
            "journey",
            "asked",
            "opened",
            "authorised",
            "authorisedInFull",
            "authorisedInPart",
            "rejected",
            "reported",
            "abandoned",
            "neverOpened",
            "openedNotAnswered",
            "redeemed",
            "withdrawn",
            "failed",
            "medianMillisAskedToOpened",
            "medianMillisOpenedToDecided",
            "medianMillisAskedToRedeemed");

    static AuthorisationsView of(Period period, AuthorisationReport report) {
        return new AuthorisationsView(
                period.from().toString(),
                period.to().toString(),
                report.lines().stream()
                        .map(line -> Day.of(line, report.isFinal(line.day())))
                        .toList());
    }

    String toCsv() {
        Csv csv = new Csv(HEADER);
        days.forEach(day -> csv.line(
                day.day,
                day.isFinal,
                day.client.id(),
                day.client.clientId(),
                day.client.name(),
                day.journey,
                day.asked,
                day.opened,
                day.authorised,
                day.authorisedInFull,
                day.authorisedInPart,
                day.rejected,
                day.reported,
                day.abandoned,
                day.neverOpened,
                day.openedNotAnswered,
                day.redeemed,
                day.withdrawn,
                day.failed,
                day.medianMillis.askedToOpened,
                day.medianMillis.openedToDecided,
                day.medianMillis.askedToRedeemed));
        return csv.toString();
    }

    /** One client's requests of a day and journey; {@code null} where these know of no tokens. */
    @JsonInclude
    record Day(
            String day,
            @JsonProperty("final") boolean isFinal,
            ClientView client,
            String journey,
            long asked,
            long opened,
            long authorised,
            long authorisedInFull,
            long authorisedInPart,
            long rejected,
            long reported,
            long abandoned,
            long neverOpened,
            long openedNotAnswered,
            Long redeemed,
            long withdrawn,
            Long failed,
            Medians medianMillis) {

        static Day of(AuthorisationLine line, boolean isFinal) {
            Outcomes outcomes = line.outcomes();
            return new Day(
                    line.day().toString(),
                    isFinal,
                    new ClientView(line.clientId(), line.oauthClientId(), line.clientName()),
                    line.journey(),
                    outcomes.asked(),
                    outcomes.opened(),
                    outcomes.authorised(),
                    outcomes.inFull(),
                    outcomes.inPart(),
                    outcomes.rejected(),
                    outcomes.reported(),
                    outcomes.abandoned(),
                    outcomes.neverOpened(),
                    outcomes.openedNotAnswered(),
                    line.knowsTokens() ? outcomes.redeemed() : null,
                    outcomes.withdrawn(),
                    line.knowsTokens() ? outcomes.failed() : null,
                    new Medians(
                            median(line.times().askedToOpened()),
                            median(line.times().openedToDecided()),
                            median(line.times().askedToRedeemed())));
        }

        private static Long median(Durations durations) {
            OptionalLong median = durations.medianMillis();
            return median.isPresent() ? median.getAsLong() : null;
        }
    }

    /** Each {@code null} where no request came that far. */
    @JsonInclude
    record Medians(Long askedToOpened, Long openedToDecided, Long askedToRedeemed) {}
}
