package io.assent.report;

import java.time.Instant;
import java.util.List;

/**
 * What came of a realm's requests.
 *
 * @param lines by day, client and journey
 * @param settledTo all that was asked before has been counted
 */
public record AuthorisationReport(List<AuthorisationLine> lines, Instant settledTo) {

    public AuthorisationReport {
        lines = List.copyOf(lines);
    }

    /** Whether nothing is to come for that day any more. */
    public boolean isFinal(UtcDay day) {
        return !day.end().isAfter(settledTo);
    }
}
