package io.assent.schema;

import io.assent.report.Reports;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.KeycloakSession;

/**
 * Counts for the reports what came of requests.
 *
 * @param kept how long requests that nobody answered are kept
 */
record CountForReports(Duration kept) implements Housekeeping.Chore {

    @Override
    public String name() {
        return "Counted for reports";
    }

    @Override
    public int doSome(KeycloakSession session, Instant now, int max) {
        return Reports.of(session).countSome(now, kept) ? max : 0;
    }
}
